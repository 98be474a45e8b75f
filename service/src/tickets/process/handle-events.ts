// Handles the stored events of one ticket.
import { and, eq, isNotNull, max } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { goneAfter } from '../projection/apply-snapshot.ts';
import type { TicketEvent, TicketSnapshot } from '../receive/ticket-event.ts';
import { inbox, tickets } from '../tables.ts';
import { decideObservations } from './decide-ticket.ts';
import type { PipelineDeps } from './deps.ts';
import { eventsOf, finishEvents, type Outcome } from './finish-events.ts';
import { commentChangeFollower } from './follow-comment-change.ts';
import { type ErasedState, followErased } from './follow-erased.ts';
import { eraseByEvents, markGone } from './follow-removal.ts';
import {
  type Observation,
  observationFromEvent,
  observationFromMessage,
  observationFromRest,
  readStatus,
  reportedBy,
} from './observation.ts';
import { authorsOf, authorsOfTicket, learnAuthors } from './who-wrote.ts';

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
  const erasing = await eraseByEvents(deps, events);
  const left = events.filter(({ inboxId }) => !erasing.has(inboxId));
  const ticketId = events[0]?.ticketId ?? null;
  if (ticketId === null) return new Map([...erasing, ...(await finishAll(deps, left, 'not_about_a_ticket'))]);
  if (left.length === 0) return erasing;
  return (await isErased(deps, ticketId)) ? followErasedByEvents(deps, left) : decideByEvents(deps, ticketId, left);
}

/** Neither the ticket nor its people are read again: that would bring back erased data. */
async function isErased({ db }: PipelineDeps, ticketId: number): Promise<boolean> {
  const rows = await db
    .select({ id: tickets.id })
    .from(tickets)
    .where(and(eq(tickets.id, ticketId), isNotNull(tickets.erasedAt)));
  return rows.length > 0;
}

/** Of an erased ticket only its state is followed. */
async function followErasedByEvents(deps: PipelineDeps, events: readonly TicketEvent[]): Promise<Ended> {
  const authorOf = authorsOf(deps);
  const states = events.flatMap((event): ErasedState[] => {
    const { detail, occurredAt } = event;
    if (!detail) return [];
    const gone = goneAfter(event);
    const snapshot = { ...detail, status: readStatus(detail.status), snapshotAt: occurredAt };
    return [{ snapshot, reported: reportedBy(event, authorOf), ...(gone === undefined ? {} : { gone }) }];
  });
  await deps.db.transaction((tx) => followErased(tx, deps.hooks, states));
  return finishAll(deps, events, 'erased');
}

/** Decides the ticket by what the events show, and by a read of the ticket for those that show too little. */
async function decideByEvents(deps: EventDeps, ticketId: number, events: readonly TicketEvent[]): Promise<Ended> {
  const { observations, hints, messages } = await readEvents(deps, ticketId, events);
  const answered = hints.filter(
    (event) => deps.answered?.isAnswered(ticketId, event.inboxId) && !messages.includes(event),
  );
  const asking = hints.filter((event) => !answered.includes(event)).map(({ inboxId }) => inboxId);
  const newest = observations.at(-1);
  const read =
    asking.length > 0 || (newest && asksCustomFields(deps)) ? await readFromZendesk(deps, ticketId, asking) : null;
  if (read?.shown && asking.length > 0) {
    const { comments, snapshot } = read.shown;
    const said = messages.flatMap((event) => observationFromMessage(event, snapshot)?.comments ?? []);
    observations.push({ ...read.shown, comments: [...comments, ...said] });
  } else if (read?.shown && newest)
    newest.snapshot = { ...newest.snapshot, customFields: read.shown.snapshot.customFields };

  const outcomes = await decideObservations(deps, observations);
  const ended = new Map(
    observations.flatMap((observation, n) => eventsOf(observation).map((id) => [id, outcomes[n] ?? 'known'] as const)),
  );
  if (read?.shown === null && asking.length > 0) {
    await markGone(deps, ticketId, asking);
    for (const id of asking) ended.set(id, 'not_open');
  }
  read?.remember?.(ticketId);
  return new Map([...ended, ...(await finishAll(deps, answered, 'known'))]);
}

interface ReadEvents {
  /** What the events themselves show. */
  observations: Observation[];
  /** Events that do not show the ticket. */
  hints: TicketEvent[];
  /** Those of them that show a message of a ticket that is not stored. */
  messages: TicketEvent[];
}

async function readEvents(deps: PipelineDeps, ticketId: number, events: readonly TicketEvent[]): Promise<ReadEvents> {
  const observations = await observationsOf(deps, events);
  const known = await knownTicket(deps, events, ticketId);
  if (known) observations.push(...events.flatMap((event) => observationFromMessage(event, known) ?? []));
  const shown = new Set(observations.map(({ inboxId }) => inboxId));
  return {
    observations,
    hints: events.filter(({ inboxId }) => !shown.has(inboxId)),
    messages: known ? [] : events.filter(isMessageEvent),
  };
}

/** `shown`: as an observation that answers the events `asking`; null: Zendesk has no such ticket. Call `remember` once it is stored. */
async function readFromZendesk(
  deps: EventDeps,
  ticketId: number,
  asking: readonly number[],
): Promise<{ shown: Observation | null; remember: ((ticketId: number) => void) | undefined }> {
  const remember = await deps.answered?.beginRead(deps.db);
  const askedAt = new Date(deps.clock());
  const ticket = await deps.zendesk.showTicket(ticketId);
  if (ticket === null) return { shown: null, remember };
  const authorOf = await authorsOfTicket(deps, ticket, []);
  const inboxId = asking.at(-1) ?? null;
  const shown = observationFromRest(ticket, 'trigger', inboxId, null, authorOf, askedAt);
  return { shown: { ...shown, answers: asking.slice(0, -1) }, remember };
}

const isMessageEvent = ({ change }: TicketEvent): boolean => change.kind === 'message_added';

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
  events: readonly TicketEvent[],
  outcome: 'known' | 'not_about_a_ticket' | 'erased',
): Promise<Ended> {
  const ended = events.map(({ inboxId: id }) => ({ id, outcome }));
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
