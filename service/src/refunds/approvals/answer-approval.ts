// Lets an approver grant, lower or decline a refund that somebody else asked for.
import type { AnswerApproval } from '@deskwright/shared/contract';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Queryable } from '../../platform/storage/database.ts';
import { withoutPlaceholders } from '../../policy/guidance/guidance.ts';
import { anId, aText, DONE, defineAction, type Refused, refuse } from '../../sidebar/index.ts';
import { recordTicketChange } from '../../tickets/index.ts';
import { tiersOf } from '../agent-limit.ts';
import { enterRefund, inNote } from '../enter-refund.ts';
import { type FoundPayment, NOT_FOUND, type OfTicket, readFoundPayment } from '../execution/found-payments.ts';
import { nameOfAgent } from '../execution/refund-note.ts';
import { judged } from '../execution/refund-payment.ts';
import { startRefund } from '../execution/start-refund.ts';
import { type JudgedPayment, judgeRefund } from '../judge-refund.ts';
import { isByHand } from '../ledger/entry.ts';
import { openLedger } from '../ledger/ledger.ts';
import { AT_STRIPE, aMoney, isAtStripe } from '../manual-payment.ts';
import type { RefundSetting } from '../record-refund.ts';
import { refuseRefund } from '../refuse-refund.ts';
import { readStop } from '../stop.ts';
import { refundApprovals } from '../tables.ts';
import { mayApprove } from './approvers.ts';

type Row = typeof refundApprovals.$inferSelect;

const ANSWERED = refuse('approval_answered', 'This request was answered already.');
/** Characters. */
const LONGEST_ANSWER = 500;

/**
 * Decided anew at that moment, as if the approver refunded it themselves: it counts against their limits, and the books keep both names. Of two
 * approvers at once one answers.
 */
export const answerApprovalWith = ({ isVerified, hasProvider }: RefundSetting) =>
  defineAction({
    name: 'answer_refund_approval',
    method: 'put',
    path: '/refund-approvals/:approvalId/answer',
    params: z.object({ approvalId: anId }),
    body: z.strictObject({
      answer: z.enum(['approve', 'decline']),
      asked: aMoney,
      granted: aMoney.nullable(),
      isConfirmed: z.boolean().optional(),
      why: aText,
    }) satisfies z.ZodType<AnswerApproval>,
    permission: { right: 'edit' },
    findRepeated: async (tx, { ticketId, agent }, { approvalId, answer, granted }) => {
      const row = await readRow(tx, ticketId, approvalId);
      if (row?.answeredBy !== agent.id) return null;
      const isSame =
        answer === 'approve'
          ? row.state === 'approved' && row.grantedMinor === granted?.minor
          : row.state === 'declined';
      return isSame ? DONE : ANSWERED;
    },
    perform: async ({ tx, ticket, agent, policy, policyHash, directory, now }, input) => {
      const { approvalId, answer, asked, granted } = input;
      const { refunds } = policy;
      const row = await readRow(tx, ticket.id, approvalId);
      if (row === null || refunds === undefined) return refuse('not_found', 'No such request is on this ticket.');
      const tiers = tiersOf(policy, directory, agent);
      const right = mayApprove(refunds, { email: agent.email, tiers }, row.escalatedAt !== null);
      const refused = whyNotAnswered(row, { agentId: agent.id, isApprover: right !== null, now, ...input });
      if (refused) return refused;
      const why = input.why.trim();
      const answered = { answeredAt: now, answeredBy: agent.id, answer: why === '' ? null : why };
      const change = (state: 'approved' | 'declined', grantedMinor: number | null) =>
        tx
          .update(refundApprovals)
          .set({ ...answered, state, grantedMinor })
          .where(eq(refundApprovals.id, row.id));
      if (answer === 'decline' || granted === null) {
        await change('declined', null);
        await recordTicketChange(tx, {
          key: `refund-approval:${row.id}:declined`,
          ticketId: ticket.id,
          cause: 'agent',
          change: {
            note: withoutPlaceholders(
              `Refund of ${inNote(asked)} declined by ${agent.name}${why === '' ? '' : `\n\nReason:\n${why}`}`,
            ),
          },
        });
        return DONE;
      }
      const isCustomerVerified = await isVerified(tx, ticket.id, now);
      const ledger = await openLedger(tx);
      const stop = await readStop(tx);
      if (stop) return refuse('refunds_stopped', `Refunds are stopped: ${stop.why}`);
      const timeZone = policy.time_zone;
      const of = await paymentOf(tx, ticket, row, { timeZone, hasProvider });
      if ('kind' in of) return of;
      const { payment, found } = of;
      const decision = await judgeRefund(
        { tx, ledger, policy, directory, agent, ticket, now },
        {
          amount: granted,
          payment,
          isVerified: isCustomerVerified,
          isConfirmed: input.isConfirmed ?? false,
          isUnlimited: right === 'any',
        },
      );
      const notGranted = refuseRefund(decision, refunds.currency, payment);
      if (notGranted) return notGranted;
      const { requestId, agentId, reason, reasonCode } = row;
      const result =
        found === null
          ? await enterRefund(
              { tx, ledger, ticket, now, timeZone, policyHash },
              {
                amount: granted,
                payment,
                reason: reason ?? '',
                reasonCode,
                agent: { id: agentId, name: await nameOfAgent(tx, agentId) },
                approver: agent,
                requestId,
                rule: decision.rule,
              },
            )
          : await startRefund(tx, ledger, {
              requestId,
              ticket,
              agentId,
              found,
              amount: granted,
              isVerified: isCustomerVerified,
              reason,
              reasonCode,
              rule: decision.rule,
              policyHash,
              approvedBy: agent.id,
              timeZone,
              now,
            });
      if (result === false) return ANSWERED;
      if (result !== true && result.kind === 'refused') return result;
      await change('approved', granted.minor);
      return DONE;
    },
    audit: ({ approvalId, answer, granted }) => ({
      approvalId,
      answer,
      ...(granted && { grantedMinor: granted.minor, currency: granted.currency }),
    }),
  });

async function readRow(tx: Queryable, ticketId: number, approvalId: number): Promise<Row | null> {
  const [row] = await tx
    .select()
    .from(refundApprovals)
    .where(and(eq(refundApprovals.id, approvalId), eq(refundApprovals.ticketId, ticketId)));
  return row ?? null;
}

interface Answering extends AnswerApproval {
  readonly agentId: number;
  readonly isApprover: boolean;
  readonly now: Date;
}

function whyNotAnswered(
  row: Row,
  { agentId, isApprover, now, answer, asked, granted, why }: Answering,
): Refused | null {
  if (row.agentId === agentId) return refuse('forbidden', 'Nobody answers their own request.');
  if (!isApprover) return refuse('forbidden', 'The policy does not let you answer this request.');
  if (row.state !== 'open') return ANSWERED;
  if (now >= row.expiresAt) return refuse('too_late', 'This request has expired. It can be asked again.');
  if (asked.minor !== row.amountMinor || asked.currency !== row.currency)
    return refuse('approval_answered', 'The request is for another amount than the page showed. Open it again.');
  if (why.trim().length > LONGEST_ANSWER)
    return refuse('bad_request', `The reason may have ${LONGEST_ANSWER} characters.`, { fields: ['why'] });
  if (answer === 'decline') return null;
  if (granted === null || granted.currency !== row.currency || granted.minor > row.amountMinor)
    return refuse('bad_request', 'Grant the amount that is asked for, or less.', { fields: ['granted'] });
  return null;
}

/** `found`: at the provider; null: a person pays it. */
async function paymentOf(
  tx: Queryable,
  ticket: OfTicket,
  row: Row,
  { timeZone, hasProvider }: { timeZone: string; hasProvider: boolean },
): Promise<{ payment: JudgedPayment | null; found: FoundPayment | null } | Refused> {
  const { payment, paidMinor, paidOn, currency } = row;
  if (payment === null || paidMinor === null || paidOn === null) return { payment: null, found: null };
  if (!isByHand(payment)) {
    const found = await readFoundPayment(tx, ticket, payment);
    return found === null ? NOT_FOUND : { payment: judged(found, timeZone), found };
  }
  // It may have been found there since.
  if (await isAtStripe(tx, payment, hasProvider)) return AT_STRIPE;
  return { payment: { name: payment, paid: { minor: paidMinor, currency }, paidOn, dispute: null }, found: null };
}
