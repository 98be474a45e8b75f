// Declares the requests and answers of the service's API, apart from the card.
import type { GuidanceCard } from './guidance-card.ts';
import type { Money } from './refund-card.ts';
import type { Instant } from './values.ts';

/**
 * HTTP, JSON in and out, `authorization: Bearer <access token>`:
 *
 * | call | body | answer |
 * | --- | --- | --- |
 * | `POST /api/session` | `{ renewal }` (no bearer) | `Session` |
 * | `GET /api/tickets/:id/card` | | `TicketCard` |
 * | `PUT /api/tickets/:id/category` | `CorrectCategory` | `TicketCard` |
 * | `DELETE /api/tickets/:id/corrections/:correctionId` | | `TicketCard`; undoes the correction |
 * | `PUT /api/tickets/:id/steps/:stepId` | `TickStep` | `TicketCard` |
 * | `POST /api/tickets/:id/escalations` | `Escalate` | 201 `TicketCard` |
 * | `PUT /api/tickets/:id/viewing` | | 204; the agent has the ticket open |
 * | `POST /api/tickets/:id/refunds` | `RecordRefund` | 201 `TicketCard` |
 * | `DELETE /api/tickets/:id/refunds/:refundId` | | `TicketCard`; undoes the recorded refund |
 * | `GET /api/tickets/:id/payments` | | `TicketPayments` |
 * | `POST /api/tickets/:id/payment-refunds` | `RefundPayment` | 201 `TicketCard` |
 * | `POST /api/tickets/:id/refund-approvals` | `RequestApproval` | 201 `TicketCard` |
 * | `PUT /api/tickets/:id/refund-approvals/:approvalId/answer` | `AnswerApproval` | `TicketCard` |
 * | `DELETE /api/tickets/:id/refund-approvals/:approvalId` | | `TicketCard`; takes the request back |
 * | `PUT /api/tickets/:id/follow-ups/:followUpId/outcome` | `RecordOutcome` | `TicketCard` |
 * | `GET /api/tickets/:id/tools/:toolId` | | `ToolAnswer` of a tool that is shown beside tickets |
 * | `POST /api/tickets/:id/tools/:toolId/ask` | `AskTool` | `ToolAnswer` |
 * | `POST /api/tickets/:id/tools/:toolId/runs` | `RunTool` | 201 `TicketCard` |
 * | `POST /api/tickets/:id/verification/codes` | `SendCode` | 201 `TicketCard`; a code is mailed |
 * | `PUT /api/tickets/:id/verification` | `CheckCode` | `TicketCard` |
 * | `POST /api/tickets/:id/verification/answers` | `CheckAnswers` | `TicketCard` |
 * | `GET /api/tickets/:id/answers/:page` | | `AnswersPage`, all that the ticket's customer answered |
 * | `GET /api/tickets/:id/timeline` | | `Timeline` of the ticket's customer |
 * | `POST /api/reply-check` | `{ text }`, the reply being sent | `ReplyCheck` |
 * | `GET /api/guidance` | | `NewTicketGuidance` |
 * | `GET /api/live?ticket=<id>` | | `text/event-stream` of `LiveEvent` |
 *
 * A refused call is answered with `ApiRefusal` and the status that `REFUSAL_STATUS` gives its code.
 */
export interface Session {
  readonly accessToken: string;
  readonly accessExpiresAt: Instant;
  /** Lets the page fetch the next access token during the agent's working day. Kept in memory only. */
  readonly renewal: string;
  readonly agent: { readonly id: number; readonly name: string; readonly locale: string };
}

/** What the service writes into the page. */
export interface PageSession extends Session {
  /** The service's version and build, as `deskwright --version` prints them. */
  readonly version: string;
}

export interface CorrectCategory {
  /** The category that the agent saw. If the ticket has another one by now, nothing is changed (`conflict`). */
  readonly from: string;
  readonly category: string;
}

export interface TickStep {
  readonly done: boolean;
}

/** The field in which a department answers as it hands a ticket back, in place of the policy's form. */
export const ANSWER_FIELD = 'answer';

export interface Escalate {
  readonly to: { readonly kind: 'tier' | 'department'; readonly id: string };
  /** By field id. */
  readonly fields: Readonly<Record<string, string>>;
  /** Created by the page once for each filled-in form, so that sending it twice escalates once. */
  readonly requestId: string;
}

export interface RecordRefund {
  /** Above zero, in the currency of the policy. */
  readonly amount: Money;
  readonly reason: string;
  /** Of the policy's list; left out: none was chosen. */
  readonly reasonCode?: string | undefined;
  /** Where the policy needs it, or the agent knows it. */
  readonly payment?: ManualPayment | undefined;
  /** The agent said that the same amount once more is meant (`needs_confirmation`). */
  readonly isConfirmed?: boolean | undefined;
  /** Created by the page once for each filled-in form, so that sending it twice records once. */
  readonly requestId: string;
}

/** A payment that an agent entered by hand. */
export interface ManualPayment {
  /** The order's number: letters, digits and `#./_-`, at most 40. */
  readonly order: string;
  readonly paid: Money;
  /** `2026-11-27`, not in the future. */
  readonly paidOn: string;
}

/** A refund at the provider. Where the money goes cannot be said: it goes back to where the payment came from. */
export interface RefundPayment {
  /** As found for the ticket: `stripe:ch_1`. */
  readonly payment: string;
  /** Above zero, in the currency of the payment. */
  readonly amount: Money;
  readonly reason: string;
  /** Of the policy's list; left out: none was chosen. */
  readonly reasonCode?: string | undefined;
  /** The agent said that the same amount once more is meant. */
  readonly isConfirmed?: boolean | undefined;
  /** Created by the page once for each filled-in form, so that sending it twice refunds once. */
  readonly requestId: string;
}

/** What an agent should look at before a public reply is sent, by the policy. */
export interface ReplyCheck {
  /** Sentences that promise something and say no date. */
  readonly promises: readonly string[];
  /** `phrase` as the policy writes it, without marks. */
  readonly avoid: readonly { readonly phrase: string; readonly instead: string | null }[];
}

/** All guidance, for a ticket that is not saved yet and so has no category. */
export interface NewTicketGuidance {
  readonly toneOfVoice: string | null;
  /** In the policy's order; `title` is the category's name, as on the cards of tickets. */
  readonly categories: readonly GuidanceCard[];
}

/**
 * `ticket`: the card of the ticket may have changed. `policy`: the policy or its guidance changed. `viewers`: the names of the other agents
 * who have the ticket open, in alphabetical order; sent when they change.
 */
export type LiveEvent =
  | { readonly event: 'ticket'; readonly ticketId: number }
  | { readonly event: 'policy' }
  | { readonly event: 'viewers'; readonly names: readonly string[] };

/** How often a page that an agent sees calls `PUT /api/tickets/:id/viewing`, in milliseconds. */
export const VIEWING_MS = 12_000;
