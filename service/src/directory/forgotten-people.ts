// Stores the ids of erased customers, so that nothing they wrote is imported from Zendesk again.
import { inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import { forgottenPeople } from './tables.ts';

/** When each of them was erased, by user id. */
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

/** Of the given people, those who were erased. */
export async function readForgotten(db: Queryable, ids: readonly number[]): Promise<Forgotten> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select()
    .from(forgottenPeople)
    .where(inArray(forgottenPeople.userId, [...ids]));
  return new Map(rows.map(({ userId, forgottenAt }) => [userId, forgottenAt]));
}
