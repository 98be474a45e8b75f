// Keeps the numbers of customers who were forgotten, so that nothing they wrote comes back from Zendesk.
import { inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import { comments, forgottenPeople } from '../platform/storage/schema.ts';

/** When each of them was forgotten, by user id. */
export type Forgotten = ReadonlyMap<number, Date>;

export async function rememberForgotten(tx: Queryable, ids: readonly number[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .insert(forgottenPeople)
    .values(ids.map((userId) => ({ userId, forgottenAt: now })))
    .onConflictDoUpdate({
      target: forgottenPeople.userId,
      set: { forgottenAt: sql`greatest(${forgottenPeople.forgottenAt}, excluded.forgotten_at)` },
    });
}

/** Those of the people who were forgotten. */
export async function readForgotten(db: Queryable, ids: readonly number[]): Promise<Forgotten> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select()
    .from(forgottenPeople)
    .where(inArray(forgottenPeople.userId, [...ids]));
  return new Map(rows.map(({ userId, forgottenAt }) => [userId, forgottenAt]));
}

/** Whether the ticket's first message, as far as it is stored, is of somebody who was forgotten since. */
export async function isBegunByForgotten(db: Queryable, ticketId: number): Promise<boolean> {
  const { rows } = await db.execute(sql`
    SELECT 1 FROM (SELECT author_id, created_at FROM ${comments} WHERE ticket_id = ${ticketId}
      ORDER BY created_at, id LIMIT 1) AS first
    JOIN ${forgottenPeople} AS person ON person.user_id = first.author_id AND person.forgotten_at >= first.created_at`);
  return rows.length > 0;
}
