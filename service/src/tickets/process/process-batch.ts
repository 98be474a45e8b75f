// Processes a committed batch of events.

import { ZendeskError } from '../../zendesk/zendesk.ts';
import { readBatch, readTicket, type WaitingEvent } from '../receive/batches.ts';
import { beginHandlingOwn, releaseEvents } from '../receive/handlings.ts';
import { parseTicketEvent } from '../receive/parse-ticket-event.ts';
import { noteOwnWrites } from './note-own-writes.ts';
import { MOST_TOGETHER, processTicket, type TicketDeps, type Trouble } from './process-ticket.ts';
import { inGroups, mayGoTogether, processTogether } from './process-together.ts';
import { createTurns } from './turns.ts';

export interface BatchDeps extends TicketDeps {
  /** Hears of each ticket that is left because it floods. */
  onFlood?: (ticketId: number) => Promise<void>;
}

/** Groups of tickets, or tickets that go by themselves, worked on at the same time; each takes one connection. */
const AT_ONCE = 4;
/** Of this process. What did not survive a process goes alone in the next, so that nothing else is suspected with it. */
const turns = createTurns();

/**
 * Decides the tickets of the batch's waiting events, each once: their events in the order they happened, tickets beside one another.
 * Throws when some must be tried again (Zendesk or the database is away), after the others are done; an event that is itself the
 * trouble is set aside. Tickets that flood are left and named to `onFlood`, before any other is decided: see `processFlood`. When `signal`
 * is aborted no further ticket is begun; what is left waits for the sweeper of the next process.
 */
export async function processBatch(deps: BatchDeps, batch: number): Promise<void> {
  await deps.directory.refresh();
  await turns.beside(() => takeOwnWrites(deps, batch));
  const { events: waiting, floods } = await readBatch(deps.db, batch);
  for (const ticketId of floods) await deps.onFlood?.(ticketId);
  const tickets = groupByTicket(waiting);
  // What must be read waits for Zendesk, and what one process did not survive may end this one: both come after the others.
  const [suspects, others] = partition(tickets, isSuspect);
  const [hints, plain] = partition(others, (events) => events.some(({ type }) => type === 'trigger'));
  const [together, single] = partition(plain, mayGoTogether);
  const troubles: Trouble[] = [];
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
      // Tickets cannot be read, so the other reads would only wait for that, each by itself.
      if (hints.includes(events) && cannotRead) continue;
      const taken = events;
      const trouble = await turns.beside(() => processTicket(deps, taken));
      if (trouble === null) continue;
      troubles.push(trouble);
      // What kept a ticket that is not read from being decided (an outage of comments, of people) need not keep those that are.
      cannotRead ||= trouble.isAway && hints.includes(taken);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  // Those of a group that were to go by themselves have begun already.
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
  // That Zendesk has no time says least of what is wrong.
  const worst = troubles.find(({ error }) => !(error instanceof ZendeskError && error.kind === 'busy')) ?? troubles[0];
  if (worst) throw worst.error;
}

/**
 * Decides a ticket that floods, once, after at most `MOST_TOGETHER` of its waiting events. Gives back whether more may wait: other floods
 * may go first. Throws as `processBatch` does.
 */
export async function processFlood(deps: TicketDeps, ticketId: number): Promise<boolean> {
  await deps.directory.refresh();
  const events = await readTicket(deps.db, ticketId, MOST_TOGETHER);
  const turn = isSuspect(events) ? turns.alone : turns.beside;
  const trouble = await turn(() => processTicket(deps, events));
  if (trouble !== null) throw trouble.error;
  return events.length === MOST_TOGETHER;
}

/** Our own writes come back as more events than all others together: those that show nothing else end in one statement. */
async function takeOwnWrites(deps: BatchDeps, batch: number): Promise<void> {
  const rows = await beginHandlingOwn(deps.db, batch, deps.directory.me());
  const noted = await noteOwnWrites(deps.db, rows.map(parseTicketEvent), deps.directory.me());
  for (const row of rows) if (noted.has(row.id)) deps.onHandled?.('own_write', deps.clock() - row.receivedAt.getTime());
  const others = rows.map(({ id }) => id).filter((id) => !noted.has(id));
  await releaseEvents(deps.db, others);
}

/** Events about no ticket have nothing to do with one another but that there is nothing to do, so they go together. */
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
