// Erases the words of imported answers, and deletes those that were kept long enough.
import type { Policy } from '@deskwright/shared';
import { and, eq, inArray, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { daysBefore } from '../../platform/storage/delete-old-rows.ts';
import { hashAddress } from '../hash-address.ts';
import { importedAnswers } from './tables.ts';

/** Scores stay, and the hash of the address, by which the same answer is not imported again. @returns how many comments were erased */
async function eraseComments(tx: Queryable, which: SQL | undefined): Promise<number> {
  const erased = await tx
    .update(importedAnswers)
    .set({ comment: '' })
    .where(and(which, ne(importedAnswers.comment, '')));
  return erased.rowCount ?? 0;
}

export const eraseImportedOfTickets = (tx: Queryable, ticketIds: readonly number[]): Promise<number> =>
  eraseComments(tx, inArray(importedAnswers.ticketId, [...ticketIds]));

/** @param whom addresses in lower case */
export const eraseImportedOfCustomers = (
  tx: Queryable,
  whom: { ids: readonly number[]; addresses: readonly string[] },
): Promise<number> => eraseComments(tx, ofCustomers(whom));

/** The ids of customers among those who gave imported answers. */
export async function importedCustomersAmong(
  tx: Queryable,
  whom: { ids: readonly number[]; addresses: readonly string[] },
): Promise<number[]> {
  const rows = await tx
    .selectDistinct({ id: importedAnswers.requesterId })
    .from(importedAnswers)
    .where(ofCustomers(whom));
  return rows.flatMap(({ id }) => id ?? []);
}

const ofCustomers = ({ ids, addresses }: { ids: readonly number[]; addresses: readonly string[] }): SQL | undefined =>
  or(inArray(importedAnswers.requesterId, [...ids]), inArray(importedAnswers.addressHash, addresses.map(hashAddress)));

export async function moveImported(tx: Queryable, { from, into }: { from: number; into: number }): Promise<void> {
  await tx.update(importedAnswers).set({ requesterId: into }).where(eq(importedAnswers.requesterId, from));
}

const AT_A_TIME = 5_000;

/** Their ids do not rise with the time of the answer. Aborted, it ends after the rows in hand. */
export async function pruneImported(
  db: Database,
  now: Date,
  { surveys, words }: Pick<Policy['retention'], 'surveys' | 'words'>,
  signal: AbortSignal,
): Promise<void> {
  const [before, wordsBefore] = [daysBefore(now, surveys), daysBefore(now, words)];
  await eraseComments(db, sql`${importedAnswers.answeredAt} < ${wordsBefore.toISOString()}`);
  const old = sql`DELETE FROM ${importedAnswers} WHERE id = ANY(ARRAY(
    SELECT id FROM ${importedAnswers} WHERE answered_at < ${before.toISOString()} LIMIT ${AT_A_TIME}))`;
  while (!signal.aborted) if (((await db.execute(old)).rowCount ?? 0) < AT_A_TIME) return;
}
