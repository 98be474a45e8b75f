// Computes how much the agent may refund today, and who may approve more.
import { type Policy, toMinorUnits } from '@deskwright/shared';
import type { Money, RefundCard } from '@deskwright/shared/contract';
import { and, eq, gte, lte, sql } from 'drizzle-orm';
import { refundLimit } from '../../decide/limits.ts';
import { people } from '../../directory/tables.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import { refunds } from '../tables.ts';
import type { Asked, CardContext, CardValues, TicketContext } from './card-context.ts';
import { isClosed } from './head-card.ts';
import { namedTier } from './names.ts';

/** The longest local day, including clock changes. */
const LONGEST_DAY_MS = 48 * 3_600_000;

/**
 * Null: the policy does not configure refunds, the ticket is closed, or the agent has no known limit while the group of a tier is not loaded yet, which
 * may be theirs: no card is better than a wrong "nothing".
 */
export function readRefund(context: CardContext): RefundCard | null {
  const { ticket, agent, inForce, directory, rows } = context;
  const { policy } = inForce;
  if (policy.refunds === undefined || isClosed(ticket)) return null;
  const { currency, approve_above_limit: approvers, needs_verified_customer_above: verifyAbove } = policy.refunds;
  const usedToday = usedOnDayOf(context);
  const names = new Map(rows(approverNames).map(({ address, name }) => [address, name]));
  const groups = new Map(policy.tiers.map(({ id, group }) => [id, directory?.groupId(group) ?? null]));
  const tiers = policy.tiers.filter(({ id }) => agent.groupIds.includes(groups.get(id) ?? Number.NaN));
  const limit = refundLimit(policy.refunds, { email: agent.email, tiers: tiers.map(({ id }) => id), usedToday });
  const mayBeTheirs = policy.refunds.limits.some(({ tier }) => tier !== undefined && groups.get(tier) === null);
  if (limit.because.by === 'default' && mayBeTheirs) return null;
  const money = (minor: number): Money => ({ minor, currency });
  const [firstTier] = tiers;
  return {
    aboutMoney: isAboutMoney(policy, ticket.category),
    mayApprove: approvers.some((email) => email.toLowerCase() === agent.email),
    perRefund: money(limit.perRefund),
    perDay: money(limit.perDay),
    usedToday: money(usedToday),
    leftToday: money(limit.leftToday),
    upTo: money(limit.upTo),
    because: namedBecause(policy, limit.because, firstTier),
    approvers: approvers.map((email) => names.get(email.toLowerCase()) ?? email),
    verifyAbove: verifyAbove === undefined ? null : money(toMinorUnits(verifyAbove, currency)),
  };
}

/** Where no category of the policy says so, every ticket may be about money. */
function isAboutMoney({ categories }: Policy, category: string | null): boolean {
  const isSaid = categories.some(({ money }) => money !== undefined);
  return isSaid ? (categories.find(({ id }) => id === category)?.money ?? false) : true;
}

function namedBecause(
  policy: Policy,
  because: ReturnType<typeof refundLimit>['because'],
  tier: Policy['tiers'][number] | undefined,
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

/** Minor units granted by the agent on the local day of `now`. */
function usedOnDayOf({ rows, inForce, now }: CardContext): number {
  const dayOf = dayIn(inForce.policy.time_zone);
  const today = dayOf(now);
  const granted = rows(grantedLately).filter(({ at }) => dayOf(at.getTime()) === today);
  return granted.reduce((sum, { amount }) => sum + amount, 0);
}

/** Creating a formatter takes longer than formatting all refunds of a day. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns the local day of a time (epoch milliseconds) in a time zone, as comparable text. */
function dayIn(timeZone: string): (at: number) => string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return (at) => format.format(at);
}
