// Decides about one refund by the policy and the books.
import { addDays, localDate, type Policy } from '@deskwright/shared';
import type { Money } from '@deskwright/shared/contract';
import { eq } from 'drizzle-orm';
import { type AskingForRefund, decideRefund, type RefundDecision } from '../decide/refund-decision.ts';
import type { Refunds } from '../decide/refund-line.ts';
import type { Directory } from '../directory/directory.ts';
import type { Queryable } from '../platform/storage/database.ts';
import type { Agent } from '../sidebar/index.ts';
import { adoptRecent } from './adopt-recorded.ts';
import { tiersOf } from './agent-limit.ts';
import { namesOfCustomers } from './customers.ts';
import type { Books, OpenLedger } from './ledger/ledger.ts';
import { formerRequesters } from './tables.ts';

interface Asking {
  readonly tx: Queryable;
  readonly books: Books;
  readonly policy: Policy;
  /** Who makes the refund, or approves it. */
  readonly agent: Pick<Agent, 'id' | 'email' | 'role'> & { readonly tiers: readonly string[] };
  readonly ticket: { readonly id: number; readonly category: string | null; readonly requesterId: number | null };
  readonly now: Date;
}

export interface Judging extends Omit<Asking, 'books' | 'agent'> {
  readonly ledger: OpenLedger;
  readonly directory: Pick<Directory, 'groupId'>;
  readonly agent: Pick<Agent, 'id' | 'email' | 'role' | 'groupIds'>;
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

/** While the ledger is open, so that it holds until the transaction ends. Where the policy has no refunds, everything is refused. */
export async function judgeRefund(
  { ledger, directory, agent, ...on }: Judging,
  refund: JudgedRefund,
): Promise<RefundDecision> {
  const { tx, policy, now } = on;
  if (policy.refunds !== undefined) await adoptRecent(tx, ledger, policy.time_zone, now);
  const tiers = tiersOf(policy, directory, agent);
  return foresee({ ...on, books: ledger, agent: { ...agent, tiers } }, refund);
}

/** What would be decided now. */
export async function foresee(on: Asking, refund: JudgedRefund): Promise<RefundDecision> {
  const { refunds } = on.policy;
  return refunds === undefined ? NO_REFUNDS : decideRefund(refunds, await readFacts(on, refunds, refund));
}

async function readFacts(
  { tx, books, policy, agent, ticket, now }: Asking,
  { currency, limits }: Refunds,
  { amount, payment, ...asked }: JudgedRefund,
): Promise<AskingForRefund> {
  const today = localDate(now.getTime(), policy.time_zone);
  const days = Math.max(1, ...limits.map(({ per_customer: customer }) => customer?.days ?? 1));
  const customers = await customersOf(tx, books, ticket, payment?.name ?? null);
  const known = payment === null ? null : await books.payment(payment.name);
  const { email, role, tiers } = agent;
  return {
    amount: amount.minor,
    currency: amount.currency,
    agent: { email, role, tiers },
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
      today: await books.used({ currency, agentId: agent.id, day: today }),
      customer: await books.usedByCustomer({ currency, customers, since: addDays(today, 1 - days) }),
      ticket: await books.used({ currency, ticketId: ticket.id }),
    },
    isSameAgain: await books.hasSame({
      amountMinor: amount.minor,
      currency: amount.currency,
      ticketId: ticket.id,
      payment: payment?.name ?? null,
    }),
    ...asked,
  };
}

/** Also those whose ticket it was, and who got refunds on it or of the payment before: another customer on the ticket makes no room. */
async function customersOf(
  tx: Queryable,
  books: Books,
  { id, requesterId }: Asking['ticket'],
  payment: string | null,
): Promise<string[]> {
  const former = await tx.select().from(formerRequesters).where(eq(formerRequesters.ticketId, id));
  const ids = [...former.map((row) => row.requesterId), ...(requesterId === null ? [] : [requesterId])];
  return [...new Set([...(await namesOfCustomers(tx, ids)), ...(await books.customersOf({ ticketId: id, payment }))])];
}

const NO_REFUNDS: RefundDecision = {
  verdict: 'refused',
  upTo: 0,
  rule: 'may_refund',
  checks: [],
  because: { by: 'default' },
  line: null,
};
