// Decides past refunds under two policies, each on the facts of its moment, and says what differs.
import { type Policy, REFUND_VERDICTS, type RefundVerdict } from '@deskwright/shared';
import { decideRefund } from '../../decide/refund-decision.ts';
import type { Compared } from '../summarise.ts';
import type { PastEvent, PastRefund } from './past-refund.ts';
import { replayBooks } from './replay-books.ts';

interface Counted {
  readonly refunds: number;
  /** Minor units, by currency. */
  readonly amounts: Readonly<Record<string, number>>;
}

interface Answer {
  readonly verdict: RefundVerdict;
  /** The part of the policy that allows it, or the rule that does not. */
  readonly rule: string;
}

interface RefundChange extends Counted {
  readonly before: Answer;
  readonly after: Answer;
  /** The first ones. */
  readonly samples: readonly {
    readonly ticket: string | null;
    readonly day: string;
    readonly amount: number;
    readonly currency: string;
  }[];
}

export interface RefundBacktest {
  readonly policies: { readonly before: string; readonly after: string };
  readonly refunds: number;
  /** Local days; null: there is none. */
  readonly oldest: string | null;
  readonly newest: string | null;
  readonly verdicts: Readonly<Record<'before' | 'after', Readonly<Record<RefundVerdict, Counted>>>>;
  readonly changed: number;
  /** Most refunds first. */
  readonly changes: readonly RefundChange[];
  /** Of each agent and day: what was refunded, and what of it each policy lets the agent do alone. Minor units. */
  readonly days: readonly {
    readonly day: string;
    readonly agent: string;
    readonly currency: string;
    readonly made: number;
    readonly before: number;
    readonly after: number;
  }[];
}

interface Options {
  /** Local day: earlier ones are replayed, and not counted; null: all are. */
  readonly since: string | null;
  readonly samples: number;
}

/** Pure: the same events and policies always give the same. */
export function compareRefunds(
  { before, after }: Compared,
  events: readonly PastEvent[],
  { since, samples }: Options,
): RefundBacktest {
  const [was, will] = [decideAll(before.policy, events), decideAll(after.policy, events)];
  const counted = events.flatMap((event) => {
    const [old, now] = event.kind === 'refund' ? [was.get(event.id), will.get(event.id)] : [];
    if (event.kind !== 'refund' || !old || !now || (since !== null && old.day < since)) return [];
    return [{ refund: event, day: old.day, old: old.answer, now: now.answer }];
  });
  const changed = counted.filter(({ old, now }) => old.verdict !== now.verdict);
  const groups = grouped(changed, ({ old, now }) => [old.verdict, old.rule, now.verdict, now.rule].join('\n'));
  const days = counted.map(({ day }) => day).toSorted();
  return {
    policies: { before: before.name, after: after.name },
    refunds: counted.length,
    oldest: days[0] ?? null,
    newest: days.at(-1) ?? null,
    verdicts: {
      before: tally(counted.map(({ refund, old }) => ({ refund, verdict: old.verdict }))),
      after: tally(counted.map(({ refund, now }) => ({ refund, verdict: now.verdict }))),
    },
    changed: changed.length,
    changes: [...groups.values()]
      .flatMap((group) => {
        const [first] = group;
        if (first === undefined) return [];
        const shown = group
          .slice(0, samples)
          .map(({ refund: { ticket, amount, currency }, day }) => ({ ticket, day, amount, currency }));
        return [{ before: first.old, after: first.now, ...count(group.map(({ refund }) => refund)), samples: shown }];
      })
      .toSorted((a, b) => b.refunds - a.refunds),
    days: [...grouped(counted, ({ refund, day }) => [day, refund.agent.key, refund.currency].join('\n')).values()]
      .flatMap((group) => {
        const [first] = group;
        if (first === undefined) return [];
        const sum = (part: typeof group) => part.reduce((all, { refund }) => all + refund.amount, 0);
        return [
          {
            day: first.day,
            agent: first.refund.agent.name,
            currency: first.refund.currency,
            made: sum(group),
            before: sum(group.filter(({ old }) => old.verdict === 'allowed')),
            after: sum(group.filter(({ now }) => now.verdict === 'allowed')),
          },
        ];
      })
      .toSorted(
        (a, b) => a.day.localeCompare(b.day) || a.agent.localeCompare(b.agent) || a.currency.localeCompare(b.currency),
      ),
  };
}

/** By the refund's id, with its day. What really happened is what counts in the limits of later ones, whatever is decided here. */
function decideAll(policy: Policy, events: readonly PastEvent[]) {
  const books = replayBooks(policy);
  const answers = new Map<string, { day: string; answer: Answer }>();
  for (const event of events) {
    if (event.kind === 'refund')
      answers.set(event.id, { day: books.dayOf(event), answer: decideOne(policy, books, event) });
    books.enter(event);
  }
  return answers;
}

function decideOne(policy: Policy, books: ReturnType<typeof replayBooks>, refund: PastRefund): Answer {
  const { refunds } = policy;
  if (refunds === undefined) return { verdict: 'refused', rule: 'may_refund' };
  const { verdict, rule } = decideRefund(refunds, books.asking(refund, policy, refunds.currency));
  return { verdict, rule };
}

function tally(decided: readonly { refund: PastRefund; verdict: RefundVerdict }[]): Record<RefundVerdict, Counted> {
  const of = (verdict: RefundVerdict) => count(decided.flatMap((one) => (one.verdict === verdict ? [one.refund] : [])));
  return Object.fromEntries(REFUND_VERDICTS.map((verdict) => [verdict, of(verdict)])) as Record<RefundVerdict, Counted>;
}

function count(refunds: readonly PastRefund[]): Counted {
  const amounts: Record<string, number> = {};
  for (const { currency, amount } of refunds) amounts[currency] = (amounts[currency] ?? 0) + amount;
  return { refunds: refunds.length, amounts };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
