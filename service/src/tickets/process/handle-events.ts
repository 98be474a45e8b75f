// Handles the stored events of one ticket.
import { and, eq, inArray, isNotNull, max } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { updateErasedTicket } from '../projection/erase-tickets.ts';
import type { TicketEvent, TicketSnapshot } from '../receive/ticket-event.ts';
import { inbox, tickets } from '../tables.ts';
import { decideObservations } from './decide-ticket.ts';
import type { PipelineDeps } from './deps.ts';
import { eventsOf, finishEvents, type Outcome } from './finish-events.ts';
import { commentChangeFollower } from './follow-comment-change.ts';
import { eraseByEvents, markGone } from './follow-removal.ts';
import {
  type Observation,
  observationFromEvent,
  observationFromMessage,
  observationFromRest,
  readStatus,
} from './observation.ts';
import { authorsOfTicket, learnAuthors } from './who-wrote.ts';

export interface EventDeps extends PipelineDeps {
  /** If absent, hints cause a read for their own batch. */
  answered?: AnsweredHints;
}

/** The outcome of each event, by its id. */
type Ended = ReadonlyMap<number, Outcome | 'not_about_a_ticket'>;

/**
 * Applies events of one ticket, in the order they happened, and decides it once. Events without a readable snapshot (a Zendesk trigger's
 * `{"ticket_id": 123}`) cost one read of Zendesk together, and none if a read for other events came after them. Throws errors of
 * Zendesk or the database; the events then stay waiting.
 */
export async function handleEvents(deps: EventDeps, events: readonly TicketEvent[]): Promise<Ended> {
  const ids = events.map(({ inboxId }) => inboxId);
  const ticketId = events[0]?.ticketId ?? null;
  const erased = await eraseByEvents(deps, events);
  const left = ids.filter((id) => !erased.has(id));
  if (ticketId === null) return new Map([...erased, ...(await finishAll(deps, left, 'not_about_a_ticket'))]);
  if (left.length === 0) return erased;
  if (await isErased(deps, ticketId)) {
    for (const { detail, occurredAt } of events)
      if (detail)
        await updateErasedTicket(deps.db, { ...detail, status: readStatus(detail.status), snapshotAt: occurredAt });
    return new Map([...erased, ...(await finishAll(deps, left, 'erased'))]);
  }

  const observations = await observationsOf(deps, events);
  const known = await knownTicket(deps, events, ticketId);
  if (known) observations.push(...events.flatMap((event) => observationFromMessage(event, known) ?? []));
  const hints = ids.filter((id) => !observations.some(({ inboxId }) => inboxId === id));
  const messages = known ? [] : events.filter(isMessageEvent);
  const answered = hints.filter(
    (id) => deps.answered?.isAnswered(ticketId, id) && !messages.some(({ inboxId }) => inboxId === id),
  );
  const asking = hints.filter((id) => !answered.includes(id));
  const newest = observations.at(-1);
  let remember: ((ticketId: number) => void) | undefined;
  let gone = false;
  if (asking.length > 0 || (newest && asksCustomFields(deps))) {
    remember = await deps.answered?.beginRead(deps.db);
    const askedAt = new Date(deps.clock());
    const ticket = await deps.zendesk.showTicket(ticketId);
    gone = ticket === null;
    const authorOf = ticket && (await authorsOfTicket(deps, ticket, []));
    const shown = ticket && authorOf && observationFromRest(ticket, 'trigger', null, null, authorOf, askedAt);
    if (shown && asking.length > 0)
      observations.push({
        ...shown,
        inboxId: asking.at(-1) ?? null,
        answers: asking.slice(0, -1),
        comments: [
          ...shown.comments,
          ...messages.flatMap((event) => observationFromMessage(event, shown.snapshot)?.comments ?? []),
        ],
      });
    else if (shown && newest) newest.snapshot = { ...newest.snapshot, customFields: shown.snapshot.customFields };
  }
  const outcomes = await decideObservations(deps, observations);
  const ended = new Map(
    observations.flatMap((observation, n) => eventsOf(observation).map((id) => [id, outcomes[n] ?? 'known'] as const)),
  );
  if (gone && asking.length > 0) {
    await markGone(deps, ticketId, asking);
    for (const id of asking) ended.set(id, 'not_open');
  }
  remember?.(ticketId);
  return new Map([...ended, ...(await finishAll(deps, answered, 'known'))]);
}

const isMessageEvent = ({ change }: TicketEvent): boolean => change.kind === 'message_added';

/** Neither the ticket nor its people are read again: that would bring back erased data. */
async function isErased({ db }: PipelineDeps, ticketId: number): Promise<boolean> {
  return (await readErased(db, [ticketId])).size > 0;
}

/** Those of the tickets whose words were erased. */
export async function readErased(db: Queryable, ids: readonly number[]): Promise<Set<number>> {
  const rows = await db
    .select({ id: tickets.id })
    .from(tickets)
    .where(and(inArray(tickets.id, [...ids]), isNotNull(tickets.erasedAt)));
  return new Set(rows.map(({ id }) => id));
}

/** Message events show nothing else of their ticket: the stored ticket is used; null: the ticket must be read. */
async function knownTicket({ db }: PipelineDeps, events: readonly TicketEvent[], ticketId: number) {
  if (!events.some(isMessageEvent)) return null;
  const [row] = await db.select().from(tickets).where(eq(tickets.id, ticketId));
  return row ? { ...row, customFields: null } : null;
}

/** For the events that show their ticket. Costs reads of Zendesk where an author is not known, or a comment was changed. Throws `ZendeskError`. */
export async function observationsOf(deps: PipelineDeps, events: readonly TicketEvent[]): Promise<Observation[]> {
  const follow = commentChangeFollower(deps);
  const observations: Observation[] = [];
  for (const { detail, ...event } of events) {
    if (detail === null) continue;
    const { change } = event;
    const isStranger = change.kind === 'comment_added' && !deps.directory.isAgent(change.comment.authorId);
    if (isStranger && change.comment.isStaff) await deps.directory.refresh('unknown');
    const authorOf = await authorsOfEvent(deps, event, detail);
    const observation = observationFromEvent({ ...event, detail }, deps.directory.me(), authorOf);
    observations.push(
      change.kind === 'comment_changed' ? await follow(observation, change.comment, detail) : observation,
    );
  }
  return observations;
}

/** Events contain no custom fields, so rules on custom fields cost a read per ticket and batch. */
export function asksCustomFields({ policy }: PipelineDeps): boolean {
  return [...policy.current().compiled.asks].some((field) => field.startsWith('custom_field:'));
}

/** Reads the authors that one event needs: of the ticket's first message and of its comment. */
function authorsOfEvent(
  deps: PipelineDeps,
  { change, occurredAt }: Omit<TicketEvent, 'detail'>,
  detail: TicketSnapshot,
) {
  const { requesterId, submitterId } = detail;
  if (change.kind !== 'comment_added') return learnAuthors(deps, { requesterId, submitterId, comments: [] });
  const { authorId, isPublic, isStaff } = change.comment;
  if (isStaff === false) return learnAuthors(deps, { requesterId, submitterId, comments: [] });
  const comment = { author_id: authorId, public: isPublic, created_at: occurredAt.toISOString() };
  return learnAuthors(deps, { requesterId, submitterId, comments: [comment] });
}

async function finishAll(
  { db }: PipelineDeps,
  ids: readonly number[],
  outcome: 'known' | 'not_about_a_ticket' | 'erased',
): Promise<Ended> {
  const ended = ids.map((id) => ({ id, outcome }));
  await finishEvents(db, ended);
  return new Map(ended.map(({ id }) => [id, outcome]));
}

/** What this process has read; other processes have their own. */
interface AnsweredHints {
  /** True if the ticket was read after the event was received. */
  isAnswered: (ticketId: number, inboxId: number) => boolean;
  /** Call it before a read, and the returned function once the result is durable. */
  beginRead: (db: Queryable) => Promise<(ticketId: number) => void>;
}

/** More than the number of tickets that change while hints wait. */
const MOST_TICKETS = 20_000;

/** Inbox ids increase as events are received, so the highest one before a read says which events it covers, without clocks. */
export function createAnsweredHints(): AnsweredHints {
  const upTo = new Map<number, number>();
  return {
    isAnswered: (ticketId, inboxId) => inboxId <= (upTo.get(ticketId) ?? 0),
    beginRead: async (db) => {
      const [row] = await db.select({ last: max(inbox.id) }).from(inbox);
      return (ticketId) => {
        upTo.delete(ticketId);
        upTo.set(ticketId, row?.last ?? 0);
        const [oldest] = upTo.keys();
        if (upTo.size > MOST_TICKETS && oldest !== undefined) upTo.delete(oldest);
      };
    },
  };
}
