// Declares what the sidebar shows about one ticket: the answer of `GET /api/tickets/:id/card`.
import type { NearestMiss, Reason, Reasoned } from '../words/decision.ts';
import type { Priority, Status } from '../words/ticket-words.ts';
import type { CustomerCard } from './customer-card.ts';
import type { FollowUpCard } from './follow-up-card.ts';
import type { GoodwillCard } from './goodwill-card.ts';
import type { GuidanceCard } from './guidance-card.ts';
import type { Escalation, QueueCard } from './queue-card.ts';
import type { RefundApprovals } from './refund-approvals.ts';
import type { RecordedRefund, RefundCard } from './refund-card.ts';
import type { ToolsCard } from './tools-card.ts';
import type { Instant } from './values.ts';
import type { VerificationCard } from './verification-card.ts';

export interface TicketCard {
  readonly ticket: TicketHead;
  readonly rights: CardRights;
  /** When this was computed; shown during an outage. */
  readonly asOf: Instant;
  /** Null: the ticket is not decided yet; a live event follows when it is. */
  readonly tier: TierCard | null;
  readonly queue: QueueCard;
  /** Null: the policy has no guidance for this category. */
  readonly guidance: GuidanceCard | null;
  /** What the policy's lookups found in what the customer wrote; none without a find. */
  readonly found: readonly FoundValues[];
  /** One line. Null: the policy names none. */
  readonly toneOfVoice: string | null;
  readonly escalation: EscalationCard;
  /** Empty for a ticket that is solved or closed, which cannot be handed off. */
  readonly departments: readonly DepartmentCard[];
  /** The agent's limits. Null: the policy has no refund limits, or the ticket is closed. */
  readonly refund: RefundCard | null;
  readonly refundApprovals: RefundApprovals;
  /** Null: this agent may give nothing here, and nothing was given. */
  readonly goodwill: GoodwillCard | null;
  /** Refunds that agents recorded on this ticket, newest first, with those undone. */
  readonly recordedRefunds: readonly RecordedRefund[];
  readonly customer: CustomerCard;
  /** For whom the ticket is assigned to. Null: nothing to be reminded of. */
  readonly reminder?: Reminder | null;
  /** Null: the policy has no tools. */
  readonly tools?: ToolsCard | null;
  /** Null: the policy has no verification, or the ticket no customer. */
  readonly verification?: VerificationCard | null;
  /** Of a bad survey answer. Null: this customer has none. */
  readonly followUp?: FollowUpCard | null;
}

/** The customer has waited for this share of the reply target. */
export interface Reminder {
  /** A step of the policy's `reminders.at`. */
  readonly percent: number;
  readonly at: Instant;
}

/** What the agent's role in Zendesk lets them do; the service refuses the rest. */
export interface CardRights {
  /** False: the card is read-only. */
  readonly edit: boolean;
  /** Whether the agent may correct the category, which is a tag. Never true without `edit`. */
  readonly correct: boolean;
  /** Deskwright only watches this ticket: nobody may act from here, whatever their role. */
  readonly onlyWatching?: true;
}

export interface FoundValues {
  /** The lookup's name with spaces: `order number`. */
  readonly label: string;
  /** Newest first, each once, at most five. */
  readonly values: readonly string[];
}

export interface TicketHead {
  readonly id: number;
  readonly status: Status;
  readonly priority: Priority | null;
  /** Zendesk lets nobody change a closed ticket, so the sidebar offers no actions. */
  readonly closed: boolean;
}

export interface TierCard {
  readonly category: Named;
  /** Where the ticket belongs. */
  readonly tier: Named & { readonly handles: string | null };
  /**
   * The tier whose group has the ticket, if it is not `tier`: an assigned ticket stays with its agent when its category changes.
   * Null: it is with `tier`, with a department, or in a group that the policy does not name.
   */
  readonly heldBy: Named | null;
  /** The agent to whom the ticket is assigned; a correction does not change that. Null: unassigned. */
  readonly assignee: string | null;
  /** The reason in one sentence, with the policy's words. */
  readonly sentence: string;
  /** Why the category is what it is. */
  readonly reason: Reason;
  /** The customer's own sentences with the words for which the trigger fired. Empty: no word of the customer's messages decided. */
  readonly quote: readonly QuotedSentence[];
  /** The priority that the policy set last, and why. Null: it leaves the priority as it is. */
  readonly priority: Reasoned<Priority> | null;
  /** For admins and those who approve refunds; null for all others, and if a person placed the ticket. */
  readonly nearestMiss: NearestMiss | null;
  readonly decidedAt: Instant;
  readonly placedBy: 'policy' | 'human';
  /** The last escalation or hand-off in the sidebar. Null: the policy placed the ticket, or a person moved it in Zendesk. */
  readonly passedOn: Escalation | null;
  /** The policy's last decision before a person placed the ticket. Null: the policy's decision still applies, or there never was one. */
  readonly policySaid: { readonly category: Named; readonly reason: Reason } | null;
  /** The last correction made in the sidebar that still stands. */
  readonly correction: Correction | null;
  /** What the category may be corrected to, in the policy's order. */
  readonly categories: readonly (Named & { readonly tierName: string })[];
  /** By category: the tier to which a correction to it would move the ticket. Without those by which it stays where it is. */
  readonly movesTo?: Readonly<Record<string, string>>;
}

/** A sentence in pieces, cut with an ellipsis where it is long; at least one piece is `found`. */
export type QuotedSentence = readonly { readonly text: string; readonly found: boolean }[];

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A tier or department that the ticket can be moved to. */
export interface Way extends Named {
  /** The policy's name for a group that Zendesk does not have, so that no ticket can go there. Null: it exists, or the groups are not loaded yet. */
  readonly missingGroup: string | null;
  /** The group that this agent's role may not assign tickets to. Null: it may, it may not edit at all (`rights`), or the group does not exist. */
  readonly closedGroup: string | null;
}

export interface Correction {
  readonly id: number;
  readonly from: Named;
  readonly to: Named;
  readonly by: string;
  readonly at: Instant;
}

export interface EscalationCard {
  /**
   * The tier that has the ticket, or that handed it off to a department: `next`, `back` and `criteria` start from here. Null, with
   * these empty: the ticket has no category yet, the policy no longer has the tier, or the ticket is solved or closed.
   */
  readonly from: Named | null;
  /** The tier that `from` escalates to, or the ticket's own tier if that is higher. Null: there is none. */
  readonly next: Way | null;
  /** Tiers that had the ticket before, and the ticket's own tier. */
  readonly back: readonly Way[];
  readonly criteria: readonly Criterion[];
  readonly fields: readonly FormField[];
  /** Moves between tiers and departments so far: A, B, A is 2. Without those that came with a change of category. */
  readonly moves: number;
  /** Changes of category in the sidebar that were not undone. */
  readonly corrections?: number;
  /**
   * Where the agent's own department hands the ticket back, with its answer as the one field (`ANSWER_FIELD`). Then `from`, `next`, `back` and
   * `criteria` are empty: those are for the tiers. Absent: no department of this agent has the ticket.
   */
  readonly answerTo?: Way;
  /** Newest first. */
  readonly history: readonly Escalation[];
  /** Questions that agents already asked the customer in public, oldest first, so that nobody asks twice. */
  readonly asked: readonly { readonly text: string; readonly by: string | null; readonly at: Instant }[];
}

export interface Criterion {
  readonly text: string;
  /** Whether it applies to this ticket now; null if the policy leaves that to people. */
  readonly holds: boolean | null;
}

export interface FormField {
  readonly id: string;
  readonly label: string;
  readonly hint: string | null;
  readonly required: boolean;
}

export interface DepartmentCard extends Way {
  /** The ticket is already there or on its way, so it cannot be handed off to it again. */
  readonly hasTicket: boolean;
  readonly handles: string | null;
  readonly fields: readonly FormField[];
  /** By its own business hours, at `asOf`. */
  readonly open: boolean;
  /** When it opens next; null while it is open. */
  readonly opensAt: Instant | null;
  /** IANA name of the zone in which the policy writes its hours. */
  readonly timeZone: string;
  /** Whom to contact now: the contact during business hours, whoever is on call otherwise. */
  readonly contact: string | null;
  /** As written in the policy, `8bh`; null if none is promised. */
  readonly answersWithin: string | null;
}
