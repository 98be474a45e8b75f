// Decides about one refund by the policy and the books, while the ledger is open.
import { addDays, localDate, type Policy } from '@deskwright/shared';
import type { Money } from '@deskwright/shared/contract';
import { decideRefund, type RefundDecision } from '../decide/refund-decision.ts';
import type { Directory } from '../directory/directory.ts';
import type { Queryable } from '../platform/storage/database.ts';
import type { Agent } from '../sidebar/index.ts';
import { adoptRecent } from './adopt-recorded.ts';
import { tiersOf } from './agent-limit.ts';
import { namesOfCustomer } from './customers.ts';
import type { OpenLedger } from './ledger/ledger.ts';

export interface Judging {
  readonly tx: Queryable;
  readonly ledger: OpenLedger;
  readonly policy: Policy;
  readonly directory: Pick<Directory, 'groupId'>;
  /** Who makes the refund, or approves it. */
  readonly agent: Pick<Agent, 'id' | 'email' | 'role' | 'groupIds'>;
  readonly ticket: { readonly id: number; readonly category: string | null; readonly requesterId: number | null };
  readonly now: Date;
}

export interface JudgedRefund {
  readonly amount: Money;
  /** Null: it is not known which payment. What the books know of it counts, if they know it. */
  readonly payment: {
    /** As in the ledger: `manual:77`. */
    readonly name: string;
    readonly paid: Money;
    /** `2026-11-27` in the policy's time zone. */
    readonly paidOn: string;
    readonly isDisputed: boolean;
    /** By what the provider showed, minor units. Left out: only the books know. */
    readonly refundedMinor?: number;
  } | null;
  readonly isVerified: boolean;
  /** The agent said that the same amount once more is meant. */
  readonly isConfirmed: boolean;
  /** For an approver whom the policy names. */
  readonly isUnlimited?: boolean;
}

/** Amounts are in minor units of the policy's currency; where the policy has no refunds, everything is refused. */
export async function judgeRefund(
  { tx, ledger, policy, directory, agent, ticket, now }: Judging,
  { amount, payment, ...asked }: JudgedRefund,
): Promise<RefundDecision> {
  const { refunds } = policy;
  if (refunds === undefined) return NO_REFUNDS;
  const { currency } = refunds;
  await adoptRecent(tx, ledger, policy.time_zone, now);
  const today = localDate(now.getTime(), policy.time_zone);
  const days = Math.max(1, ...refunds.limits.map(({ per_customer: customer }) => customer?.days ?? 1));
  const customers = ticket.requesterId === null ? [] : await namesOfCustomer(tx, ticket.requesterId);
  const known = payment === null ? null : await ledger.payment(payment.name);
  const { email, role } = agent;
  return decideRefund(refunds, {
    amount: amount.minor,
    currency: amount.currency,
    agent: { email, role, tiers: tiersOf(policy, directory, agent) },
    category: ticket.category,
    payment: payment && {
      paid: known?.paid ?? payment.paid.minor,
      refunded: Math.max(known === null ? 0 : known.paid - known.refundable, payment.refundedMinor ?? 0),
      currency: known?.currency ?? payment.paid.currency,
      paidOn: payment.paidOn,
      isDisputed: payment.isDisputed,
    },
    today,
    used: {
      today: await ledger.used({ currency, agentId: agent.id, day: today }),
      customer: await ledger.usedByCustomer({ currency, customers, since: addDays(today, 1 - days) }),
      ticket: await ledger.used({ currency, ticketId: ticket.id }),
    },
    isSameAgain: await ledger.hasSame({
      amountMinor: amount.minor,
      currency: amount.currency,
      ticketId: ticket.id,
      payment: payment?.name ?? null,
    }),
    ...asked,
  });
}

const NO_REFUNDS: RefundDecision = {
  verdict: 'refused',
  upTo: 0,
  rule: 'may_refund',
  checks: [],
  because: { by: 'default' },
  line: null,
};
