// Lets an agent ask for a refund above their limit, and take the request back.
import { addDuration, toBusinessCalendar } from '@deskwright/shared';
import type { Money, RequestApproval } from '@deskwright/shared/contract';
import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { RefundDecision } from '../../decide/refund-decision.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { withoutPlaceholders } from '../../policy/guidance/guidance.ts';
import {
  aName,
  anId,
  answerRepeated,
  aRequestId,
  aText,
  DONE,
  defineAction,
  type Refused,
  refuse,
  SENT_FOR_ANOTHER,
} from '../../sidebar/index.ts';
import { recordTicketChange } from '../../tickets/index.ts';
import { inNote } from '../enter-refund.ts';
import { NOT_FOUND, type OfTicket, readFoundPayment } from '../execution/found-payments.ts';
import { judged } from '../execution/refund-payment.ts';
import { type JudgedPayment, judgeRefund } from '../judge-refund.ts';
import { openLedger } from '../ledger/ledger.ts';
import { aManualPayment, aMoney, isSameEntered, type ReadingManual, readManualPayment } from '../manual-payment.ts';
import type { RefundSetting } from '../record-refund.ts';
import { aReasonCode, readRefundReason, reasonInNote } from '../refund-reason.ts';
import { refuseRefund, refuseStep } from '../refuse-refund.ts';
import { readStop } from '../stop.ts';
import { refundApprovals } from '../tables.ts';
import { type NotifyApprovers, notifyApprovers } from './approvers.ts';
import { expireApprovals } from './keep-approvals.ts';

/** The request reserves nothing. What no approval can change is refused at once. */
export const requestApprovalWith = ({ isVerified, hasProvider }: RefundSetting, notify: NotifyApprovers) =>
  defineAction({
    name: 'request_refund_approval',
    method: 'post',
    path: '/refund-approvals',
    body: z.strictObject({
      amount: aMoney,
      reason: aText,
      reasonCode: aReasonCode.optional(),
      payment: aManualPayment.optional(),
      foundPayment: aName.optional(),
      isConfirmed: z.boolean().optional(),
      requestId: aRequestId,
    }) satisfies z.ZodType<RequestApproval>,
    status: 201,
    permission: { right: 'edit' },
    findRepeated: async (tx, on, { amount, requestId, reasonCode = null, ...asked }) => {
      const [sent] = await tx.select().from(refundApprovals).where(eq(refundApprovals.requestId, requestId));
      return answerRepeated(
        sent,
        on,
        // After it was taken back the same form asks for another.
        ({ state, ...row }) =>
          state !== 'withdrawn' &&
          row.reasonCode === reasonCode &&
          row.amountMinor === amount.minor &&
          row.currency === amount.currency &&
          isSamePayment(row, asked),
      );
    },
    perform: async ({ tx, ticket, agent, policy, directory, now }, { amount, requestId, ...asked }) => {
      const why = readRefundReason(policy, asked);
      if ('kind' in why) return why;
      const { refunds } = policy;
      if (refunds === undefined) return refuse('forbidden', 'The policy does not let you refund.');
      const isCustomerVerified = await isVerified(tx, ticket.id, now);
      const ledger = await openLedger(tx);
      const stop = await readStop(tx);
      if (stop) return refuse('refunds_stopped', `Refunds are stopped: ${stop.why}`);
      const timeZone = policy.time_zone;
      const payment = await readPayment({ tx, ledger, now, timeZone, ticket, hasProvider }, asked);
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
      if (decision.verdict === 'allowed' || decision.verdict === 'needs_confirmation')
        return refuse('approval_not_needed', 'You may refund this without an approval.');
      if (decision.verdict !== 'needs_approval') return refuseRefund(decision, refunds.currency, payment) ?? DONE;
      // What an approver would be refused is said to who asks.
      const missing = refuseStep(decision, payment);
      if (missing) return missing;
      // The job that ends them comes once a minute.
      await expireApprovals(tx, eq(refundApprovals.ticketId, ticket.id), now);
      const isPending = await whyPending(tx, decision, { ticketId: ticket.id, payment, amount, now });
      if (isPending) return isPending;
      const { expires, escalate_after: after } = refunds.approvals;
      const calendar = toBusinessCalendar(policy);
      const later = (duration: string) => new Date(addDuration(now.getTime(), duration, calendar));
      const [row] = await tx
        .insert(refundApprovals)
        .values({
          requestId,
          ticketId: ticket.id,
          agentId: agent.id,
          amountMinor: amount.minor,
          currency: amount.currency,
          payment: payment?.name ?? null,
          paidMinor: payment?.paid.minor ?? null,
          paidOn: payment?.paidOn ?? null,
          ...why,
          rule: decision.rule,
          askedAt: now,
          expiresAt: later(expires),
          escalatesAt: after === undefined ? null : later(after),
        })
        .onConflictDoNothing({ target: refundApprovals.requestId })
        .returning();
      if (row === undefined) return SENT_FOR_ANOTHER;
      await recordTicketChange(tx, {
        key: `refund-approval:${row.id}`,
        ticketId: ticket.id,
        cause: 'agent',
        change: {
          note: withoutPlaceholders(
            `${agent.name} asks for approval of a refund of ${inNote(amount)}${reasonInNote(why)}`,
          ),
        },
      });
      await notifyApprovers(tx, notify, { refunds, row, news: { is: 'asked', by: agent.name } });
      return DONE;
    },
    audit: ({ amount: { minor, currency } }) => ({ amountMinor: minor, currency }),
  });

interface Asked {
  readonly ticketId: number;
  readonly payment: JudgedPayment | null;
  readonly amount: Money;
  readonly now: Date;
}

/** One request at a time waits for a payment of a ticket, and all of a payment ask for no more than is left of it. Null: this one may, too. */
async function whyPending(
  tx: Queryable,
  { checks }: Pick<RefundDecision, 'checks'>,
  { ticketId, payment, amount, now }: Asked,
): Promise<Refused | null> {
  const isSame =
    payment === null
      ? and(eq(refundApprovals.ticketId, ticketId), isNull(refundApprovals.payment))
      : eq(refundApprovals.payment, payment.name);
  const pending = await tx
    .select()
    .from(refundApprovals)
    .where(and(eq(refundApprovals.state, 'open'), isSame));
  if (pending.some((row) => row.ticketId === ticketId))
    return refuse('approval_asked', 'Approval has already been requested for this payment.');
  const left = checks.find(({ rule }) => rule === 'payment')?.allows ?? null;
  if (left === null) return null;
  const asked = pending
    .filter(({ expiresAt }) => expiresAt > now)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  if (asked + amount.minor <= left) return null;
  const upTo = { minor: Math.max(0, left - asked), currency: amount.currency };
  return refuse('above_payment', 'With the requests that wait, this is more than is left of the payment.', { upTo });
}

function isSamePayment(
  { payment, paidMinor, paidOn, currency }: Omit<typeof refundApprovals.$inferSelect, 'state'>,
  asked: Pick<RequestApproval, 'payment' | 'foundPayment'>,
): boolean {
  if (asked.foundPayment !== undefined) return payment === asked.foundPayment;
  const isEntered = payment !== null && paidMinor !== null && paidOn !== null;
  const entered = isEntered ? { name: payment, paid: { minor: paidMinor, currency }, paidOn } : null;
  return isSameEntered(entered, asked.payment);
}

async function readPayment(
  { ticket, ...on }: ReadingManual & { ticket: OfTicket },
  { payment, foundPayment }: Pick<RequestApproval, 'payment' | 'foundPayment'>,
): Promise<JudgedPayment | null | Refused> {
  if (foundPayment === undefined) return payment ? readManualPayment(on, payment) : null;
  const found = await readFoundPayment(on.tx, ticket, foundPayment);
  return found === null ? NOT_FOUND : judged(found, on.timeZone);
}

/** Only by who asked, while nobody has answered. */
export const withdrawApproval = defineAction({
  name: 'withdraw_refund_approval',
  method: 'delete',
  path: '/refund-approvals/:approvalId',
  params: z.object({ approvalId: anId }),
  permission: { right: 'edit' },
  perform: async ({ tx, ticket, agent, now }, { approvalId }) => {
    const isThis = and(eq(refundApprovals.id, approvalId), eq(refundApprovals.ticketId, ticket.id));
    const [row] = await tx.select().from(refundApprovals).where(isThis);
    if (row === undefined) return refuse('not_found', 'No such request is on this ticket.');
    if (row.agentId !== agent.id) return refuse('forbidden', 'Only the agent who asked can take the request back.');
    if (row.state !== 'open') return refuse('approval_answered', 'This request was answered already.');
    await tx.update(refundApprovals).set({ state: 'withdrawn', answeredAt: now, answeredBy: agent.id }).where(isThis);
    const amount = { minor: row.amountMinor, currency: row.currency };
    await recordTicketChange(tx, {
      key: `refund-approval:${row.id}:withdrawn`,
      ticketId: ticket.id,
      cause: 'agent',
      change: {
        note: withoutPlaceholders(`${agent.name} took back the request to approve a refund of ${inNote(amount)}`),
      },
    });
    return DONE;
  },
  audit: ({ approvalId }) => ({ approvalId }),
});
