// Reads what a tool may send about the customer.
import { eq } from 'drizzle-orm';
import { people } from '../directory/tables.ts';
import type { Queryable } from '../platform/storage/database.ts';
import type { RequestContext } from './compose-request.ts';

/** @param requesterId null: the ticket has no customer */
export async function readCustomer(tx: Queryable, requesterId: number | null): Promise<RequestContext['customer']> {
  if (requesterId === null) return null;
  const [person] = await tx
    .select({ name: people.name, email: people.email })
    .from(people)
    .where(eq(people.id, requesterId));
  return { id: requesterId, name: person?.name ?? null, email: person?.email ?? null };
}
