// Finds what in the changed policy makes a ticket's decision differ.
import { type Decision, type Policy, PRIORITIES } from '@deskwright/shared';
import { type Outcome, type Part, triggerOf } from './outcome.ts';

type Trigger = Policy['triggers'][number];

/** What was edited: a trigger, a category, or a key of the policy. */
export type Cause =
  | {
      readonly by: 'trigger';
      readonly id: string;
      readonly title: string;
      readonly how: 'added' | 'removed' | 'changed' | 'moved';
    }
  | { readonly by: 'category'; readonly id: string }
  | { readonly by: 'key'; readonly key: 'default_category' | 'default_survey' | 'refunds' };

/** Stable, for counting and sorting. */
export const keyOf = (cause: Cause): string =>
  cause.by === 'trigger'
    ? `trigger ${cause.id} ${cause.how}`
    : cause.by === 'category'
      ? `category ${cause.id}`
      : cause.key;

interface Decided {
  readonly decision: Decision;
  readonly outcome: Outcome;
}

export type FindCause = (part: Part, before: Decided, after: Decided) => readonly Cause[];

/**
 * Triggers that stand in both policies with the same conditions fire for the same tickets: a difference is always caused by one that was
 * added, removed or changed, by their order, or by what a category or a default says.
 */
export function causeFinder(before: Policy, after: Policy): FindCause {
  const [old, now] = [before, after].map(({ triggers }) => new Map(triggers.map((one) => [one.id, one])));
  const edited = editsBetween(old ?? new Map(), now ?? new Map());
  const edit = (id: string | null): readonly Cause[] => edited.get(id ?? '') ?? [];
  const title = (id: string): string => now?.get(id)?.title ?? id;

  const whyCategory = (from: Decided, to: Decided): readonly Cause[] => {
    const [lost, won] = [from.outcome.decidedBy, to.outcome.decidedBy];
    const direct = [edit(won), edit(lost)].find((causes) => causes.length > 0);
    if (direct !== undefined) return direct;
    return won === null ? DEFAULT : [{ by: 'trigger', id: won, title: title(won), how: 'moved' }];
  };
  const whyPriority = (from: Decided, to: Decided): readonly Cause[] => {
    const isRaised = rankOf(to.outcome) > rankOf(from.outcome);
    return edit(triggerOf((isRaised ? to : from).decision.priority.reason));
  };
  const whyTags = (from: Decided, to: Decided): readonly Cause[] => {
    const differing = (these: Decided, others: Decided) =>
      these.decision.tags.filter(({ value }) => !others.outcome.tags.includes(value));
    return [...differing(to, from), ...differing(from, to)].flatMap(({ reason }) => edit(triggerOf(reason)));
  };
  const isMoved = (from: Decided, to: Decided): boolean => from.outcome.category !== to.outcome.category;
  const ofCategory = ({ outcome }: Decided): readonly Cause[] => [{ by: 'category', id: outcome.category }];

  return (part, from, to) => {
    switch (part) {
      case 'category':
        return whyCategory(from, to);
      case 'tier':
        return isMoved(from, to) ? whyCategory(from, to) : ofCategory(to);
      case 'priority':
        return whyPriority(from, to);
      case 'tags':
        return whyTags(from, to);
      case 'survey': {
        if (isMoved(from, to)) return whyCategory(from, to);
        const isDefault = [from, to].every(({ decision }) => decision.survey.reason.by === 'default');
        return isDefault ? [{ by: 'key', key: 'default_survey' }] : ofCategory(to);
      }
      case 'refund':
        if (from.outcome.tier === to.outcome.tier) return [{ by: 'key', key: 'refunds' }];
        return isMoved(from, to) ? whyCategory(from, to) : ofCategory(to);
    }
  };
}

const DEFAULT: readonly Cause[] = [{ by: 'key', key: 'default_category' }];

const rankOf = ({ priority }: Outcome): number => (priority === null ? -1 : PRIORITIES.indexOf(priority));

/** By the id of each trigger that is not the same in both. */
function editsBetween(
  before: ReadonlyMap<string, Trigger>,
  after: ReadonlyMap<string, Trigger>,
): ReadonlyMap<string, readonly Cause[]> {
  const edits = new Map<string, readonly Cause[]>();
  const add = ({ id, title }: Trigger, how: 'added' | 'removed' | 'changed') =>
    edits.set(id, [{ by: 'trigger', id, title, how }]);
  for (const [id, trigger] of after) {
    const old = before.get(id);
    if (old === undefined) add(trigger, 'added');
    else if (meaningOf(old) !== meaningOf(trigger)) add(trigger, 'changed');
  }
  for (const [id, trigger] of before) if (!after.has(id)) add(trigger, 'removed');
  return edits;
}

const meaningOf = ({ conditions, actions }: Trigger): string => JSON.stringify([conditions, actions]);
