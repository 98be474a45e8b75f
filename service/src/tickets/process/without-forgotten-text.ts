// Removes the text of erased customers from observations, before anything is stored or decided.
import { sql } from 'drizzle-orm';
import { type Forgotten, readForgotten } from '../../directory/people-store.ts';
import { forgottenPeople } from '../../directory/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { ErasingHook } from '../hooks.ts';
import { eraseTickets, storeErased } from '../projection/erase-tickets.ts';
import { isPlaceholder } from '../projection/projection-store.ts';
import type { CommentRow, TicketSnapshot } from '../projection/ticket-row.ts';
import { comments } from '../tables.ts';
import type { Step } from './in-step.ts';
import type { Observation } from './observation.ts';

/**
 * The observations of one ticket without what people wrote before they were erased: their comments, and subject and description if they
 * wrote the first message. Null: the ticket itself is from such a customer. What they write later is processed normally.
 */
export async function withoutForgottenText(
  step: Step,
  observations: readonly Observation[],
): Promise<readonly Observation[] | null> {
  const [first] = observations;
  if (!first) return observations;
  const forgotten = await step.ask(readForgottenOf, observations.flatMap(peopleOf));
  const began = await step.ask(areBegunByForgotten, first.ticketId);
  if (forgotten.size === 0 && !began) return observations;
  if (observations.some(({ snapshot: { requesterId, createdAt } }) => isOf(forgotten, requesterId, createdAt)))
    return null;
  return observations.map((observation) => withoutWords(observation, forgotten, began));
}

/** Those of several tickets' people who were forgotten. */
async function readForgottenOf(tx: Queryable, lists: readonly (readonly number[])[]): Promise<Forgotten[]> {
  const forgotten = await readForgotten(tx, [...new Set(lists.flat())]);
  return lists.map(() => forgotten);
}

/** Of an erased customer's ticket only the number and state are kept. */
export async function storeWithoutText(
  tx: Queryable,
  { snapshot, now, hooks }: { snapshot: TicketSnapshot; now: Date; hooks: readonly ErasingHook[] },
): Promise<void> {
  await storeErased(tx, snapshot, now);
  await eraseTickets(tx, { ids: [snapshot.id], now, gone: false, hooks });
}

/** Whether each ticket's first message, as far as it is stored, is of somebody who was forgotten since. */
async function areBegunByForgotten(tx: Queryable, ticketIds: readonly number[]): Promise<boolean[]> {
  const { rows } = await tx.execute<{ id: number }>(sql`
    SELECT asked.id::float8 AS id FROM jsonb_to_recordset(${JSON.stringify(ticketIds.map((id) => ({ id })))}::jsonb) AS asked(id bigint)
    CROSS JOIN LATERAL (SELECT author_id, created_at FROM ${comments} WHERE ticket_id = asked.id
      ORDER BY created_at, id LIMIT 1) AS first
    JOIN ${forgottenPeople} AS person ON person.user_id = first.author_id AND person.forgotten_at >= first.created_at`);
  const begun = new Set(rows.map(({ id }) => id));
  return ticketIds.map((id) => begun.has(id));
}

function withoutWords(observation: Observation, forgotten: Forgotten, began: boolean): Observation {
  const { snapshot } = observation;
  const isFirst = ({ id, createdAt }: CommentRow): boolean =>
    isPlaceholder(id) || (observation.hasFirst === true && createdAt.getTime() < snapshot.createdAt.getTime() + 1_000);
  const isTheirs = ({ authorId, createdAt }: CommentRow): boolean => isOf(forgotten, authorId, createdAt);
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

const isOf = (forgotten: Forgotten, id: number | null, at: Date): boolean =>
  id !== null && (forgotten.get(id) ?? new Date(0)) >= at;

function peopleOf({ snapshot, comments }: Observation): number[] {
  return [snapshot.requesterId, ...comments.map(({ authorId }) => authorId)].flatMap((id) => id ?? []);
}
