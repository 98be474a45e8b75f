// Records a refund that an agent gave, within their limit, and takes it back.

import { localDate, type Policy } from '@deskwright/shared';
import type { RecordRefund } from '@deskwright/shared/contract';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { withoutPlaceholders } from '../policy/guidance/guidance.ts';
import {
  type Agent,
  anId,
  answerRepeated,
  aRequestId,
  aText,
  DONE,
  defineAction,
  type IsVerified,
  type Refused,
  refuse,
  SENT_FOR_ANOTHER,
} from '../sidebar/index.ts';
import { recordTicketChange } from '../tickets/index.ts';
import { enterRefund, inNote } from './enter-refund.ts';
import { judgeRefund } from './judge-refund.ts';
import { openLedger } from './ledger/ledger.ts';
import { requestOf } from './ledger/recorded-refunds.ts';
import { aManualPayment, aMoney, isSameEntered, readEnteredPayment, readManualPayment } from './manual-payment.ts';
import { aReasonCode, readRefundReason } from './refund-reason.ts';
import { tagsAfterUndo } from './refund-tags.ts';
import { refuseRefund } from './refuse-refund.ts';
import { readStop } from './stop.ts';
import { refunds } from './tables.ts';

export const NOBODY_VERIFIED: IsVerified = () => Promise.resolve(false);

/** What refunds by hand depend on beside the policy. */
export interface RefundSetting {
  readonly isVerified: IsVerified;
  /** Whether Stripe is connected, see `isAtStripe`. */
  readonly hasProvider: boolean;
}

/**
 * Records the refund, which counts against the agent's day, and an internal note as an effect, in one transaction: never more than the agent
 * may refund at that moment, whatever the page showed. The same request (`requestId`) sent again has no effect.
 */
export const recordRefundWith = ({ isVerified, hasProvider }: RefundSetting) =>
  defineAction({
    name: 'record_refund',
    method: 'post',
    path: '/refunds',
    body: z.strictObject({
      amount: aMoney,
      reason: aText,
      reasonCode: aReasonCode.optional(),
      payment: aManualPayment.optional(),
      isConfirmed: z.boolean().optional(),
      requestId: aRequestId,
    }) satisfies z.ZodType<RecordRefund>,
    status: 201,
    permission: { right: 'edit' },
    findRepeated: async (tx, on, { amount, requestId, payment, reasonCode = null }) => {
      const [sent] = await tx.select().from(refunds).where(eq(refunds.requestId, requestId));
      const entered = sent ? await readEnteredPayment(tx, requestId) : null;
      return answerRepeated(
        sent,
        on,
        // After an undo the same form asks for another refund.
        ({ state, ...row }) =>
          state === 'granted' &&
          row.reasonCode === reasonCode &&
          row.amountMinor === amount.minor &&
          row.currency === amount.currency &&
          isSameEntered(entered, payment),
      );
    },
    perform: async ({ tx, ticket, agent, policy, policyHash, directory, now }, asked) => {
      const why = readRefundReason(policy, asked);
      if ('kind' in why) return why;
      const { amount } = asked;
      if (policy.refunds === undefined || amount.currency !== policy.refunds.currency)
        return refuse('conflict', `The policy does not allow refunds in ${amount.currency}.`);
      const isCustomerVerified = await isVerified(tx, ticket.id, now);
      const ledger = await openLedger(tx);
      // Read after any wait for the ledger: a stop of the meantime holds.
      const stop = await readStop(tx);
      if (stop) return refuse('refunds_stopped', `Refunds are stopped: ${stop.why}`);
      const timeZone = policy.time_zone;
      const payment = asked.payment
        ? await readManualPayment({ tx, ledger, now, timeZone, hasProvider }, asked.payment)
        : null;
      if (payment !== null && 'kind' in payment) return payment;
      const decision = await judgeRefund(
        { tx, ledger, policy, directory, agent, ticket, now },
        {
          amount,
          payment,
          isVerified: isCustomerVerified,
          isConfirmed: asked.isConfirmed ?? false,
        },
      );
      const refused = refuseRefund(decision, amount.currency, payment);
      if (refused) return refused;
      const isRecorded = await enterRefund(
        { tx, ledger, ticket, now, timeZone, policyHash },
        { amount, payment, ...why, agent, requestId: asked.requestId, rule: decision.rule },
      );
      return isRecorded ? DONE : SENT_FOR_ANOTHER;
    },
    audit: ({ amount: { minor, currency } }) => ({ amountMinor: minor, currency }),
  });

/** Takes a recorded refund back on the day on which it was recorded: it no longer counts, stays visible, and a note says so. */
export const undoRefund = defineAction({
  name: 'undo_refund',
  method: 'delete',
  path: '/refunds/:refundId',
  params: z.object({ refundId: anId }),
  permission: { right: 'edit' },
  perform: async ({ tx, ticket, agent, policy, now }, { refundId }) => {
    const [row] = await tx
      .select()
      .from(refunds)
      .where(and(eq(refunds.id, refundId), eq(refunds.ticketId, ticket.id)));
    if (!row) return refuse('not_found', 'No such refund is recorded on this ticket.');
    const refused = whyNotUndone(row, { policy, agent, now });
    if (refused) return refused;
    await tx
      .update(refunds)
      .set({ state: 'cancelled', undoneAt: now, undoneBy: agent.id })
      .where(eq(refunds.id, row.id));
    const ledger = await openLedger(tx);
    const [reserved] = await ledger.ofRequest(requestOf(row));
    if (reserved) await ledger.append([{ ...reserved, kind: 'reversed', at: now }]);
    const amount = { minor: row.amountMinor, currency: row.currency };
    await recordTicketChange(tx, {
      key: `refund:${row.id}:undone`,
      ticketId: ticket.id,
      cause: 'agent',
      change: {
        note: withoutPlaceholders(`Recorded refund of ${inNote(amount)} undone by ${agent.name}`),
        ...(await tagsAfterUndo(tx, ticket.id)),
      },
    });
    return DONE;
  },
  audit: ({ refundId }) => ({ refundId }),
});

type RefundRow = Pick<typeof refunds.$inferSelect, 'agentId' | 'state' | 'grantedAt'>;

/** Null: the agent may undo it now. Only the agent who recorded it may, whose day it is. */
export function whyNotUndone(
  { agentId, state, grantedAt }: RefundRow,
  { policy, agent, now }: { policy: Policy; agent: Pick<Agent, 'id'>; now: Date },
): Refused | null {
  if (state === 'cancelled') return refuse('conflict', 'This refund was already undone.');
  if (agentId !== agent.id) return refuse('forbidden', 'Only the agent who recorded a refund can undo it.');
  const dayOf = (moment: Date) => localDate(moment.getTime(), policy.time_zone);
  return dayOf(grantedAt) === dayOf(now)
    ? null
    : refuse('too_late', 'A refund can be undone only on the day on which it was recorded.');
}
