// The effect `ticket_change`: what one entry changes on a ticket, how it is stored, and how it is recorded.
import type { Priority } from '@deskwright/shared';
import { z } from 'zod';
import type { Claimed, Entry } from '../../platform/outbox/claim.ts';
import type { EffectDefinition } from '../../platform/outbox/effect-definition.ts';
import { type NewEntry, recordEffect, recordEffects } from '../../platform/outbox/entries.ts';
import type { Queryable } from '../../platform/storage/database.ts';

/** What one entry changes on a ticket. Absent: leave alone. */
export interface TicketChange {
  addTags?: readonly string[];
  removeTags?: readonly string[];
  groupId?: number;
  priority?: Priority;
  /** Text of an internal note; never public. */
  note?: string;
  /** Brings the category and tier tags to what the projection says at the time of writing: one of each, or none where it has none. */
  placement?: 'as_projected';
  /** Leaves the group alone if an agent has the ticket at the time of writing: moving it would take it from them. */
  groupOnlyIfUnassigned?: true;
  /** Takes the ticket from its agent when it goes to another group: it is to be found in that group's queue. */
  unassign?: true;
}

/**
 * `agent`: what somebody did in the sidebar. It goes first, is never superseded and never merged away. A newer decision supersedes an older one
 * that still waits, without touching a customer's answer or what an agent did.
 * @internal
 */
export type Cause = 'agent' | 'answer' | 'decision';

export interface TicketChangePayload {
  cause: Cause;
  change: TicketChange;
  /** A newer decision came while this one was on its way: if it turns out not to have arrived, it no longer places the ticket. */
  superseded?: true;
  /** `updated_at` of the ticket when a bulk job took the change along. */
  stamp?: string;
}

const PAYLOAD: z.ZodType<TicketChangePayload> = z.strictObject({
  cause: z.enum(['agent', 'answer', 'decision']),
  change: z.strictObject({
    addTags: z.array(z.string()).exactOptional(),
    removeTags: z.array(z.string()).exactOptional(),
    groupId: z.int().exactOptional(),
    // Which ones there are is Zendesk's to say.
    priority: (z.string() as unknown as z.ZodType<Priority>).exactOptional(),
    note: z.string().exactOptional(),
    placement: z.literal('as_projected').exactOptional(),
    groupOnlyIfUnassigned: z.literal(true).exactOptional(),
    unassign: z.literal(true).exactOptional(),
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
  /** Two updates within one second carry the same stamp, and the second would undo the first: one process writes a ticket at a time. */
  coalesceBy: ({ subjectId }) => String(subjectId),
  // Its mark is looked up in the ticket's audits.
  whenInDoubt: 'retry',
  advise: (reason) => {
    if (/closed/.test(reason))
      return 'A closed ticket takes no changes. Nothing to do; retry it only if the ticket was reopened.';
    if (/ 404 /.test(`${reason} `)) return 'The ticket is gone (deleted or merged). Nothing to do.';
    if (/ 422 /.test(`${reason} `))
      return 'Zendesk refuses the change: correct the field it names (in Zendesk or in the policy), then retry it.';
    return 'Zendesk did not take it for a long time. See /readyz and the log, then retry it: nothing is written twice.';
  },
};

export type ChangeEntry = Entry<TicketChangePayload>;
export type ClaimedChange = Claimed<TicketChangePayload>;

/** The ticket of entries that were claimed together. */
export const ticketOf = (entries: readonly ChangeEntry[]): number => entries[0]?.subjectId ?? 0;

/** A ticket change to be recorded. `key` makes it idempotent: the same key is the same change. */
export interface NewTicketChange {
  key: string;
  ticketId: number;
  cause: Cause;
  change: TicketChange;
}

/** Records the change in the caller's transaction, next to what made it necessary. Gives back whether it is new. */
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
