// Shows the requests for approval on a ticket, and to approvers those that wait elsewhere.
import type { RefundApproval, RefundApprovals } from '@deskwright/shared/contract';
import { and, asc, desc, eq, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { people } from '../../directory/tables.ts';
import type { MatchedBy, Payment } from '../../payments/payment-provider.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import { type Asked, agentName, type CardSection, isClosed } from '../../sidebar/index.ts';
import { tickets } from '../../tickets/index.ts';
import { tiersOf } from '../agent-limit.ts';
import { disputedHere } from '../disputes/evidence.ts';
import { disputeStateOf, matchOf } from '../execution/found-payments.ts';
import { isByHand, orderOf } from '../ledger/entry.ts';
import { nameOfReasonCode } from '../refund-reason.ts';
import { foundPayments, refundApprovals } from '../tables.ts';
import { mayApprove } from './approvers.ts';

const answerer = alias(people, 'answerer');
/** Requests shown of other tickets. */
const MOST_ELSEWHERE = 10;
/** Among so many: those that the agent may not answer are left out. */
const MOST_READ = 200;
const MOST_HERE = 10;

/** Those that wait first, then the newest. */
const approvalsHere = ({ ticketId, requesterId }: Asked) => {
  const { id, agentId, amountMinor, currency, payment, reason, reasonCode, rule, state, askedAt } = refundApprovals;
  const { expiresAt, escalatedAt, answeredAt, answeredBy, grantedMinor, answer } = refundApprovals;
  const names = { by: sql<string | null>`${people.name}`, answerer: sql<string | null>`${answerer.name}` };
  const asked = { id, agentId, amountMinor, currency, payment, reason, reasonCode, rule, state, askedAt, expiresAt };
  const found = { instrument: foundPayments.instrument, matchedBy: foundPayments.matchedBy };
  return rowsOf({ ...asked, escalatedAt, answeredAt, answeredBy, grantedMinor, answer, ...names, ...found }, (select) =>
    select
      .from(refundApprovals)
      .leftJoin(people, eq(people.id, agentId))
      .leftJoin(answerer, eq(answerer.id, answeredBy))
      // As it was found for the ticket and the customer that it has now, as when it is granted.
      .leftJoin(
        foundPayments,
        and(
          eq(foundPayments.ticketId, refundApprovals.ticketId),
          eq(foundPayments.payment, payment),
          eq(foundPayments.requesterId, requesterId),
        ),
      )
      .where(eq(refundApprovals.ticketId, ticketId))
      .orderBy(desc(eq(state, 'open')), desc(id))
      .limit(MOST_HERE),
  );
};

/** Of tickets that the agent may see, oldest first. */
const approvalsElsewhere = ({ ticketId, agentId: asker, seen }: Asked) => {
  const { agentId, amountMinor, currency, escalatedAt, expiresAt } = refundApprovals;
  return rowsOf(
    { ticketId: refundApprovals.ticketId, agentId, amountMinor, currency, escalatedAt, expiresAt },
    (select) =>
      select
        .from(refundApprovals)
        .innerJoin(tickets, eq(tickets.id, refundApprovals.ticketId))
        .where(and(eq(refundApprovals.state, 'open'), ne(refundApprovals.ticketId, ticketId), ne(agentId, asker), seen))
        .orderBy(asc(refundApprovals.askedAt))
        .limit(MOST_READ),
  );
};

export const approvalsSection: CardSection = {
  key: 'refundApprovals',
  queries: [approvalsHere, approvalsElsewhere, disputedHere],
  read: ({ rows, agent, inForce, directory, ticket, now, isActedOn = true }): RefundApprovals => {
    const { policy } = inForce;
    const { refunds } = policy;
    const tiers = tiersOf(policy, directory, agent);
    const canApprove = (agentId: number, escalatedAt: Date | null, expiresAt: Date): boolean =>
      refunds !== undefined &&
      agentId !== agent.id &&
      expiresAt.getTime() > now &&
      agent.may.edit &&
      mayApprove(refunds, { email: agent.email, tiers }, escalatedAt !== null) !== null;
    const disputed = rows(disputedHere);
    const isAnyOpen = disputed.some((one) => disputeStateOf(one) === 'open');
    const isKeptBack = (asked: string | null): boolean => {
      if (asked === null) return disputed.length > 0;
      return isByHand(asked) ? isAnyOpen : disputed.some(({ payment }) => payment === asked);
    };
    const isOpen = isActedOn && !isClosed(ticket);
    return {
      here: rows(approvalsHere).map((row) => ({
        id: row.id,
        amount: { minor: row.amountMinor, currency: row.currency },
        payment: describePayment(row),
        isDisputed: isKeptBack(row.payment),
        reason: row.reason,
        reasonCode: nameOfReasonCode(policy, row.reasonCode),
        rule: row.rule,
        by: agentName(row.by, row.agentId),
        at: row.askedAt.toISOString(),
        until: row.expiresAt.toISOString(),
        state: row.state === 'open' && row.expiresAt.getTime() <= now ? 'expired' : row.state,
        isEscalated: row.escalatedAt !== null,
        answer:
          row.answeredAt === null || row.answeredBy === null
            ? null
            : { by: agentName(row.answerer, row.answeredBy), at: row.answeredAt.toISOString(), why: row.answer },
        granted: row.grantedMinor === null ? null : { minor: row.grantedMinor, currency: row.currency },
        mayAnswer: isOpen && row.state === 'open' && canApprove(row.agentId, row.escalatedAt, row.expiresAt),
        mayWithdraw: isOpen && row.state === 'open' && row.agentId === agent.id,
      })),
      elsewhere: rows(approvalsElsewhere)
        .filter(({ agentId, escalatedAt, expiresAt }) => canApprove(agentId, escalatedAt, expiresAt))
        .slice(0, MOST_ELSEWHERE)
        .map((row) => ({ ticketId: row.ticketId, amount: { minor: row.amountMinor, currency: row.currency } })),
    };
  },
  ifBroken: { here: [], elsewhere: [] },
};

interface AskedPayment {
  readonly payment: string | null;
  readonly instrument: Payment['instrument'] | null;
  readonly matchedBy: MatchedBy | null;
}

/** Pages that were opened before an upgrade write it as it is. */
const UNKNOWN: Payment['instrument'] = { kind: 'payment', brand: null, last4: null };

function describePayment({ payment, instrument, matchedBy }: AskedPayment): RefundApproval['payment'] {
  if (payment === null) return null;
  if (isByHand(payment)) return { order: orderOf(payment) };
  const isGone = instrument === null;
  return { payment, instrument: instrument ?? UNKNOWN, isGone, match: matchOf(matchedBy ?? 'ticket_field') };
}
