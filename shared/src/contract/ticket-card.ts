// What does the sidebar show of one ticket? The answer of `GET /api/tickets/:id/card`.
import type { NearestMiss, Reason } from '../words/decision.ts';
import type { Priority, Status } from '../words/ticket-words.ts';
import type { CustomerCard } from './customer-card.ts';
import type { GuidanceCard } from './guidance-card.ts';
import type { Instant } from './instant.ts';

/** Integer minor units (cents) of an ISO 4217 currency. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

export interface TicketCard {
  readonly ticket: TicketHead;
  readonly rights: CardRights;
  /** When this was computed: a screen that lives on through an outage says how old it is. */
  readonly asOf: Instant;
  /** Null: the ticket is not decided yet; the live stream says when it is. */
  readonly tier: TierCard | null;
  readonly queue: QueueCard;
  /** Null: the policy has no guidance for this category. */
  readonly guidance: GuidanceCard | null;
  /** One line. Null: the policy names none. */
  readonly toneOfVoice: string | null;
  readonly escalation: EscalationCard;
  /** Empty for a ticket that is solved or closed: it goes to none. */
  readonly departments: readonly DepartmentCard[];
  /** Null: the policy does not speak of refunds, or the ticket is closed. */
  readonly refund: RefundCard | null;
  readonly customer: CustomerCard;
}

/** What the agent's role in Zendesk lets them do from here; the service refuses the rest. */
export interface CardRights {
  /** False: the card can be read, and nothing done. */
  readonly edit: boolean;
  /** Correct the category, which is a tag. Never true without `edit`. */
  readonly correct: boolean;
}

export interface TicketHead {
  readonly id: number;
  readonly status: Status;
  readonly priority: Priority | null;
  /** A closed ticket cannot be changed (Zendesk), so nothing can be done from the sidebar either. */
  readonly closed: boolean;
}

export interface TierCard {
  readonly category: Named;
  /** Where the ticket belongs. */
  readonly tier: Named & { readonly handles: string | null };
  /**
   * The tier whose group has the ticket, where that is another: what an agent has stays with the agent, whatever its category becomes.
   * Null: it is with `tier`, at a department, or in no group of the policy.
   */
  readonly heldBy: Named | null;
  /** The agent who has the ticket, with whom a correction leaves it. Null: it is nobody's. */
  readonly assignee: string | null;
  /** One sentence in the policy's words. */
  readonly sentence: string;
  /** Why the category is what it is. */
  readonly reason: Reason;
  /** Null also where a person placed the ticket. */
  readonly nearestMiss: NearestMiss | null;
  readonly decidedAt: Instant;
  readonly placedBy: 'policy' | 'human';
  /** The escalation or hand-off in the sidebar by which a person placed it last. Null: the policy placed it, or a person did otherwise. */
  readonly passedOn: Escalation | null;
  /** What the rules had last put a ticket into that a person has placed since. Null: the policy placed it, or never did. */
  readonly policySaid: { readonly category: Named; readonly reason: Reason } | null;
  /** The last correction made in the sidebar that still stands. */
  readonly correction: Correction | null;
  /** What the category may be corrected to, in the policy's order. */
  readonly categories: readonly (Named & { readonly tierName: string })[];
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Where a ticket can be passed on to. */
export interface Way extends Named {
  /** The group that Zendesk does not have, as the policy calls it: nothing can go there. Null: it has it, or has not told yet. */
  readonly missingGroup: string | null;
  /** The group that this agent's role may not assign tickets to. Null: it may, it may edit nothing anyway (`rights`), or Zendesk does not have it. */
  readonly closedGroup: string | null;
}

export interface Correction {
  readonly id: number;
  readonly from: Named;
  readonly to: Named;
  readonly by: string;
  readonly at: Instant;
}

export interface QueueCard {
  /** Null: nobody waits for us. */
  readonly waiting: Waiting | null;
  /** Who has the ticket now, where it was handed to a department. Null: it is with the tiers. */
  readonly department: {
    readonly name: string;
    readonly since: Instant;
    /** What was said when it was handed over in the sidebar; null where it came there otherwise. */
    readonly handedOver: Escalation | null;
  } | null;
  /** The longest waiting ticket of the same tier that is nobody's and that this agent may see; never this ticket. */
  readonly nextOldest: { readonly ticketId: number; readonly subject: string; readonly waitingSince: Instant } | null;
}

export interface Waiting {
  readonly since: Instant;
  /** Milliseconds up to `asOf`. */
  readonly calendarMs: number;
  readonly businessMs: number;
  /** Null: in a department's hands, so in no tier's queue. */
  readonly place: number | null;
  /** Tickets in the same queue, this one among them. */
  readonly of: number;
  /** Public messages of the customer since then, beyond the first: chasing that did not move the place. */
  readonly chasers: number;
  /** Null: the policy sets no target for such tickets, or a department has it. */
  readonly target: Target | null;
}

export interface Target {
  readonly kind: 'first_reply' | 'next_reply';
  /** As written in the policy: `4bh`. */
  readonly within: string;
  readonly dueAt: Instant;
  readonly missed: boolean;
  /** The policy's own words for why, or null. */
  readonly because: string | null;
}

export interface EscalationCard {
  /**
   * The tier that has the ticket, or from which a department got it: `next`, `back` and `criteria` go from here. Null, and these empty:
   * the ticket is not sorted, the policy has no such tier any more, or it is solved or closed.
   */
  readonly from: Named | null;
  /** The tier that helps when `from` cannot, or where the ticket belongs if that is further up. Null: none does. */
  readonly next: Way | null;
  /** The tiers that had the ticket before, or where it belongs. */
  readonly back: readonly Way[];
  readonly criteria: readonly Criterion[];
  readonly fields: readonly FormField[];
  /** Moves between tiers and departments so far: A, B, A is 2. */
  readonly moves: number;
  /** Newest first. */
  readonly history: readonly Escalation[];
  /** Questions our side has already put to the customer in public, oldest first, so that nobody asks twice. */
  readonly asked: readonly { readonly text: string; readonly by: string | null; readonly at: Instant }[];
}

export interface Criterion {
  readonly text: string;
  /** Whether it holds for this ticket now; null where the policy leaves that to people. */
  readonly holds: boolean | null;
}

export interface FormField {
  readonly id: string;
  readonly label: string;
  readonly hint: string | null;
  readonly required: boolean;
}

export interface Escalation {
  readonly id: number;
  /** `back`: to a tier that had the ticket before. */
  readonly how: 'up' | 'back' | 'hand_off';
  readonly from: string | null;
  readonly to: string;
  readonly by: string;
  readonly at: Instant;
  /** What was said, by field label. */
  readonly said: readonly { readonly label: string; readonly text: string }[];
}

export interface DepartmentCard extends Way {
  /** The ticket is there, or on its way there: it cannot be handed off to it. */
  readonly hasTicket: boolean;
  readonly handles: string | null;
  readonly fields: readonly FormField[];
  /** By its own hours, at `asOf`. */
  readonly open: boolean;
  /** When it opens next; null while it is open. */
  readonly opensAt: Instant | null;
  /** IANA name of the zone in which the policy writes its hours. */
  readonly timeZone: string;
  /** Whom to turn to now: the contact by day, who is on call otherwise. */
  readonly contact: string | null;
  /** As written in the policy, `8bh`; null where none is promised. */
  readonly answersWithin: string | null;
}

export interface RefundCard {
  /** At most this much in one refund: 0 where the agent may not refund. */
  readonly perRefund: Money;
  readonly perDay: Money;
  /** Of `perDay`, given out today (in the policy's time zone). */
  readonly usedToday: Money;
  readonly leftToday: Money;
  /** What may be refunded right now: the smaller of the limit and what is left. */
  readonly upTo: Money;
  /** Which line of the policy set it. */
  readonly because:
    | { readonly by: 'agent' }
    | { readonly by: 'tier'; readonly tierName: string }
    /** No line is for this agent: nobody refunds by default. */
    | { readonly by: 'default' };
  /** Who may approve more, by name where Zendesk knows them. */
  readonly approvers: readonly string[];
  /** Above this the customer's identity must be verified; null: never asked. */
  readonly verifyAbove: Money | null;
}
