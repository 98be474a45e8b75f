// Reads the ticket's tier: what decided it, who corrected it, and who has the ticket.

import type { Decision } from '@deskwright/shared';
import type { Correction } from '@deskwright/shared/contract';
import { and, desc, eq, getTableColumns, inArray } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import { decisions, readDecisions } from '../../tickets/index.ts';
import type { Asked, CardContext, CardQuery } from './card-context.ts';
import { agentName } from './names.ts';
import { correctionThatHolds, lastCorrection } from './read-correction.ts';

export interface TierRows {
  readonly lastDecision: LastDecision | null;
  readonly correction: Correction | null;
  /** The assignee's name. */
  readonly assignee: string | null;
}

interface LastDecision {
  readonly decision: Decision;
  readonly sentence: string;
  readonly category: string;
}

/** The last decision that set the category: later ones may have left it to a person, or found it solved. */
const lastDecision = ({ ticketId }: Asked) =>
  rowsOf(getTableColumns(decisions), (select) =>
    select
      .from(decisions)
      .where(and(eq(decisions.ticketId, ticketId), inArray(decisions.outcome, ['acted', 'unchanged'])))
      .orderBy(desc(decisions.id))
      .limit(1),
  );

const assigneeName: CardQuery<{ name: string }> = ({ assigneeId }) =>
  rowsOf({ name: people.name }, (select) => select.from(people).where(eq(people.id, assigneeId)));

export const TIER_QUERIES = [lastDecision, lastCorrection, assigneeName];

/** The data of the tier card; null while the ticket is not decided. */
export async function readTier(context: CardContext): Promise<TierRows | null> {
  const { db, ticket, rows } = context;
  const { category, tier, placedBy, assigneeId } = ticket;
  if (category === null || tier === null) return null;
  const [decided] = await readDecisions(db, rows(lastDecision));
  return {
    lastDecision: decided ?? null,
    correction: placedBy === 'human' ? correctionThatHolds(context, category) : null,
    assignee: assigneeId === null ? null : agentName(rows(assigneeName)[0]?.name ?? null, assigneeId),
  };
}
