// Is anything we wish for this ticket not done yet?
import { and, eq, inArray } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { outbox } from '../../platform/storage/schema.ts';

/** What is parked is not under way: a person must see to it first. */
export async function isUnderWay(tx: Queryable, ticketId: number): Promise<boolean> {
  const rows = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.ticketId, ticketId), inArray(outbox.state, ['waiting', 'in_flight'])))
    .limit(1);
  return rows.length > 0;
}
