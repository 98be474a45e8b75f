// Declares requests for refunds above a limit, as the sidebar shows and answers them.
import type { ManualPayment } from './api.ts';
import type { TicketPayment } from './payments.ts';
import type { Money } from './refund-card.ts';
import type { Instant } from './values.ts';

export interface RefundApprovals {
  /** On this ticket: those that wait first, at most one for each payment, then the newest. */
  readonly here: readonly RefundApproval[];
  /** Those of other tickets that this agent may answer, oldest first. */
  readonly elsewhere: readonly { readonly ticketId: number; readonly amount: Money }[];
}

export interface RefundApproval {
  readonly id: number;
  /** What is asked for. */
  readonly amount: Money;
  /** Of which payment. `order`: entered by hand; a person pays it. Null: the agent named none. */
  readonly payment:
    | {
        readonly payment: string;
        readonly instrument: TicketPayment['instrument'];
        /** The payment is no longer found for the ticket and its customer, so the request cannot be granted; the instrument says nothing. */
        readonly isGone: boolean;
        readonly match: Exclude<TicketPayment['match'], 'verified'>;
      }
    | { readonly order: string }
    | null;
  /** A dispute keeps it from being granted: of the payment, open or lost; of an order that a person pays, an open one of any payment found for the ticket and its customer; where none was named, either of any. */
  readonly isDisputed: boolean;
  /** Null: deleted, after a time or with the customer's data. */
  readonly reason: string | null;
  /** As in `RecordedRefund`. */
  readonly reasonCode: string | null;
  /** The rule of the policy that it is above. */
  readonly rule: string;
  readonly by: string;
  readonly at: Instant;
  /** When it expires, while it is open. */
  readonly until: Instant;
  readonly state: 'open' | 'approved' | 'declined' | 'expired' | 'withdrawn';
  readonly isEscalated: boolean;
  readonly answer: { readonly by: string; readonly at: Instant; readonly why: string | null } | null;
  /** At most `amount`. */
  readonly granted: Money | null;
  /** Whether this agent may answer it now: never their own. */
  readonly mayAnswer: boolean;
  readonly mayWithdraw: boolean;
}

/** `POST /api/tickets/:id/refund-approvals` */
export interface RequestApproval {
  /** Above what the agent may refund. */
  readonly amount: Money;
  readonly reason: string;
  /** Of the policy's list; left out: none was chosen. */
  readonly reasonCode?: string | undefined;
  /** One entered by hand, or one that was found at the provider (`stripe:ch_1`); never both. */
  readonly payment?: ManualPayment | undefined;
  readonly foundPayment?: string | undefined;
  /** The same amount was refunded here before, and once more is meant. */
  readonly isConfirmed?: boolean | undefined;
  /** Created by the page once for each filled-in form, so that sending it twice asks once. */
  readonly requestId: string;
}

/** `PUT /api/tickets/:id/refund-approvals/:approvalId/answer` */
export interface AnswerApproval {
  readonly answer: 'approve' | 'decline';
  /** What the page showed. If another amount is asked for, nothing is done (`conflict`). */
  readonly asked: Money;
  /** At most `asked`; null: declined. */
  readonly granted: Money | null;
  /** The same amount was refunded here before, and once more is meant. */
  readonly isConfirmed?: boolean | undefined;
  /** For who asked; may be empty. */
  readonly why: string;
}
