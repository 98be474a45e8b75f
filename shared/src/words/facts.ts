// Defines the facts about a ticket that conditions may use.
import type { Priority, Status, TicketType } from './ticket-words.ts';

/**
 * Everything a rule may ask, frozen, `now` included, so that the same facts always give the same decision.
 * Names (group, organization, brand, form) are the names a person sees in Zendesk, not ids.
 */
export interface TicketFacts {
  /** Epoch milliseconds at which the question is asked. */
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
  /** How the ticket came in, as `readChannel` says it: `email`, `web`, `api`, `chat`, ... */
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
  /** Epoch milliseconds since which the customer waits for us; null when nobody waits. */
  readonly waitingSince: number | null;
  /** By custom field id, as decimal text. Null: the field is empty. */
  readonly customFields: Readonly<Record<string, string | number | boolean | readonly string[] | null>>;
}

export interface FullText {
  readonly subject: string;
  readonly description: string;
  /** What was left out of the description, in order. */
  readonly cuts: readonly Cut[];
}

/** A stretch of a text that does not decide: `start` inclusive, `end` exclusive, in UTF-16 units. */
export interface Cut {
  readonly kind: CutKind;
  readonly start: number;
  readonly end: number;
}

export type CutKind =
  /** Earlier messages, below or between what is new. */
  | 'quoted'
  /** A message passed on, below the customer's own words. */
  | 'forwarded'
  | 'signature'
  /** A company's legal notice. */
  | 'disclaimer'
  /** Where a link goes. */
  | 'link'
  /** An e-mail address. */
  | 'address';
