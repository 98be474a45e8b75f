// Declares the timeline of one customer.
import type { SurveyKind } from '../words/survey-kinds.ts';
import type { Money } from './refund-card.ts';
import type { ToolRun } from './tools-card.ts';
import type { Instant } from './values.ts';
import type { VerificationMethod } from './verification-card.ts';

/** `GET /api/tickets/:id/timeline` */
export interface Timeline {
  /** Newest first, at most a hundred. Those of tickets that the agent may not see are left out. */
  readonly entries: readonly TimelineEntry[];
  /** There are older ones. */
  readonly hasMore: boolean;
  /** What could not be read. */
  readonly missing: readonly TimelineSourceName[];
}

export type TimelineSourceName = 'tickets' | 'surveys' | 'refunds' | 'goodwill' | 'tools' | 'verifications';

export type TimelineEntry = {
  readonly at: Instant;
  /** Null: about no ticket. */
  readonly ticketId: number | null;
} & TimelineEvent;

export type TimelineEvent =
  | { readonly kind: 'opened' | 'solved'; readonly subject: string }
  | { readonly kind: 'answered'; readonly survey: SurveyKind; readonly score: number; readonly outOf: number }
  | {
      readonly kind: 'refunded' | 'refund_reversed' | 'refunded_outside';
      readonly amount: Money;
      /** As in `RecordedRefund`. */
      readonly reasonCode: string | null;
    }
  | { readonly kind: 'goodwill_given' | 'goodwill_taken_back'; readonly item: string; readonly value: Money }
  | { readonly kind: 'verified' | 'verification_locked'; readonly method: VerificationMethod }
  | { readonly kind: 'looked_up'; readonly tool: string }
  | { readonly kind: 'tool_run'; readonly tool: string; readonly state: ToolRun['state'] };
