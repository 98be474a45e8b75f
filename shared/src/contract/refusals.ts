// Lists why the service's API refuses a call, with the HTTP status of each reason.

import type { Money } from './refund-card.ts';
import type { Instant } from './values.ts';

/** The one table of refusals: the service answers by it, the sidebar reads by it. */
export const REFUSAL_STATUS = {
  bad_request: 400,
  token_missing: 401,
  token_expired: 401,
  token_invalid: 401,
  forbidden: 403,
  /** The agent's role in Zendesk lets them read the ticket, but not edit it or its tags. */
  read_only: 403,
  /** The agent's role does not let them assign tickets to `group`. */
  group_not_allowed: 403,
  not_found: 404,
  closed: 409,
  /** A solved ticket cannot be moved until somebody reopens it. */
  solved: 409,
  /** Zendesk has no group with the name in the policy: `group`. */
  no_such_group: 409,
  /** Deskwright only watches on this account, or on this ticket. */
  only_watching: 409,
  /** The amount is above what the agent may refund now: `upTo`. */
  above_limit: 409,
  /** The amount is above what is left of the payment: `upTo`. */
  above_payment: 409,
  /** The provider refunds this currency in larger steps. */
  amount_not_possible: 409,
  /** Nobody refunds a payment while the customer disputes it at their bank. */
  payment_disputed: 409,
  /** The bank has paid the customer: nobody refunds this payment any more. */
  dispute_lost: 409,
  /** While a payment found for the ticket is disputed, nothing is refunded by hand. */
  other_disputed: 409,
  /** The policy, or a lost dispute of another payment, demands which order is refunded by hand. */
  order_needed: 409,
  /** An order was entered with another amount or date before. */
  other_payment: 409,
  /** What was entered by hand is a payment at Stripe, which is chosen in the list. */
  payment_at_provider: 409,
  /** The customer's identity must be verified first. */
  needs_verification: 409,
  /** Only a field of the ticket names the payment: it is refunded only up to where no verified customer is needed. */
  payment_unproven: 409,
  /** The same amount was refunded before: the agent must say that it is meant. */
  needs_confirmation: 409,
  /** Of the goodwill budget of the day, or of what may be given in the month, too little is left. */
  goodwill_used_up: 409,
  /** An operator stopped all refunds and all goodwill. */
  refunds_stopped: 409,
  /** A refund can be undone only on the day on which it was recorded. */
  too_late: 409,
  /** The customer is not asked for feedback: `feedback` says why. */
  not_asked: 409,
  /** The policy no longer has what was chosen from its list. */
  choice_gone: 409,
  /** The code, or an answer, is wrong: `triesLeft`. */
  not_verified: 409,
  /** After too many wrong codes or answers, or too many codes: nobody can try before `until`. */
  locked: 409,
  /** Zendesk has no address of the customer, or something else that is needed of them. */
  no_address: 409,
  /** The customer's address was changed a short time ago: no code goes there before `until`. */
  address_changed: 409,
  /** Approval has already been requested for this payment on this ticket. */
  approval_asked: 409,
  /** The agent may refund it without one. */
  approval_not_needed: 409,
  /** The request for approval was answered, or has another amount than the page showed. */
  approval_answered: 409,
  /** Somebody else changed the ticket first. */
  conflict: 409,
  /** Required fields of the form are empty: `fields`. */
  fields_missing: 422,
  /** What was filled in is not as it should be: `fields`. */
  fields_wrong: 422,
  too_many_requests: 429,
  internal: 500,
  /** Zendesk or the database cannot be reached; `retry-after` says when to try again. */
  unavailable: 503,
} as const;

/** Why a customer is not asked for feedback. */
const FEEDBACK_REFUSALS = [
  'asked_already',
  'contacted_recently',
  'new_customer',
  'unsubscribed',
  'no_address',
  'not_configured',
] as const;

export interface FeedbackRefusal {
  readonly why: (typeof FEEDBACK_REFUSALS)[number];
  /** When the customer was last asked anything, with `contacted_recently`. */
  readonly askedAt?: Instant;
  /** From when on they may be asked, with `contacted_recently` and `new_customer`. */
  readonly until?: Instant;
}

export type RefusalCode = keyof typeof REFUSAL_STATUS;

/** The body of every refusal. */
export interface ApiRefusal {
  readonly error: RefusalCode;
  /** For people, in English. */
  readonly message: string;
  /** With `fields_missing` and `fields_wrong`: ids of the fields. */
  readonly fields?: readonly string[];
  /** With `no_such_group` its name in the policy, with `group_not_allowed` its name in Zendesk. */
  readonly group?: string;
  /** With `above_limit`, `above_payment` and `amount_not_possible`: what may be refunded now. */
  readonly upTo?: Money;
  /** With `not_verified`. */
  readonly triesLeft?: number;
  /** With `locked` and `address_changed`. */
  readonly until?: Instant;
  /** With `not_asked`. */
  readonly feedback?: FeedbackRefusal;
}
