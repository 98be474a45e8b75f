// Dead-letters one ticket, and retries it.
import { aboutError } from '../../platform/errors/about-error.ts';
import type { PipelineDeps } from '../process/deps.ts';
import { isItsOwn } from '../process/is-its-own.ts';
import { markGone } from '../process/mark-gone.ts';
import { learnTicket } from './learn-ticket.ts';
import { forgetRetried, type SetAside, setAside, ticketsToRetry } from './odd-records.ts';

/** A failure may be temporary, so the ticket is retried after this long; an operator need not wait. */
const TRY_AGAIN_MS = 3_600_000;

/**
 * What to dead-letter after a ticket could not be processed. Throws `error` itself if the ticket is not the cause: while Zendesk or the database
 * is unavailable, or our login is refused, all tickets wait.
 */
export async function oddBecauseOf(deps: PipelineDeps, ticketId: number, error: unknown): Promise<SetAside> {
  if (!(await isItsOwn(deps, error))) throw error;
  const retryAt = new Date(deps.clock() + TRY_AGAIN_MS);
  return { kind: 'ticket', id: String(ticketId), ticketId, reason: aboutError(error).error, retryAt };
}

/** Reads and processes the tickets that are due for a retry; one that still fails is dead-lettered again. */
export async function retrySetAside(deps: PipelineDeps, signal?: AbortSignal): Promise<void> {
  const now = new Date(deps.clock());
  for (const ticketId of await ticketsToRetry(deps.db, now)) {
    if (signal?.aborted) return;
    try {
      const ticket = await deps.zendesk.showTicket(ticketId);
      if (ticket) await learnTicket(deps, ticket);
      else await markGone(deps, ticketId, []);
    } catch (error) {
      await setAside(deps.db, [await oddBecauseOf(deps, ticketId, error)]);
    }
    await forgetRetried(deps.db, ticketId, now);
  }
}
