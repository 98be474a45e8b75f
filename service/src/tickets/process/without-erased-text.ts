// Removes the text of erased customers from observations, before anything is stored or decided.
import { sql } from 'drizzle-orm';
import type { ErasedPeople } from '../../directory/people-store.ts';
import { erasedPeople } from '../../directory/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { ErasingHook } from '../hooks.ts';
import { eraseTickets, storeErased } from '../projection/erase-tickets.ts';
import { isPlaceholder } from '../projection/projection-store.ts';
import type { CommentRow, TicketSnapshot } from '../projection/ticket-row.ts';
import { comments } from '../tables.ts';
import type { Observation } from './observation.ts';
import type { StatementBatch } from './statement-batch.ts';

/**
 * The observations of one ticket without what people wrote before they were erased: their comments, and subject and description if they
 * wrote the first message. Null: the ticket itself is from such a customer. What they write later is processed normally.
 */
export async function withoutErasedText(
  batch: StatementBatch,
  observations: readonly Observation[],
): Promise<readonly Observation[] | null> {
  const [first] = observations;
  if (!first) return observations;
  const { erased, began } = await batch.query(readErasedPeopleOf, {
    ticketId: first.ticketId,
    people: observations.flatMap(peopleOf),
  });
  if (erased.size === 0 && !began) return observations;
  if (observations.some(({ snapshot: { requesterId, createdAt } }) => isOf(erased, requesterId, createdAt)))
    return null;
  return observations.map((observation) => withoutWords(observation, erased, began));
}

interface ErasedPeopleOf {
  /** When each of the people was erased; those of other tickets may be among them. */
  erased: ErasedPeople;
  /** Whether the ticket's first message, as far as it is stored, is of somebody who was erased since. */
  began: boolean;
}

/** One statement for several tickets. */
async function readErasedPeopleOf(
  tx: Queryable,
  asks: readonly { ticketId: number; people: readonly number[] }[],
): Promise<ErasedPeopleOf[]> {
  const ids = JSON.stringify(asks.map(({ ticketId: id }) => ({ id })));
  const people = JSON.stringify([...new Set(asks.flatMap((ask) => ask.people))].map((id) => ({ id })));
  const { rows } = await tx.execute<{ ticket: number | null; person: number; at_ms: number }>(sql`
    SELECT NULL::float8 AS ticket, user_id::float8 AS person, (extract(epoch FROM forgotten_at) * 1000)::float8 AS at_ms
    FROM ${erasedPeople} WHERE user_id IN (SELECT id FROM jsonb_to_recordset(${people}::jsonb) AS asked(id bigint))
    UNION ALL
    SELECT asked.id, person.user_id, (extract(epoch FROM person.forgotten_at) * 1000)
    FROM jsonb_to_recordset(${ids}::jsonb) AS asked(id bigint)
    CROSS JOIN LATERAL (SELECT author_id, created_at FROM ${comments} WHERE ticket_id = asked.id
      ORDER BY created_at, id LIMIT 1) AS first
    JOIN ${erasedPeople} AS person ON person.user_id = first.author_id AND person.forgotten_at >= first.created_at`);
  const erased = new Map(
    rows.flatMap((row) => (row.ticket === null ? [[row.person, new Date(row.at_ms)] as const] : [])),
  );
  const begun = new Set(rows.map(({ ticket }) => ticket));
  return asks.map(({ ticketId }) => ({ erased, began: begun.has(ticketId) }));
}

/** Of an erased customer's ticket only the number and state are kept. */
export async function storeWithoutText(
  tx: Queryable,
  { snapshot, now, hooks }: { snapshot: TicketSnapshot; now: Date; hooks: readonly ErasingHook[] },
): Promise<void> {
  await storeErased(tx, snapshot, now);
  await eraseTickets(tx, { ids: [snapshot.id], now, gone: false, hooks });
}

function withoutWords(observation: Observation, erased: ErasedPeople, began: boolean): Observation {
  const { snapshot } = observation;
  const isFirst = ({ id, createdAt }: CommentRow): boolean =>
    isPlaceholder(id) || (observation.hasFirst === true && createdAt.getTime() < snapshot.createdAt.getTime() + 1_000);
  const isTheirs = ({ authorId, createdAt }: CommentRow): boolean => isOf(erased, authorId, createdAt);
  const begun = began || observation.comments.some((comment) => isFirst(comment) && isTheirs(comment));
  if (!begun && !observation.comments.some(isTheirs)) return observation;
  return {
    ...observation,
    bare: true,
    snapshot: begun ? { ...snapshot, subject: '', description: '' } : snapshot,
    comments: observation.comments.map((comment) =>
      isTheirs(comment) || (begun && isPlaceholder(comment.id)) ? { ...comment, body: '' } : comment,
    ),
  };
}

const isOf = (erased: ErasedPeople, id: number | null, at: Date): boolean =>
  id !== null && (erased.get(id) ?? new Date(0)) >= at;

function peopleOf({ snapshot, comments }: Observation): number[] {
  return [snapshot.requesterId, ...comments.map(({ authorId }) => authorId)].flatMap((id) => id ?? []);
}
