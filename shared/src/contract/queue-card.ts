// Declares the card's section about the wait: how long, the place in the queue, and the department that has the ticket.
import type { Instant } from './values.ts';

export interface QueueCard {
  /** Null: the customer is not waiting for a reply. */
  readonly waiting: Waiting | null;
  /** The last public comment, if it is ours. Null: it is the customer's, or there is none. */
  readonly answered: {
    readonly at: Instant;
    /** Null: the name is not known. */
    readonly by: string | null;
    /** Whether it was the agent who asks. */
    readonly byYou: boolean;
  } | null;
  /** When the customer last wrote on this ticket in public. Null: never. */
  readonly lastMessageAt: Instant | null;
  /** The department that the ticket was handed off to. Null: it is with a tier. */
  readonly department: {
    readonly name: string;
    readonly since: Instant;
    /** The hand-off in the sidebar; null if it was moved there in Zendesk. */
    readonly handedOver: Escalation | null;
    /** The agent belongs to this department. */
    readonly isYours?: true;
    /** When its answer is due. Absent: the policy sets no `answers_within`. `within`: as written there, `4bh`. */
    readonly answer?: { readonly within: string; readonly dueAt: Instant; readonly late: boolean };
  } | null;
  /** What a department answered when it handed the ticket back, until an agent replies to the customer or the ticket moves on. */
  readonly departmentAnswer?: {
    readonly department: string;
    readonly by: string;
    readonly at: Instant;
    readonly text: string;
  };
  /** The first unassigned ticket, in the queue's order, of the agent's own tier that they may see; never this ticket. */
  readonly nextOldest: { readonly ticketId: number; readonly subject: string; readonly waitingSince: Instant } | null;
}

/** `risen`: the customer has waited so long that the ticket stands in the first band. */
export type QueueBand = 'incident' | 'urgent' | 'over_target' | 'risen' | 'rest';

export interface Waiting {
  readonly since: Instant;
  /** Milliseconds up to `asOf`. */
  readonly calendarMs: number;
  readonly businessMs: number;
  /** Null: it is with a department, so in no tier's queue. */
  readonly place: number | null;
  /** Tickets in the same queue, including this one. */
  readonly of: number;
  /** Why it stands where it stands. Absent: the policy has no `queue_order`, or a department has the ticket. */
  readonly band?: QueueBand;
  /** The customer's public messages since then, apart from the first. They do not change the place. */
  readonly chasers: number;
  /** Null: the policy sets no target for such tickets, or it is with a department. */
  readonly target: Target | null;
}

export interface Target {
  readonly kind: 'first_reply' | 'next_reply';
  /** As written in the policy: `4bh`. */
  readonly within: string;
  readonly dueAt: Instant;
  readonly missed: boolean;
  /** The policy's reason for the target, or null. */
  readonly because: string | null;
}

export interface Escalation {
  readonly id: number;
  /** `back`: to a tier that had the ticket before. */
  readonly how: 'up' | 'back' | 'hand_off';
  readonly from: string | null;
  readonly to: string;
  readonly by: string;
  readonly at: Instant;
  /** What the agent filled in, by field label. */
  readonly said: readonly { readonly label: string; readonly text: string }[];
}
