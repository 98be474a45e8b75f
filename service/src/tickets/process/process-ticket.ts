// Processes the waiting events of one ticket, and handles failures.
import { aboutError } from '../../platform/errors/about-error.ts';
import { isTemporary } from '../../platform/errors/external-error.ts';
import { isOwnFailure } from '../../zendesk/classify-failure.ts';
import type { WaitingEvent } from '../receive/batches.ts';
import { beginHandling, deadLetterEvent, failEvent, MOST_TRIES, releaseEvents } from '../receive/event-handling.ts';
import { parseTicketEvent } from '../receive/parse-ticket-event.ts';
import type { TicketEvent } from '../receive/ticket-event.ts';
import { type EventDeps, handleEvents } from './handle-events.ts';

export interface TicketDeps extends EventDeps {
  /** Called with the outcome of each event and its time since arrival, in milliseconds. */
  onHandled?: ((outcome: string, milliseconds: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Why some events must be retried. */
export interface RetryReason {
  error: unknown;
  /** Zendesk or the database is unavailable, or our login is refused: the events are not the cause. */
  isTemporary: boolean;
}

/** Events of one ticket per decision, which is one transaction: as many as a batch of webhooks has. */
export const MOST_TOGETHER = 500;

/**
 * Processes the events of one ticket (or those without one), together if possible; see `inRuns`. Returns the
 * error when some must be retried, and null when all are done: an event that is itself the cause is dead-lettered after
 * `MOST_TRIES` failures, and one that crashed the process as often is dead-lettered before it is handled again.
 */
export async function processTicket(deps: TicketDeps, events: readonly WaitingEvent[]): Promise<RetryReason | null> {
  for (const run of inRuns(events)) {
    if (deps.signal?.aborted) return null;
    const [first] = run;
    if (first && first.unfinished >= MOST_TRIES) {
      const times = `${first.unfinished} times`;
      await deadLetter(
        deps,
        first,
        `The service ended ${times} while handling this event (out of memory, or a crash).`,
      );
      continue;
    }
    const trouble = await processRun(deps, run);
    if (trouble !== null) return trouble; // The ticket's later events wait for this one.
  }
  return null;
}

/**
 * Events without an attempt are handled together. One that has failed, or crashed two processes, is handled alone, so that it is
 * clear which it was and the others get done.
 */
function inRuns(events: readonly WaitingEvent[]): WaitingEvent[][] {
  const runs: WaitingEvent[][] = [];
  let together: WaitingEvent[] | null = null;
  for (const event of events) {
    if (event.attempts > 0 || event.unfinished > 1) {
      runs.push([event]);
      together = null;
    } else if (together && together.length < MOST_TOGETHER) together.push(event);
    else runs.push((together = [event]));
  }
  return runs;
}

async function processRun(deps: TicketDeps, run: readonly WaitingEvent[]): Promise<RetryReason | null> {
  const ids = run.map(({ id }) => id);
  const release = async (): Promise<void> => {
    // The database may be unavailable. This process still runs, so its claims do not count against the events.
    await releaseEvents(deps.db, ids).catch(() => undefined);
  };
  const onAbort = (): void => void release();
  deps.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const rows = new Map((await beginHandling(deps.db, ids)).map((row) => [row.id, row]));
    const events = ids.flatMap((id) => rows.get(id) ?? []).map(parseTicketEvent);
    const trouble = await tryTogether(deps, inOrder(events), run);
    if (trouble !== null) await release();
    return trouble;
  } catch (error) {
    await release();
    return { error, isTemporary: isTemporary(error) };
  } finally {
    deps.signal?.removeEventListener('abort', onAbort);
  }
}

async function tryTogether(
  deps: TicketDeps,
  events: readonly TicketEvent[],
  run: readonly WaitingEvent[],
): Promise<RetryReason | null> {
  try {
    const ended = await handleEvents(deps, events);
    for (const { id, receivedAt } of run) {
      const outcome = ended.get(id);
      if (outcome !== undefined) deps.onHandled?.(outcome, deps.clock() - receivedAt.getTime());
    }
    return null;
  } catch (error) {
    if (!(await isOwnFailure(deps, error))) return { error, isTemporary: true };
    if (events.length > 1) return tryOneByOne(deps, events, run);
    const [event] = run;
    return event ? failed(deps, event, error) : { error, isTemporary: false };
  }
}

/** Finds the one that fails; earlier ones are done, later ones wait for it. */
async function tryOneByOne(
  deps: TicketDeps,
  events: readonly TicketEvent[],
  run: readonly WaitingEvent[],
): Promise<RetryReason | null> {
  for (const event of events) {
    const trouble = await tryTogether(
      deps,
      [event],
      run.filter(({ id }) => id === event.inboxId),
    );
    if (trouble !== null) return trouble;
  }
  return null;
}

async function failed(deps: TicketDeps, event: WaitingEvent, error: unknown): Promise<RetryReason | null> {
  const { error: reason } = aboutError(error);
  const isSetAside = await failEvent(deps.db, event.id, reason, new Date(deps.clock()));
  if (!isSetAside) return { error, isTemporary: false };
  logDeadLetter(deps, event, reason);
  return null;
}

async function deadLetter(deps: TicketDeps, event: WaitingEvent, reason: string): Promise<void> {
  await deadLetterEvent(deps.db, event.id, reason, new Date(deps.clock()));
  logDeadLetter(deps, event, reason);
}

function logDeadLetter(deps: TicketDeps, { id, ticketId, receivedAt }: WaitingEvent, reason: string): void {
  deps.logger.error({ inboxId: id, ticketId, reason }, 'An event could not be decided and was dead-lettered');
  deps.onHandled?.('dead_lettered', deps.clock() - receivedAt.getTime());
}

/** By time; events of the same time by their position in their action, then by arrival. */
export function inOrder(events: readonly TicketEvent[]): TicketEvent[] {
  return events.toSorted(
    (a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || placeOf(a, b) || a.inboxId - b.inboxId,
  );
}

function placeOf(a: TicketEvent, b: TicketEvent): number {
  return a.sequence && a.sequence.id === b.sequence?.id ? a.sequence.position - b.sequence.position : 0;
}
