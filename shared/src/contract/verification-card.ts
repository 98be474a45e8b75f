// Types of the verification card: whether the customer's identity is verified.
import type { Instant } from './values.ts';

export type VerificationMethod = 'code' | 'questions';

export interface VerificationCard {
  /** Null: nobody is verified on this ticket now. */
  readonly verified: {
    readonly method: VerificationMethod;
    readonly by: string;
    readonly at: Instant;
    readonly until: Instant;
  } | null;
  /** After too many wrong codes or answers of this customer, on whatever ticket. Null: it is not locked. */
  readonly lockedUntil: Instant | null;
  /** Null: the policy sends no codes, or the customer has no address. */
  readonly code: {
    /** The address with most of it left out: `s•••@example.com`. */
    readonly to: string;
    /** The last one of this ticket that still works or is being mailed. Null: there is none. */
    readonly last: {
      /** `failed`: no mail went out. */
      readonly state: 'asked' | 'sent' | 'failed';
      /** Null: it is not sent yet. */
      readonly expiresAt: Instant | null;
    } | null;
  } | null;
  /** Of the policy. */
  readonly questions: readonly { readonly id: string; readonly ask: string }[];
}

export interface SendCode {
  /** Created by the page once for each press of the button. */
  readonly requestId: string;
}

export interface CheckCode {
  /** Six digits, as the customer says them. */
  readonly code: string;
}

export interface CheckAnswers {
  /** By the question's id, as the customer says them. */
  readonly answers: Readonly<Record<string, string>>;
  readonly requestId: string;
}
