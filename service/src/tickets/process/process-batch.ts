// Processes a committed batch of events.
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { readBatch, readTicket, type WaitingEvent } from '../receive/batches.ts';
import { beginHandling, releaseEvents } from '../receive/event-handling.ts';
import { parseTicketEvent } from '../receive/parse-ticket-event.ts';
import { MOST_TOGETHER, processTicket, type RetryReason, type TicketDeps } from './process-ticket.ts';
import { inGroups, mayGoTogether, processTogether } from './process-together.ts';
import { recordOwnWrites } from './record-own-writes.ts';

export interface BatchDeps extends TicketDeps {
  /** Called for each ticket that is skipped because it is flooded. */
  onFlood?: (ticketId: number) => Promise<void>;
}

/** Groups of tickets, or single tickets, processed in parallel; each uses one connection. */
const AT_ONCE = 4;
/** Of this process. Events that crashed a process are handled alone in the next, so that no others are suspected. */
const turns = createTurns();

/**
 * Decides the tickets of the batch's waiting events, each once: their events in the order they happened, tickets in parallel.
 * Throws when some must be retried (Zendesk or the database is unavailable), after the others are done; an event that is itself the
 * cause is dead-lettered. Flooded tickets are skipped and passed to `onFlood`, before any other is decided: see `processFlood`. When `signal`
 * is aborted no further ticket is started; the rest is left to the next process's sweep.
 */
export async function processBatch(deps: BatchDeps, batch: number): Promise<void> {
  await deps.directory.refresh();
  const { events: waiting, floods } = await readBatch(deps.db, batch);
  const finished = await turns.beside(() => finishOwnWrites(deps, waiting));
  for (const ticketId of floods) await deps.onFlood?.(ticketId);
  const tickets = groupByTicket(waiting.filter(({ id }) => !finished.has(id)));
  // Reads wait for Zendesk, and events that crashed a process may crash this one: both come after the others.
  const [suspects, others] = partition(tickets, isSuspect);
  const [hints, plain] = partition(others, (events) => events.some(({ type }) => type === 'trigger'));
  const [together, single] = partition(plain, mayGoTogether);
  const troubles: RetryReason[] = [];
  let cannotRead = false;
  const groups = inGroups(together);
  const queue = [...single, ...hints];
  async function work(): Promise<void> {
    for (let group = groups.shift(); group && !deps.signal?.aborted; group = groups.shift()) {
      const taken = group;
      const { left, trouble } = await turns.beside(() => processTogether(deps, taken));
      queue.unshift(...left.map((events) => [...events]));
      if (trouble !== null) troubles.push(trouble);
    }
    for (let events = queue.shift(); events && !deps.signal?.aborted; events = queue.shift()) {
      // Tickets cannot be read, so each further read would only wait too.
      if (hints.includes(events) && cannotRead) continue;
      const taken = events;
      const trouble = await turns.beside(() => processTicket(deps, taken));
      if (trouble === null) continue;
      troubles.push(trouble);
      // An outage that blocks this ticket (of comments, of people) need not block tickets that are read.
      cannotRead ||= trouble.isTemporary && hints.includes(taken);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (deps.signal?.aborted)
    await releaseEvents(
      deps.db,
      [...groups.flat(), ...queue].flat().map(({ id }) => id),
    );
  for (const events of suspects.toSorted((a, b) => mostUnfinished(a) - mostUnfinished(b))) {
    if (deps.signal?.aborted) break;
    const trouble = await turns.alone(() => processTicket(deps, events));
    if (trouble !== null) troubles.push(trouble);
  }
  // Prefer any other error to "Zendesk is busy".
  const worst = troubles.find(({ error }) => !(error instanceof ZendeskError && error.kind === 'busy')) ?? troubles[0];
  if (worst) throw worst.error;
}

/**
 * Decides a flooded ticket once, after at most `MOST_TOGETHER` of its waiting events. Returns whether more may be waiting: other flooded tickets
 * may go first. Throws like `processBatch`.
 */
export async function processFlood(deps: TicketDeps, ticketId: number): Promise<boolean> {
  await deps.directory.refresh();
  const events = await readTicket(deps.db, ticketId, MOST_TOGETHER);
  const turn = isSuspect(events) ? turns.alone : turns.beside;
  const trouble = await turn(() => processTicket(deps, events));
  if (trouble !== null) throw trouble.error;
  return events.length === MOST_TOGETHER;
}

/**
 * Our own writes cause more events than all others together: those that show nothing else are finished in one statement. Returns their
 * ids; the others are processed like anybody's.
 */
async function finishOwnWrites(deps: BatchDeps, waiting: readonly WaitingEvent[]): Promise<ReadonlySet<number>> {
  const me = deps.directory.me();
  const own = waiting.filter(
    ({ actor, attempts, unfinished }) => actor === String(me) && attempts === 0 && unfinished === 0,
  );
  if (own.length === 0) return new Set();
  const ids = own.map(({ id }) => id);
  const rows = await beginHandling(deps.db, ids, { skipLocked: true });
  const finished = await recordOwnWrites(deps, rows.map(parseTicketEvent), me);
  for (const { id, receivedAt } of own)
    if (finished.has(id)) deps.onHandled?.('own_write', deps.clock() - receivedAt.getTime());
  await releaseEvents(
    deps.db,
    ids.filter((id) => !finished.has(id)),
  );
  return finished;
}

/** Events without a ticket need no processing, so they are handled together. */
function groupByTicket(events: readonly WaitingEvent[]): WaitingEvent[][] {
  const groups = new Map<number | null, WaitingEvent[]>();
  for (const event of events) {
    const group = groups.get(event.ticketId);
    if (group) group.push(event);
    else groups.set(event.ticketId, [event]);
  }
  return [...groups.values()];
}

const isSuspect = (events: readonly WaitingEvent[]): boolean => mostUnfinished(events) > 0;

const mostUnfinished = (events: readonly WaitingEvent[]): number =>
  Math.max(0, ...events.map(({ unfinished }) => unfinished));

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

interface Turns {
  /** Waits while exclusive work runs or waits. */
  beside: <T>(work: () => Promise<T>) => Promise<T>;
  /** Waits for running work, and lets nothing else start. */
  alone: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * A readers-writer lock: first come, first served, so that nothing starves.
 * @internal
 */
export function createTurns(): Turns {
  const queue: { alone: boolean; start: () => void }[] = [];
  let running = 0;
  let isAlone = false;

  function startNext(): void {
    for (let [next] = queue; next && !isAlone && !(next.alone && running > 0); [next] = queue) {
      queue.shift();
      running += 1;
      isAlone = next.alone;
      next.start();
    }
  }

  async function take<T>(alone: boolean, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((start) => {
      queue.push({ alone, start });
      startNext();
    });
    try {
      return await work();
    } finally {
      running -= 1;
      isAlone = false;
      startNext();
    }
  }

  return { beside: (work) => take(false, work), alone: (work) => take(true, work) };
}
