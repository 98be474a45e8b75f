// How is a committed batch of events worked off?

import { aboutError } from '../inbox/about-error.ts';
import { claimBatch } from '../inbox/batches.ts';
import { parkInboxRow } from '../inbox/parked-inbox.ts';
import { type InboxRow, parseTicketEvent } from '../inbox/parse-ticket-event.ts';
import type { PipelineDeps } from './deps.ts';
import { handleEvent } from './handle-event.ts';
import { isAway } from './is-away.ts';
import { noteOwnWrites } from './note-own-writes.ts';

export interface BatchDeps extends PipelineDeps {
  /** Hears how each event ended and how long after its arrival, in milliseconds. */
  onHandled?: (outcome: string, milliseconds: number) => void;
  signal?: AbortSignal;
}

/** Tickets of a batch worked on at the same time; each takes one connection. */
const AT_ONCE = 4;
/** An event that failed so often for a reason of its own is set aside; one that killed the process counts too. */
const LONGEST_TRY = 5;

/**
 * Decides the waiting events of the batch: those of one ticket in the order they happened, tickets beside one another. Throws
 * when some must be tried again (Zendesk or the database is away), after the others are done; an event that is itself the
 * trouble is parked. When `signal` is aborted no further ticket is begun; what is left waits for the sweeper of the next process.
 */
export async function processBatch(deps: BatchDeps, batch: number): Promise<void> {
  await deps.directory.refresh();
  const rows = await claimBatch(deps.db, batch);
  const noted = await noteOwnWrites(deps.db, rows.map(parseTicketEvent), deps.directory.me());
  for (const row of rows) if (noted.has(row.id)) deps.onHandled?.('own_write', deps.clock() - row.receivedAt.getTime());
  const queue = [...groupByTicket(rows.filter((row) => !noted.has(row.id))).values()];
  const troubles: unknown[] = [];
  async function work(): Promise<void> {
    for (let events = queue.shift(); events && !deps.signal?.aborted; events = queue.shift()) {
      for (const row of events) {
        const trouble = await handleRow(deps, row);
        if (trouble) troubles.push(trouble);
        if (trouble) break; // The ticket's later events wait for this one.
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (troubles.length > 0) throw troubles[0];
}

/** Returns what went wrong if the event must be tried again. */
async function handleRow(deps: BatchDeps, row: InboxRow): Promise<unknown> {
  try {
    const outcome = await handleEvent(deps, parseTicketEvent(row));
    deps.onHandled?.(outcome, deps.clock() - row.receivedAt.getTime());
    return null;
  } catch (error) {
    if (isAway(error) || row.attempts < LONGEST_TRY) return error;
    const { error: reason } = aboutError(error);
    await parkInboxRow(deps.db, row.id, reason, new Date(deps.clock()));
    deps.logger.error(
      { inboxId: row.id, ticketId: row.ticketId, reason },
      'An event could not be decided and was parked',
    );
    deps.onHandled?.('parked', deps.clock() - row.receivedAt.getTime());
    return null;
  }
}

function groupByTicket(rows: readonly InboxRow[]): Map<string, InboxRow[]> {
  const groups = new Map<string, InboxRow[]>();
  for (const row of rows.toSorted((a, b) => whenOf(a) - whenOf(b) || a.id - b.id)) {
    const key = row.ticketId === null ? `none:${row.id}` : String(row.ticketId);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function whenOf(row: InboxRow): number {
  return (row.occurredAt ?? row.receivedAt).getTime();
}
