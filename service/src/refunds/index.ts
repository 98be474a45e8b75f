// The feature that limits refunds, keeps their books, and shows them beside the ticket.
import type { Directory } from '../directory/directory.ts';
import type { PaymentProvider } from '../payments/payment-provider.ts';
import type { Feature } from '../platform/feature.ts';
import { job } from '../platform/jobs/job-queue.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Metrics } from '../platform/metrics/create-metrics.ts';
import type { Database } from '../platform/storage/database.ts';
import { daysBefore } from '../platform/storage/delete-old-rows.ts';
import type { PolicyWithGuidance } from '../policy/policy-in-force.ts';
import type { AgentAction, CardSection, IsVerified, TicketCall, TimelineSource } from '../sidebar/index.ts';
import type { SlackAddresses } from '../slack/create-slack-sender.ts';
import type { TicketHook } from '../tickets/index.ts';
import { paymentsCall } from './api/payments-call.ts';
import { answerApprovalWith } from './approvals/answer-approval.ts';
import { approvalsSection } from './approvals/approvals-section.ts';
import type { NotifyApprovers } from './approvals/approvers.ts';
import { keepApprovals, keepApprovalsJob } from './approvals/keep-approvals.ts';
import { requestApprovalWith, withdrawApproval } from './approvals/request-approval.ts';
import { recordedRefundsSection } from './card/recorded-refunds-section.ts';
import { refundSection } from './card/refund-section.ts';
import { pruneEvidence, tickEvidence } from './disputes/evidence.ts';
import { DISPUTE_TABLES } from './disputes/tables.ts';
import { pruneReasons, refundErasing } from './erasing.ts';
import { pruneFoundPayments } from './execution/found-payments.ts';
import { refundPayments } from './execution/perform-refund.ts';
import { refundPaymentWith } from './execution/refund-payment.ts';
import { REFUND_PAYMENT } from './execution/refund-payment-effect.ts';
import { formerRequestersHook, pruneFormerRequesters } from './former-requesters.ts';
import { giveGoodwill } from './goodwill/give-goodwill.ts';
import { goodwillSection } from './goodwill/goodwill-section.ts';
import { GOODWILL_TABLES } from './goodwill/tables.ts';
import { takeBackGoodwill } from './goodwill/take-back-goodwill.ts';
import { adoptRecorded } from './ledger/recorded-refunds.ts';
import { reconcileMetrics } from './reconciliation/check-reconciliation.ts';
import { followProvider } from './reconciliation/follow-provider.ts';
import { NOBODY_VERIFIED, recordRefundWith, undoRefund } from './record-refund.ts';
import { REFUND_TABLES } from './tables.ts';
import { goodwillTimeline, refundsTimeline } from './timeline.ts';

export { tiersOf } from './agent-limit.ts';
export { lastEventAt } from './api/receive-events.ts';
export { customersByName } from './customers.ts';
export { foreseeRefund, listFoundPayments } from './foresee-refund.ts';
export { readGoodwill } from './goodwill/read-goodwill.ts';
export type { GoodwillEntry } from './goodwill/tables.ts';
export { type ChainedGoodwill, type GoodwillVerification, verifyGoodwill } from './goodwill/verify-goodwill.ts';
export { BOOKS, readBooksRights } from './ledger/books-rights.ts';
export { ENTRY_KINDS, type Entry } from './ledger/entry.ts';
export { type LedgerLine, readLedger } from './ledger/ledger.ts';
export { nameBalance, type Verification, verifyEntries } from './ledger/verify-entries.ts';
export { checkReconciliation } from './reconciliation/check-reconciliation.ts';
export {
  BOOKS_DIFFER,
  BOOKS_NOT_COMPARED,
  countDifferences,
  countLastDifferences,
  daysWithoutComparison,
  describeDifference,
  findOverdueComparison,
} from './reconciliation/differences.ts';
export { countEnteredOutside, listMadeOutside, type MadeOutside } from './reconciliation/made-outside.ts';
export { reconcile } from './reconciliation/reconcile.ts';
export { listStops, type NewStop, recordStop } from './stop.ts';
export { type RefundDifference, refunds } from './tables.ts';

export interface RefundsDeps {
  db: Database;
  policy: { current: () => PolicyWithGuidance };
  /** Left out: no customer ever is, so that nothing above the policy's threshold is refunded. */
  isVerified?: IsVerified;
  /** Null: no provider of payments is connected. */
  payments: PaymentProvider | null;
  directory: { current: () => Pick<Directory, 'groupId' | 'person'> | null };
  logger: Logger;
  metrics: Pick<Metrics, 'stored'>;
  config: { slack: SlackAddresses; zendesk: { baseUrl: string } };
  /** Called when an effect was recorded. */
  onEffect: () => unknown;
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
  directory,
  config,
  onEffect,
  clock,
  logger,
  metrics,
  signal,
}: RefundsDeps): Feature & {
  actions: readonly AgentAction[];
  ticketCalls: readonly TicketCall[];
  cardSections: readonly CardSection[];
  timelineSources: readonly TimelineSource[];
  ticketHooks: readonly TicketHook[];
} {
  reconcileMetrics(metrics);
  const inForce = () => policy.current().policy;
  const setting = { isVerified, hasProvider: payments !== null };
  const notify: NotifyApprovers = {
    hasAddress: (channel) => Object.hasOwn(config.slack, channel),
    ticketUrl: (id) => `${config.zendesk.baseUrl}/agent/tickets/${id}`,
  };
  const adopt = () => adoptRecorded(db, inForce().time_zone, signal);
  const followed =
    payments === null ? null : followProvider({ db, payments, clock, timeZone: () => inForce().time_zone, logger });
  return {
    ...followed,
    name: 'refunds',
    ticketCalls: [paymentsCall({ db, payments, policy, directory, isVerified, clock })],
    onWorkersStarted: async () => {
      await adopt();
      await followed?.onWorkersStarted();
    },
    effectKinds: [refundPayments({ db, payments, clock })],
    timelineSources: [refundsTimeline, goodwillTimeline],
    actions: [
      recordRefundWith(setting),
      undoRefund,
      refundPaymentWith(isVerified),
      requestApprovalWith(setting, notify),
      withdrawApproval,
      answerApprovalWith(setting),
      giveGoodwill,
      takeBackGoodwill,
      tickEvidence,
    ],
    ticketHooks: [formerRequestersHook],
    cardSections: [refundSection, recordedRefundsSection, approvalsSection, goodwillSection],
    jobs: [
      ...(followed?.jobs ?? []),
      job(keepApprovalsJob, async () => {
        const { expired, escalated } = await keepApprovals(db, { policy: inForce(), notify, now: new Date(clock()) });
        if (expired + escalated > 0) await onEffect();
      }),
    ],
    tables: { ...REFUND_TABLES, ...GOODWILL_TABLES, ...DISPUTE_TABLES },
    retention: [
      adopt,
      (now) => pruneReasons(db, daysBefore(now, inForce().retention.actions)),
      (now) => pruneFormerRequesters(db, daysBefore(now, inForce().retention.actions)),
      (now) => pruneEvidence(db, daysBefore(now, inForce().retention.actions)),
      (now) => pruneFoundPayments(db, daysBefore(now, inForce().retention.actions)),
    ],
  };
}
