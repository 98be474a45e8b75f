// Gives each customer a random name for the books, and takes it away from who is forgotten.
import { randomUUID } from 'node:crypto';
import { eq, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import { ledgerCustomers } from './tables.ts';

/** The customer's name in the ledger, the same for all their new refunds. @param requesterId their id in Zendesk */
export async function nameCustomer(tx: Queryable, requesterId: number): Promise<string> {
  const [known] = await namesOfCustomers(tx, [requesterId]);
  if (known !== undefined) return known;
  const customer = randomUUID();
  await tx.insert(ledgerCustomers).values({ customer, requesterId });
  return customer;
}

/** For each of these names in the ledger the same word for one customer, who may have several names after a merge. */
export async function customersByName(db: Queryable, names: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .select()
    .from(ledgerCustomers)
    .where(inArray(ledgerCustomers.customer, [...names]));
  return new Map(rows.map(({ customer, requesterId }) => [customer, `requester ${requesterId}`]));
}

/** All names in the ledger; after a merge one customer has more than one. */
async function namesOfCustomers(tx: Queryable, requesterIds: readonly number[]): Promise<string[]> {
  if (requesterIds.length === 0) return [];
  const rows = await tx
    .select({ customer: ledgerCustomers.customer })
    .from(ledgerCustomers)
    .where(inArray(ledgerCustomers.requesterId, [...requesterIds]))
    .orderBy(ledgerCustomers.customer);
  return rows.map(({ customer }) => customer);
}

/** From then on the books do not say whose refunds those were. @returns how many customers had a name */
export async function forgetCustomers(tx: Queryable, requesterIds: readonly number[]): Promise<number> {
  const gone = await tx.delete(ledgerCustomers).where(inArray(ledgerCustomers.requesterId, [...requesterIds]));
  return gone.rowCount ?? 0;
}

/** After a merge in Zendesk, both names are one customer's. */
export async function mergeCustomers(tx: Queryable, from: number, into: number): Promise<void> {
  await tx
    .update(ledgerCustomers)
    .set({ requesterId: sql`${into}` })
    .where(eq(ledgerCustomers.requesterId, from));
}
