// Defines the facts about a ticket that conditions may use.
import type { Solver } from './survey-kinds.ts';
import type { Priority, Status, TicketType } from './ticket-words.ts';

/**
 * Everything a rule may use, frozen, including `now`, so that the same facts always give the same decision.
 * Groups, organizations, brands and forms are names as shown in Zendesk, not ids.
 */
export interface TicketFacts {
  /** Epoch milliseconds at which the ticket is decided. */
  readonly now: number;
  readonly ticketId: number;
  readonly subject: string;
  /** What the customer wrote in the first message, without quoted history, signatures, links and addresses. */
  readonly description: string;
  /** The same of the newest public comment of the customer; the description while there is no other. */
  readonly comment: string;
  /** Subject and first message with all that was left out of the above. Absent: nothing was. */
  readonly fullText?: FullText;
  readonly tags: readonly string[];
  readonly status: Status;
  readonly priority: Priority | null;
  readonly type: TicketType | null;
  /** How the ticket was created, as returned by `readChannel`: `email`, `web`, `api`, `chat`, ... */
  readonly via: string | null;
  readonly group: string | null;
  /** E-mail address of the assigned agent. */
  readonly assignee: string | null;
  readonly requester: string | null;
  readonly requesterEmail: string | null;
  readonly organization: string | null;
  readonly brand: string | null;
  readonly form: string | null;
  readonly language: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds since which the customer has been waiting; null if they are not. */
  readonly waitingSince: number | null;
  /** By custom field id, as decimal text. Null: the field is empty. */
  readonly customFields: Readonly<Record<string, string | number | boolean | readonly string[] | null>>;
  /** Absent: it is not asked about, as the ticket need not be solved. */
  readonly solve?: SolveFacts;
}

/** What is known of a solved ticket when its customer is about to be asked. Null: unknown. */
export interface SolveFacts {
  readonly solvedBy: Solver | null;
  /** Up to a higher tier, at least once before the solve. */
  readonly escalated: boolean | null;
  /** At least once before the solve. */
  readonly reopened: boolean | null;
  /** An agent recorded a refund for it that stands. */
  readonly refunded: boolean | null;
  /** From the ticket's creation to the first public reply; null too while there is none. */
  readonly firstReplyMinutes: number | null;
  readonly firstReplyBusinessMinutes: number | null;
  /** How long the ticket was new, open or on hold. */
  readonly requesterWaitMinutes: number | null;
  readonly requesterWaitBusinessMinutes: number | null;
  /** Ids. */
  readonly category: string | null;
  readonly tier: string | null;
}

export interface FullText {
  readonly subject: string;
  readonly description: string;
  /** What was left out of the description, in order. */
  readonly cuts: readonly Cut[];
}

/** A part of a text that rules ignore: `start` inclusive, `end` exclusive, in UTF-16 units. */
export interface Cut {
  readonly kind: CutKind;
  readonly start: number;
  readonly end: number;
}

export type CutKind =
  /** Earlier messages, below or between the new text. */
  | 'quoted'
  /** A forwarded message, below the customer's own text. */
  | 'forwarded'
  | 'signature'
  /** A company's legal notice. */
  | 'disclaimer'
  /** Where a link goes. */
  | 'link'
  /** An e-mail address. */
  | 'address';
