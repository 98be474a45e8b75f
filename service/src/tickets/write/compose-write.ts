// Combines all waiting changes of a ticket into one write.

import type { TicketWrite } from '../../zendesk/zendesk.ts';
import { categoryTag, isPlacementTag, tierTag } from '../projection/ticket-row.ts';
import type { tickets } from '../tables.ts';
import { markWrite } from './run.ts';
import type { ChangeEntry, TicketChange } from './ticket-change.ts';

/** The projection's fields that a write is computed from. */
export type TicketNow = Pick<
  typeof tickets.$inferSelect,
  | 'id'
  | 'tags'
  | 'groupId'
  | 'assigneeId'
  | 'priority'
  | 'status'
  | 'updatedAt'
  | 'snapshotAt'
  | 'category'
  | 'tier'
  | 'placedBy'
  | 'gone'
>;

/** The combined changes, reduced to what the ticket does not have yet. */
export interface Needed {
  addTags: string[];
  removeTags: string[];
  groupId: number | null;
  unassign: boolean;
  priority: string | null;
  /** What the ticket has and shall have no longer. */
  unset: ('group' | 'priority')[];
  note: string | null;
  reopen: boolean;
}

/** Combines the changes in the order they were made; in conflicts the later one wins. Null: nothing to write. */
export function composeNeeded(ticket: TicketNow, rows: readonly ChangeEntry[]): Needed | null {
  const tags = new Set(ticket.tags);
  const notes: string[] = [];
  let { groupId, priority } = ticket;
  let unassign = false;
  const newerNote = rows.some(
    (row) => !row.payload.superseded && row.payload.cause === 'decision' && row.payload.change.note,
  );
  for (const { payload } of rows) {
    const change = payload.superseded ? withoutPlacement(payload.change, newerNote) : payload.change;
    if (change.placement) place(tags, ticket);
    for (const tag of change.removeTags ?? []) tags.delete(tag);
    for (const tag of change.addTags ?? []) tags.add(tag);
    if (change.unassign && change.groupId !== ticket.groupId) unassign = ticket.assigneeId !== null;
    if (!change.groupOnlyIfUnassigned || ticket.assigneeId === null) groupId = change.groupId ?? groupId;
    priority = change.priority ?? priority;
    if (change.unset?.includes('group') && ticket.assigneeId === null) groupId = null;
    if (change.unset?.includes('priority')) priority = null;
    if (change.note) notes.push(change.note);
  }
  const needed: Needed = {
    addTags: [...tags].filter((tag) => !ticket.tags.includes(tag)),
    removeTags: ticket.tags.filter((tag) => !tags.has(tag)),
    groupId: groupId === ticket.groupId ? null : groupId,
    unassign: unassign && groupId !== ticket.groupId,
    priority: priority === ticket.priority ? null : priority,
    unset: [
      ...(groupId === null && ticket.groupId !== null ? (['group'] as const) : []),
      ...(priority === null && ticket.priority !== null ? (['priority'] as const) : []),
    ],
    note: notes.length > 0 ? notes.join('\n\n') : null,
    reopen: ticket.status === 'solved' && rows.some(({ payload }) => payload.change.reopen),
  };
  const nothing =
    needed.addTags.length + needed.removeTags.length === 0 &&
    needed.groupId === null &&
    needed.priority === null &&
    needed.unset.length === 0 &&
    needed.note === null &&
    !needed.reopen;
  return nothing ? null : needed;
}

/** Uses the ticket's row, not the change, so that the latest override applies, whichever change is written first. */
function place(tags: Set<string>, { category, tier }: TicketNow): void {
  for (const tag of tags) if (isPlacementTag(tag)) tags.delete(tag);
  if (category !== null) tags.add(categoryTag(category));
  if (tier !== null) tags.add(tierTag(tier));
}

/** The newer decision sets category, tier and group; other parts of the older one still apply. */
function withoutPlacement(
  { addTags, removeTags, priority, unset, note }: TicketChange,
  newerNote: boolean,
): TicketChange {
  return {
    addTags: addTags?.filter((tag) => !isPlacementTag(tag)) ?? [],
    removeTags: removeTags?.filter((tag) => !isPlacementTag(tag)) ?? [],
    ...(priority ? { priority } : {}),
    ...(unset?.includes('priority') ? { unset: ['priority'] } : {}),
    ...(note && !newerNote ? { note } : {}),
  };
}

/** A superseded change that never arrived is obsolete if a person has overridden or finished the ticket since. */
export function isObsolete(ticket: TicketNow, row: Pick<ChangeEntry, 'payload'>): boolean {
  const outOfOurHands =
    ticket.placedBy === 'human' || ticket.gone !== null || ticket.status === 'solved' || ticket.status === 'closed';
  return row.payload.superseded === true && outOfOurHands;
}

/** Body of a PUT for one ticket. `tags` replaces the whole list, which the timestamp makes safe. */
export function singleWrite(ticket: TicketNow, needed: Needed, rows: readonly ChangeEntry[]): TicketWrite {
  const gone = new Set(needed.removeTags);
  const tagsChange = needed.addTags.length + gone.size > 0;
  return {
    ...(tagsChange ? { tags: [...ticket.tags.filter((tag) => !gone.has(tag)), ...needed.addTags] } : {}),
    ...commonWrite(ticket, needed, rows),
  };
}

/** Row of `update_many`, which adds and removes single tags. */
export function bulkWrite(
  ticket: TicketNow,
  needed: Needed,
  rows: readonly ChangeEntry[],
): TicketWrite & { id: number } {
  return {
    id: ticket.id,
    ...(needed.addTags.length > 0 ? { additional_tags: needed.addTags } : {}),
    ...(needed.removeTags.length > 0 ? { remove_tags: needed.removeTags } : {}),
    ...commonWrite(ticket, needed, rows),
  };
}

function commonWrite(ticket: TicketNow, needed: Needed, rows: readonly ChangeEntry[]): TicketWrite {
  return {
    ...(needed.groupId === null ? {} : { group_id: needed.groupId }),
    ...(needed.unassign ? { assignee_id: null } : {}),
    ...(needed.priority === null ? {} : { priority: needed.priority }),
    ...(needed.reopen ? { status: 'open' } : {}),
    ...(needed.unset.includes('group') ? { group_id: null } : {}),
    ...(needed.unset.includes('priority') ? { priority: null } : {}),
    // Without `public`, the note would be as public as the ticket's first comment and reach the customer.
    ...(needed.note === null ? {} : { comment: { body: needed.note, public: false } }),
    metadata: markWrite(rows),
    updated_stamp: stampOf(ticket.updatedAt),
    safe_update: true,
  };
}

/** Zendesk's timestamps have whole seconds. */
export function stampOf(updatedAt: Date): string {
  return updatedAt.toISOString().replace(/\.\d+Z$/, 'Z');
}
