// Moves a user's stored data to the user they were merged into.
import { and, eq } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { ErasingHook } from '../hooks.ts';
import { comments, tickets } from '../tables.ts';

/** Tickets, comments and features' data move to `into`; name and address of `from` are deleted. */
export async function mergePeople(
  tx: Queryable,
  { from, into, hooks }: { from: number; into: number; hooks: readonly ErasingHook[] },
): Promise<void> {
  await tx.update(tickets).set({ requesterId: into }).where(eq(tickets.requesterId, from));
  await tx.update(comments).set({ authorId: into }).where(eq(comments.authorId, from));
  for (const { onMergeCustomers } of hooks) await onMergeCustomers?.(tx, { from, into });
  await tx.delete(people).where(and(eq(people.id, from), eq(people.role, 'end-user')));
}
