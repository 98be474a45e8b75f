// Judges whether an agent refunds, or a customer gets, more on a day than chance explains.
import { FEWEST_WEEKS as FEWEST_DAYS, judgeRise } from './rising-counts.ts';

/** What was refunded and given on one day by an agent, or to a customer. */
export interface RefundDay {
  /** How many. */
  readonly n: number;
  /** Minor units of one currency, and the sum of the squares of the amounts. */
  readonly sum: number;
  readonly squares: number;
}

interface Burst {
  readonly isOn: boolean;
  /** How many, and how much in minor units, were to be expected on a day; null: too few days are known, which is no burst. */
  readonly usual: { readonly n: number; readonly sum: number } | null;
}

/** Simulated with the same rate every day, chance raises it for an agent on fewer than one of 1,000 days. */
const LIMITS = { times: 2, beginsBelow: 1e-4, endsAbove: 0.1 };

/**
 * Compares an agent's day with their own days on which they refunded anything, or, while they have too few, with those of all agents. It is a burst if
 * they are more, or worth more, than chance explains (`judgeRise`). The sum of randomly many amounts varies as a Poisson number of amounts of
 * `squares / sum` each: its first two moments are the same (compound Poisson distribution).
 * @param atLeast fewer, or less than as many usual amounts, are never a burst
 */
export function judgeAgentDay(
  today: RefundDay,
  { own, all }: { own: readonly RefundDay[]; all: readonly RefundDay[] },
  { wasOn, atLeast }: { wasOn: boolean; atLeast: number },
): Burst {
  const past = own.length >= FEWEST_DAYS ? own : all;
  const limits = { ...LIMITS, atLeast };
  const byCount = judgeRise(
    today.n,
    past.map(({ n }) => n),
    wasOn,
    limits,
  );
  if (byCount.expected === null) return { isOn: false, usual: null };
  const unit = total(past, 'sum') === 0 ? null : total(past, 'squares') / total(past, 'sum');
  const units = (sum: number, of: number): number => Math.floor(sum / of);
  const bySum =
    unit !== null &&
    judgeRise(
      units(today.sum, unit),
      past.map(({ sum }) => units(sum, unit)),
      wasOn,
      limits,
    ).isRising;
  return { isOn: byCount.isRising || bySum, usual: { n: byCount.expected, sum: total(past, 'sum') / past.length } };
}

/**
 * Compares a customer's day with the days of all customers who got anything: few have a past of their own. Each such day has one, so what
 * is beyond the first is counted. Amounts are not judged: they are those of the customer's orders.
 */
export function judgeCustomerDay(
  today: RefundDay,
  all: readonly RefundDay[],
  { wasOn, atLeast }: { wasOn: boolean; atLeast: number },
): Burst {
  const beyondFirst = all.map(({ n }) => n - 1);
  const { isRising, expected } = judgeRise(today.n - 1, beyondFirst, wasOn, { ...LIMITS, atLeast: atLeast - 1 });
  return {
    isOn: isRising,
    usual: expected === null ? null : { n: expected + 1, sum: total(all, 'sum') / all.length },
  };
}

const total = (days: readonly RefundDay[], key: keyof RefundDay): number =>
  days.reduce((sum, day) => sum + day[key], 0);
