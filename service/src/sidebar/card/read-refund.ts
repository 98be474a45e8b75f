// Shows how much the agent may refund today, and who may approve more.
import { type Policy, toMinorUnits } from '@deskwright/shared';
import type { Money, RefundCard } from '@deskwright/shared/contract';
import { and, eq, gte, lte, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import { LONGEST_DAY_MS, limitOfAgent } from '../refund-limit.ts';
import { refunds } from '../tables.ts';
import type { Asked, CardContext, CardValues, TicketContext } from './card-context.ts';
import { isClosed } from './head-card.ts';
import { namedTier } from './names.ts';

/** Null: the ticket is closed, or the agent's limit is not known (`limitOfAgent`). */
export function readRefund(context: CardContext): RefundCard | null {
  const { ticket, agent, inForce, directory, now, rows } = context;
  const { policy } = inForce;
  if (policy.refunds === undefined || isClosed(ticket)) return null;
  const limit = limitOfAgent({ policy, directory, agent, granted: rows(grantedLately), now });
  if (limit === null) return null;
  const { currency, approve_above_limit: approvers, needs_verified_customer_above: verifyAbove } = policy.refunds;
  const names = new Map(rows(approverNames).map(({ address, name }) => [address, name]));
  const money = (minor: number): Money => ({ minor, currency });
  return {
    aboutMoney: isAboutMoney(policy, ticket.category),
    mayApprove: mayApprove(policy.refunds, agent.email),
    perRefund: money(limit.perRefund),
    perDay: money(limit.perDay),
    usedToday: money(limit.usedToday),
    leftToday: money(limit.leftToday),
    upTo: money(limit.upTo),
    because: namedBecause(policy, limit),
    approvers: approvers.map((email) => names.get(email.toLowerCase()) ?? email),
    verifyAbove: verifyAbove === undefined ? null : money(toMinorUnits(verifyAbove, currency)),
  };
}

/** @param email in lower case */
function mayApprove({ approve_above_limit }: NonNullable<Policy['refunds']>, email: string | null): boolean {
  return approve_above_limit.some((approver) => approver.toLowerCase() === email);
}

/** Where no category of the policy says so, every ticket may be about money. */
function isAboutMoney({ categories }: Policy, category: string | null): boolean {
  const isSaid = categories.some(({ money }) => money !== undefined);
  return isSaid ? (categories.find(({ id }) => id === category)?.money ?? false) : true;
}

function namedBecause(
  policy: Policy,
  { because, tier }: NonNullable<ReturnType<typeof limitOfAgent>>,
): RefundCard['because'] {
  switch (because.by) {
    case 'agent':
      return because;
    case 'tier':
      return { by: 'tier', tierName: namedTier(policy, because.tier).name };
    case 'default':
      return { by: 'default', ...(tier === undefined ? {} : { tierName: tier.name }) };
  }
}

/** Granted by the agent around the day of `now`: a bounded range, which PostgreSQL expects to be small. */
const grantedLately = ({ agentId }: Asked) =>
  rowsOf({ amount: refunds.amountMinor, at: refunds.grantedAt }, (select) =>
    select
      .from(refunds)
      .where(
        and(
          eq(refunds.agentId, agentId),
          eq(refunds.state, 'granted'),
          eq(refunds.currency, sql.placeholder('currency')),
          gte(refunds.grantedAt, sql.placeholder('grantedFrom')),
          lte(refunds.grantedAt, sql.placeholder('grantedTo')),
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

export const REFUND_QUERIES = [grantedLately, approverNames];

/** None where the policy does not speak of refunds. */
export function refundValues({ inForce, now }: TicketContext): CardValues {
  const { currency = null, approve_above_limit: approvers = [] } = inForce.policy.refunds ?? {};
  return {
    currency,
    approvers: approvers.map((email) => email.toLowerCase()),
    grantedFrom: new Date(now - LONGEST_DAY_MS),
    grantedTo: new Date(now + LONGEST_DAY_MS),
  };
}
