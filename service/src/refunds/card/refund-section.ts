// Shows how much the agent may refund today, and who may approve more.
import { localDate, type Policy, toMinorUnits } from '@deskwright/shared';
import type { Money, RefundCard } from '@deskwright/shared/contract';
import { and, eq, sql } from 'drizzle-orm';
import { hasApprovers } from '../../decide/refund-decision.ts';
import { people } from '../../directory/tables.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import {
  type Asked,
  type CardContext,
  type CardSection,
  type CardValues,
  isClosed,
  namedTier,
  type TicketContext,
} from '../../sidebar/index.ts';
import { limitOfAgent } from '../agent-limit.ts';
import { disputedHere } from '../disputes/evidence.ts';
import { disputeStateOf } from '../execution/found-payments.ts';
import { countsFor, USED } from '../ledger/read-balances.ts';
import { ledgerEntries } from '../tables.ts';

/** Null: the ticket is closed, or the agent's limit is not known (`limitOfAgent`). */
function readRefund(context: CardContext): RefundCard | null {
  const { ticket, agent, inForce, directory, rows } = context;
  const { policy } = inForce;
  if (policy.refunds === undefined || isClosed(ticket)) return null;
  const usedToday = Number(rows(usedOnDay)[0]?.used ?? 0);
  const limit = limitOfAgent({ policy, directory, agent, usedToday, category: ticket.category });
  if (limit === null) return null;
  const { currency, approve_above_limit: approvers, needs_verified_customer_above: verifyAbove } = policy.refunds;
  const names = new Map(rows(approverNames).map(({ address, name }) => [address, name]));
  const disputes = rows(disputedHere).map(disputeStateOf);
  const money = (minor: number): Money => ({ minor, currency });
  return {
    aboutMoney: isAboutMoney(policy, ticket.category),
    mayApprove: mayApprove(policy.refunds, agent.email),
    perRefund: money(limit.perRefund),
    share: limit.share,
    perDay: money(limit.perDay),
    usedToday: money(usedToday),
    leftToday: money(limit.leftToday),
    upTo: money(limit.upTo),
    because: namedBecause(policy, limit),
    approvers: approvers.map((email) => names.get(email.toLowerCase()) ?? email),
    mayAsk: limit.perRefund > 0 && limit.perDay > 0 && hasApprovers(policy.refunds),
    isAnyDisputed: disputes.includes('open'),
    needsPayment: policy.refunds.needs_payment || limit.needsPayment || disputes.includes('lost'),
    verifyAbove: verifyAbove === undefined ? null : money(toMinorUnits(verifyAbove, currency)),
    reasonCodes: policy.refunds.reason_codes,
  };
}

/** @param email in lower case */
function mayApprove({ approve_above_limit }: NonNullable<Policy['refunds']>, email: string | null): boolean {
  return approve_above_limit.some((approver) => approver.toLowerCase() === email);
}

/** Where no category of the policy says so, every ticket may be about money. */
function isAboutMoney({ categories }: Policy, category: string | null): boolean {
  const isStated = categories.some(({ money }) => money !== undefined);
  return isStated ? (categories.find(({ id }) => id === category)?.money ?? false) : true;
}

function namedBecause(
  policy: Policy,
  { because, tier }: NonNullable<ReturnType<typeof limitOfAgent>>,
): RefundCard['because'] {
  switch (because.by) {
    case 'agent':
    case 'role':
      return because;
    case 'tier':
      return { by: 'tier', tierName: namedTier(policy, because.tier).name };
    case 'default':
      return { by: 'default', ...(tier === undefined ? {} : { tierName: tier.name }) };
  }
}

const usedOnDay = ({ agentId }: Asked) =>
  rowsOf({ used: USED }, (select) =>
    select
      .from(ledgerEntries)
      .where(
        and(
          countsFor(agentId),
          eq(ledgerEntries.day, sql.placeholder('refundDay')),
          eq(ledgerEntries.currency, sql.placeholder('currency')),
        ),
      ),
  );

/** By address in lower case. */
const approverNames = () => {
  const address = sql<string>`lower(${people.email})`;
  return rowsOf({ address, name: people.name }, (select) =>
    select
      .from(people)
      // Spelled exactly like the condition of the partial index on agents.
      .where(sql`${address} = ANY(${sql.placeholder('approvers')}::text[]) AND ${people.role} <> 'end-user'`),
  );
};

/** None where the policy does not speak of refunds. */
function refundValues({ inForce, now }: TicketContext): CardValues {
  const { currency = null, approve_above_limit: approvers = [] } = inForce.policy.refunds ?? {};
  return {
    currency,
    approvers: approvers.map((email) => email.toLowerCase()),
    refundDay: localDate(now, inForce.policy.time_zone),
  };
}

export const refundSection: CardSection = {
  key: 'refund',
  queries: [usedOnDay, approverNames, disputedHere],
  values: refundValues,
  read: readRefund,
  ifBroken: null,
};
