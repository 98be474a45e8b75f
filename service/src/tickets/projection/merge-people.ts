// Lets what is stored of a user follow their merge into another.
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
// oxlint-disable-next-line no-restricted-imports -- erasing becomes a hook of these features next
import { invitations, unsubscribed } from '../../surveys/tables.ts';
import { comments, tickets } from '../tables.ts';
import { hashAddress } from './hashed-address.ts';

/**
 * Tickets, comments and invitations (with them the record of who was asked when) become those of `into`; name and address of `from` go. Who
 * refused surveys under one address is not asked under the other.
 */
export async function mergePeople(tx: Queryable, { from, into }: { from: number; into: number }): Promise<void> {
  const refused = await hasRefused(tx, from);
  await tx.update(tickets).set({ requesterId: into }).where(eq(tickets.requesterId, from));
  await tx.update(comments).set({ authorId: into }).where(eq(comments.authorId, from));
  await tx.update(invitations).set({ requesterId: into }).where(eq(invitations.requesterId, from));
  await tx.delete(people).where(and(eq(people.id, from), eq(people.role, 'end-user')));
  if (!refused) return;
  const kept = tx
    .select({ email: sql<string>`lower(trim(${people.email}))`.as('email'), since: sql<Date>`now()`.as('since') })
    .from(people)
    .where(and(eq(people.id, into), isNotNull(people.email)));
  await tx.insert(unsubscribed).select(kept).onConflictDoNothing();
}

async function hasRefused(tx: Queryable, id: number): Promise<boolean> {
  const known = await tx.select({ email: people.email }).from(people).where(eq(people.id, id));
  const asked = await tx
    .selectDistinct({ email: invitations.recipient })
    .from(invitations)
    .where(eq(invitations.requesterId, id));
  const addresses = [...known, ...asked].flatMap(({ email }) => email?.trim().toLowerCase() ?? []);
  if (addresses.length === 0) return false;
  const kept = [...addresses, ...addresses.filter((one) => !one.startsWith('sha256:')).map(hashAddress)];
  return (await tx.select().from(unsubscribed).where(inArray(unsubscribed.email, kept)).limit(1)).length > 0;
}
