// Counts what two policies decide of past refunds, as they come.
import { REFUND_VERDICTS, type RefundVerdict } from '@deskwright/shared';
import type { PastRefund } from './past-refund.ts';

interface Counted {
  readonly refunds: number;
  /** Minor units, by currency. */
  readonly amounts: Readonly<Record<string, number>>;
}

export interface RefundAnswer {
  readonly verdict: RefundVerdict;
  /** The part of the policy that allows it, or the rule that does not. */
  readonly rule: string;
}

interface RefundChange extends Counted {
  readonly before: RefundAnswer;
  readonly after: RefundAnswer;
  /** The first ones. */
  readonly samples: readonly {
    readonly ticket: string | null;
    readonly day: string;
    readonly amount: number;
    readonly currency: string;
  }[];
}

interface AgentDay {
  readonly day: string;
  readonly agent: string;
  readonly currency: string;
  readonly made: number;
  readonly before: number;
  readonly after: number;
}

export interface RefundCounts {
  readonly refunds: number;
  /** Local days; null: there is none. */
  readonly oldest: string | null;
  readonly newest: string | null;
  readonly verdicts: Readonly<Record<'before' | 'after', Readonly<Record<RefundVerdict, Counted>>>>;
  readonly changed: number;
  /** Most refunds first. */
  readonly changes: readonly RefundChange[];
  /** Of each agent and day: what was refunded, and what of it each policy lets the agent do alone. Minor units. */
  readonly days: readonly AgentDay[];
}

export interface CountOptions {
  /** Local day: earlier ones are replayed, and not counted; null: all are. */
  readonly since: string | null;
  /** How many are kept of each change. */
  readonly samples: number;
}

const NONE: Counted = { refunds: 0, amounts: {} };

export function countRefunds({ since, samples }: CountOptions) {
  let refunds = 0;
  let changed = 0;
  let oldest: string | null = null;
  let newest: string | null = null;
  const verdicts = { before: noVerdicts(), after: noVerdicts() };
  const changes = new Map<string, RefundChange>();
  const days = new Map<string, AgentDay>();

  function addChange(refund: PastRefund, day: string, before: RefundAnswer, after: RefundAnswer): void {
    changed += 1;
    const key = [before.verdict, before.rule, after.verdict, after.rule].join('\n');
    const known = changes.get(key) ?? { before, after, ...NONE, samples: [] };
    const { ticket, amount, currency } = refund;
    const kept = known.samples.length < samples ? [...known.samples, { ticket, day, amount, currency }] : known.samples;
    changes.set(key, { ...known, ...withOne(known, refund), samples: kept });
  }

  function addDay(
    { agent, amount, currency }: PastRefund,
    day: string,
    before: RefundAnswer,
    after: RefundAnswer,
  ): void {
    const key = [day, agent.key, currency].join('\n');
    const known = days.get(key) ?? { day, agent: agent.name, currency, made: 0, before: 0, after: 0 };
    days.set(key, {
      ...known,
      made: known.made + amount,
      before: known.before + (before.verdict === 'allowed' ? amount : 0),
      after: known.after + (after.verdict === 'allowed' ? amount : 0),
    });
  }

  return {
    add: (refund: PastRefund, day: string, before: RefundAnswer, after: RefundAnswer): void => {
      if (since !== null && day < since) return;
      refunds += 1;
      if (oldest === null || day < oldest) oldest = day;
      if (newest === null || day > newest) newest = day;
      verdicts.before[before.verdict] = withOne(verdicts.before[before.verdict], refund);
      verdicts.after[after.verdict] = withOne(verdicts.after[after.verdict], refund);
      if (before.verdict !== after.verdict) addChange(refund, day, before, after);
      addDay(refund, day, before, after);
    },
    sum: (): RefundCounts => ({
      refunds,
      oldest,
      newest,
      verdicts,
      changed,
      changes: [...changes.values()].toSorted((a, b) => b.refunds - a.refunds),
      days: [...days.values()].toSorted(
        (a, b) => a.day.localeCompare(b.day) || a.agent.localeCompare(b.agent) || a.currency.localeCompare(b.currency),
      ),
    }),
  };
}

const noVerdicts = () =>
  Object.fromEntries(REFUND_VERDICTS.map((verdict) => [verdict, NONE])) as Record<RefundVerdict, Counted>;

const withOne = ({ refunds, amounts }: Counted, { currency, amount }: PastRefund): Counted => ({
  refunds: refunds + 1,
  amounts: { ...amounts, [currency]: (amounts[currency] ?? 0) + amount },
});
