// Decides again tickets for which the result of a condition on time may have changed.
import { eq } from 'drizzle-orm';
import { aboutError } from '../../platform/errors/about-error.ts';
import { isTemporary } from '../../platform/errors/external-error.ts';
import { readConversation, saveTicket, takeTicket } from '../projection/projection-store.ts';
import { tickets } from '../tables.ts';
import { decideRow } from './decide-row.ts';
import type { PipelineDeps } from './deps.ts';
import {
  forgetNextDecision,
  keepNextDecisions,
  listDueTickets,
  nextDecisionAt,
  putOffDecision,
} from './due-decisions.ts';
import { alone } from './in-step.ts';
import { namesFor } from './load-facts.ts';
import type { Plan } from './plan-change.ts';

export interface DueDeps extends PipelineDeps {
  onDecided?: (outcome: Plan['outcome']) => void;
  /** Aborted: no further ticket is started. */
  signal?: AbortSignal;
}

/** Each uses one connection; events, which people wait for, have more. */
const AT_ONCE = 2;
/** In one run; the next follows in seconds. Thousands that a new policy makes due at once must not delay events. */
const MOST = 500;
/** How long to wait before retrying a ticket whose own data cannot be decided. */
const PUT_OFF_MS = 300_000;

/**
 * Decides what is due, the longest overdue first, each ticket in its own transaction. Several processes may do so at once: the
 * second finds the ticket decided. Returns how many were decided. Throws when Zendesk or the database is unavailable; the rest stays due.
 */
export async function decideDueTickets(deps: DueDeps): Promise<number> {
  const due = await listDueTickets(deps.db, new Date(deps.clock()), MOST);
  let decided = 0;
  async function work(): Promise<void> {
    for (let ticketId = due.shift(); ticketId !== undefined && !deps.signal?.aborted; ticketId = due.shift()) {
      if (await decideOne(deps, ticketId)) decided += 1;
    }
  }
  // Wait for all: one that still ran after our end would find the database closed.
  for (const worker of await Promise.allSettled(Array.from({ length: AT_ONCE }, work)))
    if (worker.status === 'rejected') throw worker.reason;
  return decided;
}

/** Whether the ticket had to be decided. */
async function decideOne(deps: DueDeps, ticketId: number): Promise<boolean> {
  try {
    const outcome = await decideDueTicket(deps, ticketId);
    if (outcome !== null) deps.onDecided?.(outcome);
    return outcome !== null;
  } catch (error) {
    if (isTemporary(error)) throw error;
    await putOffDecision(deps.db, ticketId, new Date(deps.clock() + PUT_OFF_MS));
    deps.logger.error(
      { ticketId, ...aboutError(error) },
      'A due ticket could not be decided; it is retried in five minutes',
    );
    return false;
  }
}

/** Null: it is not due (any more). */
async function decideDueTicket(deps: DueDeps, ticketId: number): Promise<Plan['outcome'] | null> {
  const [seen] = await deps.db.select().from(tickets).where(eq(tickets.id, ticketId));
  if (!seen) return null;
  const names = await namesFor(deps, seen);
  return deps.db.transaction(async (tx) => {
    const row = await takeTicket(tx, ticketId);
    const inForce = deps.policy.current();
    const dueAt = row && nextDecisionAt(row, inForce);
    if (!row || dueAt === null) {
      await forgetNextDecision(tx, ticketId);
      return null;
    }
    if (dueAt.getTime() > deps.clock() || row.placedBy === 'human') {
      await keepNextDecisions(tx, [{ row, inForce }]);
      return null;
    }
    const { lastCustomerComment } = await readConversation(tx, ticketId);
    const because = { ticketId, inboxId: null, cause: 'time' };
    const decided = await decideRow(alone(tx), deps, { because, inForce, row, lastCustomerComment, names });
    await saveTicket(tx, decided.row);
    await keepNextDecisions(tx, [{ row: decided.row, inForce }]);
    return decided.outcome;
  });
}
