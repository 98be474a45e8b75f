// Decides about one refund by the policy and the books.
import { addDays, localDate, type Policy } from '@deskwright/shared';
import type { Money } from '@deskwright/shared/contract';
import { type AskingForRefund, decideRefund, type RefundDecision } from '../decide/refund-decision.ts';
import type { Refunds } from '../decide/refund-line.ts';
import type { Directory } from '../directory/directory.ts';
import type { Queryable } from '../platform/storage/database.ts';
import type { Agent } from '../sidebar/index.ts';
import { tiersOf } from './agent-limit.ts';
import { isByHand } from './ledger/entry.ts';
import type { OpenLedger } from './ledger/ledger.ts';
import { adoptRecent } from './ledger/recorded-refunds.ts';
import { type BookFacts, readFacts } from './read-facts.ts';

interface Asking {
  readonly tx: Queryable;
  readonly policy: Policy;
  /** Who makes the refund, or approves it. */
  readonly agent: Pick<Agent, 'id' | 'email' | 'role'> & { readonly tiers: readonly string[] };
  readonly ticket: { readonly id: number; readonly category: string | null; readonly requesterId: number | null };
  readonly now: Date;
}

export interface Judging extends Omit<Asking, 'agent'> {
  readonly ledger: OpenLedger;
  readonly directory: Pick<Directory, 'groupId'>;
  readonly agent: Pick<Agent, 'id' | 'email' | 'role' | 'groupIds'>;
}

/** A payment as the rules see it. */
export interface JudgedPayment {
  /** As in the ledger: `manual:77`. */
  readonly name: string;
  readonly paid: Money;
  /** `2026-11-27` in the policy's time zone. */
  readonly paidOn: string;
  readonly dispute: 'open' | 'lost' | null;
  /** Only a field of the ticket names it: verifying the customer does not show that it is theirs. */
  readonly isUnproven?: boolean;
  /** By what the provider showed, minor units. Left out: only the books know. */
  readonly refundedMinor?: number;
}

export interface JudgedRefund {
  readonly amount: Money;
  /** Null: it is not known which payment. What the books know of it counts, if they know it. */
  readonly payment: JudgedPayment | null;
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
  const { refunds } = policy;
  if (refunds === undefined) return NO_REFUNDS;
  const asking = { ...on, agent: { ...agent, tiers: tiersOf(policy, directory, agent) } };
  const facts = await factsOf(asking, refunds, refund);
  if (!facts.isBehind) return decideRefund(refunds, inQuestion(asking, refund, facts));
  await adoptRecent(tx, ledger, policy.time_zone, now);
  return decideRefund(refunds, inQuestion(asking, refund, await factsOf(asking, refunds, refund)));
}

/** What would be decided now. */
export async function foresee(on: Asking, refund: JudgedRefund): Promise<RefundDecision> {
  const { refunds } = on.policy;
  return refunds === undefined
    ? NO_REFUNDS
    : decideRefund(refunds, inQuestion(on, refund, await factsOf(on, refunds, refund)));
}

const todayOf = ({ policy, now }: Pick<Asking, 'policy' | 'now'>): string => localDate(now.getTime(), policy.time_zone);

function factsOf(asking: Asking, { currency, limits }: Refunds, { amount, payment }: JudgedRefund): Promise<BookFacts> {
  const { tx, agent, ticket, now } = asking;
  const today = todayOf(asking);
  const days = Math.max(1, ...limits.map(({ per_customer: customer }) => customer?.days ?? 1));
  return readFacts(tx, {
    agentId: agent.id,
    ticketId: ticket.id,
    requesterId: ticket.requesterId,
    payment: payment?.name ?? null,
    amountMinor: amount.minor,
    askedCurrency: amount.currency,
    currency,
    today,
    since: addDays(today, 1 - days),
    now,
  });
}

function inQuestion(
  asking: Asking,
  { amount, payment, ...asked }: JudgedRefund,
  { used, payment: known, isSameAgain, disputed }: BookFacts,
): AskingForRefund {
  const { email, role, tiers } = asking.agent;
  // A refund by hand may be of any of them under another name.
  const suspected = payment === null || isByHand(payment.name) ? disputed : [];
  const lost = suspected.filter(({ state }) => state === 'lost');
  const isAsMuch = ({ minor, currency }: Money) =>
    [amount, payment?.paid].some((one) => one?.minor === minor && one.currency === currency);
  return {
    amount: amount.minor,
    currency: amount.currency,
    agent: { email, role, tiers },
    category: asking.ticket.category,
    payment: payment && {
      paid: known?.paid ?? payment.paid.minor,
      refunded: Math.max(known === null ? 0 : known.paid - known.refundable, payment.refundedMinor ?? 0),
      currency: known?.currency ?? payment.paid.currency,
      paidOn: payment.paidOn,
      isDisputed: payment.dispute !== null,
    },
    today: todayOf(asking),
    used,
    isSameAgain: isSameAgain || lost.some((one) => isAsMuch(one.amount)),
    isAnyDisputed: suspected.some(({ state }) => state === 'open'),
    isAnyLost: lost.length > 0,
    ...asked,
    isVerified: asked.isVerified && payment?.isUnproven !== true,
  };
}

const NO_REFUNDS: RefundDecision = {
  verdict: 'refused',
  upTo: 0,
  rule: 'may_refund',
  checks: [],
  because: { by: 'default' },
  line: null,
};
