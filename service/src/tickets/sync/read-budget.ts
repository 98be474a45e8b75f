// May another ticket be read from Zendesk now?
import { aboutError } from '../../platform/errors/about-error.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import { BACKGROUND_READS_PER_MINUTE } from '../../zendesk/limits.ts';
import { type Zendesk, ZendeskError } from '../../zendesk/zendesk.ts';
import { takeWrite } from '../write/write-budget.ts';

export interface ReadBudgetDeps {
  db: Database;
  readsPerMinute?: number;
}

/** The row of the budgets' table, shared by all processes. */
const NAME = 'zendesk-reads';

/** For the work that events cause: beyond the budget `showTicket` throws `busy`, with when to come back, and nothing is sent. */
export function withinReadBudget(
  zendesk: Zendesk,
  { db, readsPerMinute = BACKGROUND_READS_PER_MINUTE }: ReadBudgetDeps,
): Zendesk {
  return {
    ...zendesk,
    showTicket: async (id) => {
      const budget = await takeWrite(db, readsPerMinute, { name: NAME });
      if (!budget.granted)
        throw new ZendeskError('busy', 'GET was not sent: the budget for reads is used up', null, budget.waitMs);
      return zendesk.showTicket(id);
    },
  };
}

/** For people who wait: they always read, and what they read is taken from the same budget, so that events wait the longer. */
export function aheadOfReadBudget(
  zendesk: Zendesk,
  { db, readsPerMinute = BACKGROUND_READS_PER_MINUTE, logger }: ReadBudgetDeps & { logger: Logger },
): Zendesk {
  return {
    ...zendesk,
    showTicket: (id) => {
      // Nobody waits for the books: without them events read a little more than they should.
      takeWrite(db, readsPerMinute, { name: NAME, urgent: true }).catch((error: unknown) =>
        logger.debug(aboutError(error), 'A read for an agent was not counted'),
      );
      return zendesk.showTicket(id);
    },
  };
}
