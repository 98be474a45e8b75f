// Turns a tally into the result of a back-test: sorted, with shares, the same whatever the order of the counting.
import type { Policy } from '@deskwright/shared';
import { type Accuracy, accuracyOf, compare, type Share, share } from './accuracy.ts';
import type { Cause } from './find-cause.ts';
import type { Part } from './outcome.ts';
import { countsByPart, type Pair, type Sample, type Tally } from './tally.ts';

interface BeforeAfter {
  readonly before: number;
  readonly after: number;
}

export type CauseResult = Cause & {
  readonly tickets: number;
  readonly parts: Readonly<Record<Part, number>>;
  readonly samples: readonly Omit<Sample, 'rank'>[];
};

/** The result as `--json` prints it. */
export interface BacktestResult {
  /** Names of the policies, as given. */
  readonly policies: { readonly before: string; readonly after: string };
  /** Names of the candidate's own tests that fail: a service refuses it. */
  readonly failedTests: readonly string[];
  readonly tickets: number;
  readonly changed: number;
  readonly share: Share | null;
  readonly unreadable: number;
  readonly problems: readonly string[];
  /** ISO 8601; null: no ticket says when it was created. */
  readonly oldest: string | null;
  readonly newest: string | null;
  readonly parts: Readonly<Record<Part, number>>;
  /** The most frequent first. An empty `from` or `to`: none. */
  readonly moves: readonly {
    readonly part: string;
    readonly from: string;
    readonly to: string;
    readonly tickets: number;
  }[];
  readonly causes: readonly CauseResult[];
  readonly tiers: readonly ({ readonly tier: string } & BeforeAfter)[];
  readonly categories: readonly ({ readonly category: string } & BeforeAfter)[];
  /** Tickets whose category the trigger decides; null: those that no trigger decides. */
  readonly triggers: readonly ({ readonly trigger: string | null } & BeforeAfter)[];
  /** On the days of the policy's time zone. */
  readonly load: readonly ({ readonly day: string; readonly tier: string } & BeforeAfter)[];
  /** Null: no ticket has a label. */
  readonly labels: {
    readonly tickets: number;
    readonly unknown: readonly { readonly label: string; readonly tickets: number }[];
    readonly before: Accuracy;
    readonly after: Accuracy;
  } | null;
}

export interface Compared {
  readonly before: { readonly name: string; readonly policy: Policy };
  /** `failedTests`: their names; left out: they are shown elsewhere. */
  readonly after: { readonly name: string; readonly policy: Policy; readonly failedTests?: readonly string[] };
}

export function summarise(tally: Tally, { before, after }: Compared): BacktestResult {
  const { tickets, changed, unreadable, problems } = tally;
  const policies = [before.policy, after.policy];
  const tiers = idsOf(policies.map((policy) => policy.tiers));
  const unknown = [...tally.unknownLabels].map(([label, count]) => ({ label, tickets: count }));
  return {
    policies: { before: before.name, after: after.name },
    failedTests: after.failedTests ?? [],
    tickets,
    changed,
    share: share(changed, tickets),
    unreadable,
    problems: problems.map(({ problem }) => problem),
    oldest: momentOf(tally.oldest),
    newest: momentOf(tally.newest),
    parts: countsByPart(tally.parts),
    moves: [...tally.moves]
      .map(([key, count]) => {
        const [part = '', from = '', to = ''] = key.split('\t');
        return { part, from, to, tickets: count };
      })
      .toSorted((a, b) => b.tickets - a.tickets || compare(keyOf(a), keyOf(b))),
    causes: [...tally.causes.values()]
      .toSorted((a, b) => b.tickets - a.tickets || compare(JSON.stringify(a.cause), JSON.stringify(b.cause)))
      .map(({ cause, tickets: count, parts, samples }) => ({
        ...cause,
        tickets: count,
        parts: countsByPart(parts),
        samples: samples.map(({ id, row, subject, parts: own, before, after }) => ({
          id,
          row,
          subject,
          parts: own,
          before,
          after,
        })),
      })),
    tiers: tiers.map((tier) => ({ tier, ...sumOf(tally.load, (key) => key.endsWith(`\t${tier}`)) })),
    categories: idsOf(policies.map((policy) => policy.categories)).map((category) => ({
      category,
      ...sumOf(tally.categories, (key) => key === category),
    })),
    triggers: [...tally.deciders]
      .map(([id, [was, is]]) => ({ trigger: id === '' ? null : id, before: was, after: is }))
      .toSorted((a, b) => b.after - a.after || b.before - a.before || compare(a.trigger ?? '', b.trigger ?? '')),
    load: [...tally.load]
      .flatMap(([key, [was, is]]) => {
        const [day = '', tier = ''] = key.split('\t');
        return day === '' ? [] : [{ day, tier, before: was, after: is }];
      })
      .toSorted((a, b) => compare(a.day, b.day) || tiers.indexOf(a.tier) - tiers.indexOf(b.tier)),
    labels:
      tally.labelled === 0 && unknown.length === 0
        ? null
        : {
            tickets: tally.labelled,
            unknown: unknown.toSorted((a, b) => b.tickets - a.tickets || compare(a.label, b.label)),
            before: accuracyOf(tally.confusion, 0),
            after: accuracyOf(tally.confusion, 1),
          },
  };
}

const keyOf = ({ part, from, to }: { part: string; from: string; to: string }): string => [part, from, to].join('\t');

const momentOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** In the order of the policies, each once. */
const idsOf = (lists: readonly (readonly { readonly id: string }[])[]): string[] => [
  ...new Set(lists.flat().map(({ id }) => id)),
];

function sumOf(pairs: ReadonlyMap<string, Pair>, isWanted: (key: string) => boolean): BeforeAfter {
  let [before, after] = [0, 0];
  for (const [key, pair] of pairs) {
    if (!isWanted(key)) continue;
    before += pair[0];
    after += pair[1];
  }
  return { before, after };
}
