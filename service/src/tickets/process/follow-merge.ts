// Finds the user that another was merged into, and moves the stored data.
import { and, desc, eq, isNull } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { ErasingHook } from '../hooks.ts';
import { comments, tickets } from '../tables.ts';
import type { PipelineDeps } from './deps.ts';

type MergeDeps = Pick<PipelineDeps, 'db' | 'zendesk' | 'directory' | 'hooks'>;

/** One call of `show_many`. */
const MOST_READ = 100;

/**
 * Handles the merge of the user `from`, if they were merged. Neither the event nor the export is documented to name the other user, but Zendesk gives all
 * their tickets to that user: the stored ones are read (one call). Costs nothing if none of their tickets is stored. Returns the other
 * user, or null if the tickets are still theirs or went to several people. Throws `ZendeskError`.
 */
export async function followMerge({ db, zendesk, directory, hooks }: MergeDeps, from: number): Promise<number | null> {
  const held = await db
    .select({ id: tickets.id })
    .from(tickets)
    .where(and(eq(tickets.requesterId, from), isNull(tickets.gone)))
    .orderBy(desc(tickets.updatedAt))
    .limit(MOST_READ);
  if (held.length === 0) return null;
  const shown = await zendesk.showTickets(held.map(({ id }) => id));
  const [into, ...more] = new Set(shown.flatMap(({ requester_id: id }) => (id === null || id === from ? [] : id)));
  if (into === undefined || more.length > 0) return null;
  // Data stored by address needs the other user's address.
  await directory.person(into);
  await db.transaction((tx) => mergePeople(tx, { from, into, hooks }));
  return into;
}

/** Tickets, comments and features' data move to `into`; name and address of `from` are deleted. */
async function mergePeople(
  tx: Queryable,
  { from, into, hooks }: { from: number; into: number; hooks: readonly ErasingHook[] },
): Promise<void> {
  await tx.update(tickets).set({ requesterId: into }).where(eq(tickets.requesterId, from));
  await tx.update(comments).set({ authorId: into }).where(eq(comments.authorId, from));
  for (const { onMergeCustomers } of hooks) await onMergeCustomers?.(tx, { from, into });
  await tx.delete(people).where(and(eq(people.id, from), eq(people.role, 'end-user')));
}
