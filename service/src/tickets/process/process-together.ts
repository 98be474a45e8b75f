// Processes the waiting events of many tickets in one transaction, with joined queries.
import { isTemporary } from '../../platform/errors/external-error.ts';
import type { WaitingEvent } from '../receive/batches.ts';
import { beginHandling, releaseEvents } from '../receive/event-handling.ts';
import { type InboxRow, parseTicketEvent } from '../receive/parse-ticket-event.ts';
import type { TicketEvent } from '../receive/ticket-event.ts';
import { decideTogether, type Prepared, prepare } from './decide-ticket.ts';
import type { Outcome } from './finish-events.ts';
import { asksCustomFields, observationsOf } from './handle-events.ts';
import { inOrder, type RetryReason, type TicketDeps } from './process-ticket.ts';

/** Tickets of one transaction: with more of them a statement takes longer, and saves little. */
const MOST_TICKETS = 100;
/** Their events: as many as a batch of webhooks holds. */
const MOST_EVENTS = 500;

/** The events of one ticket. */
type OfTicket = readonly WaitingEvent[];

/** Whether the ticket may go together with others: its events were never tried, and they themselves show the ticket. */
export const mayGoTogether = (events: OfTicket): boolean =>
  events.every(
    ({ type, ticketId, attempts, unfinished, isErased }) =>
      ticketId !== null &&
      !isErased &&
      attempts === 0 &&
      unfinished === 0 &&
      type.startsWith('ticket.') &&
      !APART.has(type),
  );

/** Some of these are read in Zendesk, and the others erase. */
const APART: ReadonlySet<string> = new Set([
  'ticket.permanently_deleted',
  'ticket.comment_made_private',
  'ticket.comment_redacted',
]);

/** Splits tickets that may go together into as many transactions as they need. */
export function inGroups(tickets: readonly OfTicket[]): OfTicket[][] {
  const groups: OfTicket[][] = [];
  let events = 0;
  for (const ofTicket of tickets) {
    const group = groups.at(-1);
    events += ofTicket.length;
    if (group && group.length < MOST_TICKETS && events <= MOST_EVENTS) group.push(ofTicket);
    else {
      groups.push([ofTicket]);
      events = ofTicket.length;
    }
  }
  return groups;
}

/**
 * Processes the events of tickets that `mayGoTogether`, in one transaction. `left`: tickets to be processed one by one, in their order: all of them if
 * something failed, so that only its cause fails again; otherwise those that another transaction holds, and those that must be read after all.
 * `trouble`: the database is unavailable, and all must be retried.
 */
export async function processTogether(
  deps: TicketDeps,
  tickets: readonly OfTicket[],
): Promise<{ left: OfTicket[]; trouble: RetryReason | null }> {
  const ids = tickets.flat().map(({ id }) => id);
  const release = async (): Promise<void> => {
    await releaseEvents(deps.db, ids).catch(() => undefined);
  };
  const onAbort = (): void => void release();
  deps.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const rows = new Map((await beginHandling(deps.db, ids, { skipLocked: true })).map((row) => [row.id, row]));
    const done = await decideThose(deps, tickets, rows);
    return { left: tickets.filter((events) => !done.has(events)), trouble: null };
  } catch (error) {
    if (!isTemporary(error)) return { left: [...tickets], trouble: null };
    await release();
    return { left: [], trouble: { error, isTemporary: true } };
  } finally {
    deps.signal?.removeEventListener('abort', onAbort);
  }
}

/** Returns the tickets that are done. */
async function decideThose(
  deps: TicketDeps,
  tickets: readonly OfTicket[],
  rows: ReadonlyMap<number, InboxRow>,
): Promise<Set<OfTicket>> {
  const known = tickets.flatMap((waiting) => {
    const events = waiting.flatMap(({ id }) => rows.get(id) ?? []).map(parseTicketEvent);
    return events.length === waiting.length && events.every(showsTicket) ? [{ waiting, events: inOrder(events) }] : [];
  });
  if (asksCustomFields(deps)) return new Set();
  const prepared: (Prepared & { waiting: OfTicket })[] = [];
  for (const { waiting, events } of known) {
    const ticket = await prepareTicket(deps, events);
    if (ticket) prepared.push({ ...ticket, waiting });
  }
  if (prepared.length === 0) return new Set();
  const all = await decideTogether(deps, prepared);
  const done = new Set<OfTicket>();
  for (const [n, { waiting, observations }] of prepared.entries()) {
    const outcomes = all[n];
    if (outcomes === undefined || outcomes === 'held') continue;
    done.add(waiting);
    const ended = new Map<number | null, Outcome>(
      observations.map(({ inboxId }, m) => [inboxId, outcomes[m] ?? 'done_before']),
    );
    for (const { id, receivedAt } of waiting)
      deps.onHandled?.(ended.get(id) ?? 'done_before', deps.clock() - receivedAt.getTime());
  }
  return done;
}

/** Null: processed alone, the ticket gets its own error, or the read that it needs. */
async function prepareTicket(deps: TicketDeps, events: readonly TicketEvent[]): Promise<Prepared | null> {
  try {
    const observations = await observationsOf(deps, events);
    return observations.some(({ erased }) => erased) ? null : await prepare(deps, observations);
  } catch {
    return null;
  }
}

const showsTicket = ({ detail, change }: TicketEvent): boolean => detail !== null && change.kind !== 'comment_changed';
