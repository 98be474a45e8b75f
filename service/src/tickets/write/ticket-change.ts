// Defines the effect `ticket_change`: what one entry changes on a ticket, and how it is recorded.
import type { Priority } from '@deskwright/shared';
import { and, desc, eq, inArray, isNotNull, type Placeholder, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Claimed, Entry } from '../../platform/outbox/claim.ts';
import type { EffectDefinition } from '../../platform/outbox/effect-definition.ts';
import { type NewEntry, recordEffect, recordEffects } from '../../platform/outbox/entries.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { readRows, rowsOf } from '../../platform/storage/joined-queries.ts';
import type { TicketRow } from '../projection/ticket-row.ts';
import { tickets } from '../tables.ts';

/** What one entry changes on a ticket. Absent: unchanged. */
export interface TicketChange {
  addTags?: readonly string[];
  removeTags?: readonly string[];
  groupId?: number;
  priority?: Priority;
  /** What the ticket has no longer. */
  unset?: readonly ('group' | 'priority')[];
  /** Text of an internal note; never public. */
  note?: string;
  /** Sets the category and tier tags to the projection's values at the time of writing: one of each, or none. */
  placement?: 'as_projected';
  /** Does not change the group if an agent has the ticket at the time of writing: moving it would clear the assignee. */
  groupOnlyIfUnassigned?: true;
  /** Clears the assignee when the ticket moves to another group, so that it appears in that group's queue. */
  unassign?: true;
  /** Opens the ticket if it is solved at the time of writing. */
  reopen?: true;
}

/**
 * `agent`: an action in the sidebar. It goes first, and is never superseded or merged. A newer decision supersedes an older one
 * that is waiting, without affecting a customer's answer or an agent's action.
 * @internal
 */
export type Cause = 'agent' | 'answer' | 'decision';

export interface TicketChangePayload {
  cause: Cause;
  change: TicketChange;
  /** A newer decision was made while this one was in flight: if it did not arrive, it no longer sets category, tier and group. */
  superseded?: true;
  /** `updated_at` of the ticket when the change was added to a bulk job. */
  stamp?: string;
}

const PAYLOAD: z.ZodType<TicketChangePayload> = z.strictObject({
  cause: z.enum(['agent', 'answer', 'decision']),
  change: z.strictObject({
    addTags: z.array(z.string()).exactOptional(),
    removeTags: z.array(z.string()).exactOptional(),
    groupId: z.int().exactOptional(),
    // Zendesk defines the allowed values.
    priority: (z.string() as unknown as z.ZodType<Priority>).exactOptional(),
    unset: z.array(z.enum(['group', 'priority'])).exactOptional(),
    note: z.string().exactOptional(),
    placement: z.literal('as_projected').exactOptional(),
    groupOnlyIfUnassigned: z.literal(true).exactOptional(),
    unassign: z.literal(true).exactOptional(),
    reopen: z.literal(true).exactOptional(),
  }),
  superseded: z.literal(true).exactOptional(),
  stamp: z.string().exactOptional(),
});

const PRIORITY_OF = { agent: 0, answer: 1, decision: 2 } as const;

export const TICKET_CHANGE: EffectDefinition<TicketChangePayload> = {
  name: 'ticket_change',
  description: 'An update of a ticket in Zendesk',
  payload: PAYLOAD,
  priority: ({ cause }) => PRIORITY_OF[cause],
  /** Two updates within one second have the same timestamp, and the second would undo the first: one process writes a ticket at a time. */
  coalesceBy: ({ subjectId }) => String(subjectId),
  inScope: ({ subjectId, payload }) => ticketInScope(subjectId, sql`(${payload}->'change'->>'groupId')::bigint`),
  // Its marker is looked up in the ticket's audits.
  whenInDoubt: 'retry',
  advise: (reason) => {
    if (/closed/.test(reason))
      return 'A closed ticket accepts no changes. Nothing to do; retry it only if the ticket was reopened.';
    if (/ 404 /.test(`${reason} `)) return 'The ticket no longer exists (deleted or merged). Nothing to do.';
    if (/ 422 /.test(`${reason} `))
      return 'Zendesk rejected the change: correct the field it names (in Zendesk or in the policy), then retry it.';
    return 'Zendesk did not accept it for a long time. See /readyz and the log, then retry it: nothing is written twice.';
  },
};

export type ChangeEntry = Entry<TicketChangePayload>;
export type ClaimedChange = Claimed<TicketChangePayload>;

/**
 * `add the tags category__refunds, tier__t1; move it to "Support Tier 1"`. Without the words of a note.
 * @param groupName the name of a group of Zendesk, by its id
 */
export function describeChange({ change }: TicketChangePayload, groupName: (id: number) => string): string {
  const { addTags = [], removeTags = [], groupId, priority, unset = [], note, placement, reopen } = change;
  const tags = (names: readonly string[]) => `the tag${names.length === 1 ? '' : 's'} ${names.join(', ')}`;
  return [
    addTags.length > 0 ? `add ${tags(addTags)}` : [],
    removeTags.length > 0 ? `remove ${tags(removeTags)}` : [],
    placement ? 'set the tags of category and tier' : [],
    groupId === undefined ? [] : `move it to "${groupName(groupId)}"`,
    priority ? `set the priority ${priority}` : [],
    reopen ? 'open it again' : [],
    unset.map((what) => `remove its ${what}`),
    note === undefined ? [] : 'add an internal note',
  ]
    .flat()
    .join('; ');
}

/** The ticket of a group of claimed entries. */
export const ticketOf = (entries: readonly ChangeEntry[]): number => entries[0]?.subjectId ?? 0;

/** A ticket change to be recorded. `key` is the idempotency key. */
interface NewTicketChange {
  key: string;
  ticketId: number;
  cause: Cause;
  change: TicketChange;
}

/** Records the change in the caller's transaction. Returns whether it is new. */
export function recordTicketChange(tx: Queryable, change: NewTicketChange): Promise<boolean> {
  return recordEffect(tx, TICKET_CHANGE, entryOf(change));
}

/** The same for the changes of several tickets. */
export function recordTicketChanges(tx: Queryable, changes: readonly NewTicketChange[]): Promise<boolean[]> {
  return recordEffects(tx, TICKET_CHANGE, changes.map(entryOf));
}

const entryOf = ({ key, ticketId, cause, change }: NewTicketChange): NewEntry<TicketChangePayload> => ({
  key,
  subjectId: ticketId,
  payload: { cause, change },
});

/** Whether the ticket has pending changes. Dead-lettered ones do not count: they need an operator first. */
export async function isUnderWay(tx: Queryable, ticketId: number): Promise<boolean> {
  const rows = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.ticketId, ticketId), inArray(outbox.state, ['waiting', 'in_flight'])))
    .limit(1);
  return rows.length > 0;
}

type Placed = Pick<TicketRow, 'id' | 'groupId' | 'assigneeId' | 'wanted' | 'category' | 'tier'>;

/** The group of a pending move, which people expect from the moment they requested it; otherwise the current group. */
export async function pendingGroup(tx: Queryable, row: Placed): Promise<number | null> {
  return groupAfter(row, mayBeMoving(row) ? await readRows(tx, openMoves(row.id)) : []);
}

/**
 * False, without a query, for nearly every ticket: the policy decided it, and it is in the group that the policy wants, or the policy wants
 * none. True for a ticket without a category, because a hand-off of it stores no wanted group, and for one whose move an agent undid
 * (`leaving`), because that move may still be pending.
 */
function mayBeMoving({ wanted, category, tier, groupId }: Omit<Placed, 'id'>): boolean {
  const isThePolicys = wanted !== null && wanted.leaving === undefined && category !== null && tier !== null;
  return !(isThePolicys && (wanted.groupId === null || wanted.groupId === groupId));
}

/** The last change of the ticket's group that is not done yet: one row at most. */
export function openMoves(ticketId: number | Placeholder) {
  const groupId = sql`${outbox.payload}->'change'->'groupId'`;
  return rowsOf({ payload: outbox.payload }, (select) =>
    select
      .from(outbox)
      .where(and(eq(outbox.ticketId, ticketId), inArray(outbox.state, ['waiting', 'in_flight']), isNotNull(groupId)))
      .orderBy(desc(outbox.id))
      .limit(1),
  );
}

/** Where the ticket is or is on its way to, by its `openMoves`. */
export function groupAfter(row: Omit<Placed, 'id'>, [move]: readonly { readonly payload: unknown }[]): number | null {
  if (!mayBeMoving(row)) return row.groupId;
  const { superseded, change } = (move?.payload as TicketChangePayload | undefined) ?? { change: {} };
  const stays = superseded || (change.groupOnlyIfUnassigned && row.assigneeId !== null);
  return stays ? row.groupId : (change.groupId ?? row.groupId);
}

/**
 * A condition on `a`, the row of `acting()`. New tickets: opened since, to the second, because Zendesk's times are whole seconds. One group: in that group, or in
 * none and about to be moved there.
 * @param movesTo the group that a change moves the ticket to; null: it moves it nowhere
 */
export const ticketInScope = (ticketId: SQL, movesTo: SQL = sql`NULL::bigint`): SQL => sql`EXISTS (
  SELECT FROM tickets t WHERE t.id = ${ticketId}
    AND CASE a.scope WHEN 'new_tickets' THEN t.created_at >= date_trunc('second', a.since) ELSE coalesce(t.group_id, ${movesTo}) = a.group_id END)`;

/** Whether the service has run with this database: it has received or imported something. Retention leaves the tickets themselves for years. */
export const HAS_RUN: SQL<boolean> = sql`(EXISTS (SELECT FROM tickets) OR EXISTS (SELECT FROM inbox))`;

/** In a query of `tickets`: whether Deskwright acts on the row. */
export const ACTS_ON_TICKET: SQL<boolean> = sql`(SELECT a.mode = 'act' AND (a.scope = 'all' OR ${ticketInScope(sql`${tickets.id}`)}) FROM acting() a)`;
