// Computes how much the agent may refund today, and who may approve more.
import { toMinorUnits } from '@deskwright/shared';
import type { Money, RefundCard } from '@deskwright/shared/contract';
import { and, eq, gte, inArray, sql } from 'drizzle-orm';
import { refundLimit } from '../../decide/refund-limit.ts';
import { people } from '../../directory/tables.ts';
import { refunds } from '../tables.ts';
import type { CardContext } from './card-context.ts';
import { dayIn } from './day-in.ts';
import { isClosed } from './is-closed.ts';
import { namedTier } from './names.ts';

/** No local day is longer, whatever the clocks do. */
const LONGEST_DAY_MS = 48 * 3_600_000;

/**
 * Null: the policy does not speak of refunds, the ticket is closed, or the agent has no limit that we know of while Zendesk has not told a tier's group, which
 * may be theirs: better no card than a false "nothing".
 */
export async function readRefund(context: CardContext): Promise<RefundCard | null> {
  const { ticket, agent, inForce, directory } = context;
  const { policy } = inForce;
  if (policy.refunds === undefined || isClosed(ticket)) return null;
  const { currency, approve_above_limit: approvers, needs_verified_customer_above: verifyAbove } = policy.refunds;
  const [usedToday, names] = await Promise.all([readUsedToday(context, currency), readNames(context, approvers)]);
  const groups = new Map(policy.tiers.map(({ id, group }) => [id, directory?.groupId(group) ?? null]));
  const tiers = policy.tiers.filter(({ id }) => agent.groupIds.includes(groups.get(id) ?? Number.NaN));
  const limit = refundLimit(policy.refunds, { email: agent.email, tiers: tiers.map(({ id }) => id), usedToday });
  const mayBeTheirs = policy.refunds.limits.some(({ tier }) => tier !== undefined && groups.get(tier) === null);
  if (limit.because.by === 'default' && mayBeTheirs) return null;
  const money = (minor: number): Money => ({ minor, currency });
  return {
    perRefund: money(limit.perRefund),
    perDay: money(limit.perDay),
    usedToday: money(usedToday),
    leftToday: money(limit.leftToday),
    upTo: money(limit.upTo),
    because:
      limit.because.by === 'tier'
        ? { by: 'tier', tierName: namedTier(policy, limit.because.tier).name }
        : limit.because,
    approvers: approvers.map((email) => names.get(email.toLowerCase()) ?? email),
    verifyAbove: verifyAbove === undefined ? null : money(toMinorUnits(verifyAbove, currency)),
  };
}

/** Minor units granted by the agent on the local day of `now`. Compared day by day, so no midnight must be found. */
async function readUsedToday({ db, agent, inForce, now }: CardContext, currency: string): Promise<number> {
  const rows = await db
    .select({ amount: refunds.amountMinor, at: refunds.grantedAt })
    .from(refunds)
    .where(
      and(
        eq(refunds.agentId, agent.id),
        eq(refunds.state, 'granted'),
        eq(refunds.currency, currency),
        gte(refunds.grantedAt, new Date(now - LONGEST_DAY_MS)),
      ),
    );
  const dayOf = dayIn(inForce.policy.time_zone);
  const today = dayOf(now);
  return rows.filter(({ at }) => dayOf(at.getTime()) === today).reduce((sum, { amount }) => sum + amount, 0);
}

/** By address in small letters. */
async function readNames({ db }: CardContext, emails: readonly string[]): Promise<Map<string, string>> {
  if (emails.length === 0) return new Map();
  const address = sql<string>`lower(${people.email})`;
  const rows = await db
    .select({ address, name: people.name })
    .from(people)
    .where(
      and(
        inArray(
          address,
          emails.map((email) => email.toLowerCase()),
        ),
        // Written out, as in the index that holds only our own people.
        sql`${people.role} <> 'end-user'`,
      ),
    );
  return new Map(rows.map((row) => [row.address, row.name]));
}
