// Keeps the numbers of customers who were forgotten, so that nothing they wrote comes back from Zendesk.
import { inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import { forgottenPeople } from './tables.ts';

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
