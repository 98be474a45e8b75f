// The feature that limits refunds, keeps their books, and shows them beside the ticket.
import type { PaymentProvider } from '../payments/payment-provider.ts';
import type { Feature } from '../platform/feature.ts';
import type { Database } from '../platform/storage/database.ts';
import { daysBefore } from '../platform/storage/delete-old-rows.ts';
import type { PolicyWithGuidance } from '../policy/policy-in-force.ts';
import type { AgentAction, CardSection, TimelineSource } from '../sidebar/index.ts';
import { adoptRecorded } from './adopt-recorded.ts';
import { recordedRefundsSection } from './card/recorded-refunds-section.ts';
import { refundSection } from './card/refund-section.ts';
import { pruneReasons, refundErasing } from './erasing.ts';
import { pruneFoundPayments } from './execution/found-payments.ts';
import { refundPayments } from './execution/perform-refund.ts';
import { refundPaymentWith } from './execution/refund-payment.ts';
import { REFUND_PAYMENT } from './execution/refund-payment-effect.ts';
import { type IsVerified, NOBODY_VERIFIED, recordRefundWith, undoRefund } from './record-refund.ts';
import { REFUND_TABLES } from './tables.ts';
import { refundsTimeline } from './timeline.ts';

export { ENTRY_KINDS, type Entry } from './ledger/entry.ts';
export { readLedger } from './ledger/ledger.ts';
export { type Verification, verifyEntries } from './ledger/verify-entries.ts';
export { listStops, type NewStop, recordStop } from './stop.ts';
export { refunds } from './tables.ts';

export interface RefundsDeps {
  db: Database;
  policy: { current: () => PolicyWithGuidance };
  /** Left out: no customer ever is, so that nothing above the policy's threshold is refunded. */
  isVerified?: IsVerified;
  /** Null: no provider of payments is connected. */
  payments: PaymentProvider | null;
  /** Epoch milliseconds. */
  clock: () => number;
  /** Aborted when the service is stopping. */
  signal: AbortSignal;
}

refundsFeature.erasing = refundErasing;
refundsFeature.effects = [REFUND_PAYMENT];

export function refundsFeature({
  db,
  policy,
  payments,
  isVerified = NOBODY_VERIFIED,
  clock,
  signal,
}: RefundsDeps): Feature & {
  actions: readonly AgentAction[];
  cardSections: readonly CardSection[];
  timelineSources: readonly TimelineSource[];
} {
  const inForce = () => policy.current().policy;
  const adopt = () => adoptRecorded(db, inForce().time_zone, signal);
  return {
    name: 'refunds',
    actions: [recordRefundWith(isVerified), undoRefund, refundPaymentWith(isVerified)],
    cardSections: [refundSection, recordedRefundsSection],
    effectKinds: [refundPayments({ db, payments, clock })],
    timelineSources: [refundsTimeline],
    onWorkersStarted: adopt,
    tables: REFUND_TABLES,
    retention: [
      adopt,
      (now) => pruneReasons(db, daysBefore(now, inForce().retention.actions)),
      (now) => pruneFoundPayments(db, daysBefore(now, inForce().retention.actions)),
    ],
  };
}
