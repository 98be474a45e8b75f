// Limits the reads of tickets from Zendesk.
import { setTimeout as pause } from 'node:timers/promises';
import { aboutError } from '../../platform/errors/about-error.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import { type Budget, takeToken } from '../../platform/outbox/rate.ts';
import type { Database } from '../../platform/storage/database.ts';
import { BACKGROUND_READS_PER_MINUTE } from '../../zendesk/limits.ts';
import { type Zendesk, ZendeskError } from '../../zendesk/zendesk.ts';

export interface ReadBudgetDeps {
  db: Database;
  readsPerMinute?: number;
}

/** Zendesk's limit of its incremental exports, together (developer.zendesk.com/api-reference/introduction/rate-limits/). */
export const EXPORT_READS_PER_MINUTE = 10;
/** The row of the budget table for them. */
export const EXPORT_READS = 'zendesk-export';

/** Counts the reads of exports, which nobody waits for: a backfill, which does, gets less. */
export function chargingExportReads(zendesk: Zendesk, { db }: ReadBudgetDeps): Zendesk {
  const charged =
    <Arg, Result>(read: (arg: Arg) => Promise<Result>) =>
    async (arg: Arg): Promise<Result> => {
      await takeToken(db, EXPORT_READS, EXPORT_READS_PER_MINUTE, { urgent: true });
      return read(arg);
    };
  return {
    ...zendesk,
    exportTickets: charged((from) => zendesk.exportTickets(from)),
    exportTicketEvents: charged((from) => zendesk.exportTicketEvents(from)),
    exportUsers: charged((from) => zendesk.exportUsers(from)),
  };
}

/** The row of the budget table, shared by all processes. */
const NAME = 'zendesk-reads';
/** What the export's repairs leave for events, which have priority. */
const FOR_EVENTS = 3;

/**
 * For work caused by events: beyond the budget a read throws `busy` with the time to wait, and nothing is sent. A ticket that was read is
 * read completely (comments, audits, people): those reads are counted, and others wait longer. Create one per batch.
 */
export function withinReadBudget(zendesk: Zendesk, deps: ReadBudgetDeps): Zendesk {
  return readingAfter(zendesk, deps, async () => {
    const budget = await takeRead(deps);
    if (!budget.granted)
      throw new ZendeskError('busy', 'GET was not sent: the budget for reads is used up', null, budget.waitMs);
  });
}

/** For the export's repairs: a ticket waits for its turn, after those of events. Throws `busy` when aborted. */
export function waitingForReadBudget(zendesk: Zendesk, deps: ReadBudgetDeps, signal: AbortSignal): Zendesk {
  return readingAfter(zendesk, deps, async () => {
    for (let budget = await takeBackgroundRead(deps); !budget.granted; ) {
      await rest(budget.waitMs, signal);
      budget = await takeBackgroundRead(deps);
    }
  });
}

/** For the first import, possibly of thousands of tickets: it continues as long as half of the account's limit is left to others. */
export function leavingHalf(zendesk: Zendesk, signal: AbortSignal): Zendesk {
  return readingEach(zendesk, async () => {
    for (let waitMs = zendesk.scarceMs(); waitMs > 0; waitMs = zendesk.scarceMs()) await rest(waitMs, signal);
  });
}

/**
 * For waiting people and for writes in progress: they always read, and their reads are taken from the same budget, so that events wait
 * longer.
 */
export function chargingReadBudget(zendesk: Zendesk, deps: ReadBudgetDeps & { logger: Logger }): Zendesk {
  return readingEach(zendesk, () => {
    // Not awaited: if the count fails, events read slightly more than they should.
    takeRead(deps, { urgent: true }).catch((error: unknown) =>
      deps.logger.debug(aboutError(error), 'Could not count a read that was made without waiting'),
    );
  });
}

/** One read in the background, after those of events. Not granted: nothing may be read for `waitMs`. */
export const takeBackgroundRead = (deps: ReadBudgetDeps): Promise<Budget> => takeRead(deps, { spare: FOR_EVENTS });

const takeRead = (
  { db, readsPerMinute = BACKGROUND_READS_PER_MINUTE }: ReadBudgetDeps,
  how: { urgent?: boolean; spare?: number } = {},
): Promise<Budget> => takeToken(db, NAME, readsPerMinute, how);

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
  if (signal.aborted) throw new ZendeskError('busy', 'GET was not sent: the service is stopping', null, 0);
}

/** `first` runs before the first read of each ticket; the others are only counted. */
function readingAfter(zendesk: Zendesk, deps: ReadBudgetDeps, first: () => Promise<void>): Zendesk {
  const begun = new Set<number>();
  return readingEach(zendesk, async (ticketId) => {
    if (ticketId !== null && !begun.has(ticketId)) {
      await first();
      begun.add(ticketId);
    } else await takeRead(deps, { urgent: true });
  });
}

/** Every read that a ticket's processing may make; lists of the account and the export are few. `ticketId` null: of people, or of many tickets. */
function readingEach(zendesk: Zendesk, before: (ticketId: number | null) => Promise<void> | void): Zendesk {
  const ofTicket =
    <T>(read: (id: number) => Promise<T>) =>
    async (id: number): Promise<T> => {
      await before(id);
      return read(id);
    };
  return {
    ...zendesk,
    showTicket: ofTicket((id) => zendesk.showTicket(id)),
    listComments: ofTicket((id) => zendesk.listComments(id)),
    listAuditMetadata: ofTicket((id) => zendesk.listAuditMetadata(id)),
    listRuleChanges: async (id, cursor) => {
      await before(id);
      return zendesk.listRuleChanges(id, cursor);
    },
    lastSolvedAt: ofTicket((id) => zendesk.lastSolvedAt(id)),
    showTickets: async (ids) => {
      await before(null);
      return zendesk.showTickets(ids);
    },
    showUsers: async (ids) => {
      await before(null);
      return zendesk.showUsers(ids);
    },
  };
}
