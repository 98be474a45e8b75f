// What do all the conditions of a policy say about one ticket?
import type { Condition, ConditionGroup, ConditionTrace, TicketFacts } from '@deskwright/shared';
import { answerLeaves } from './answer-leaves.ts';
import type { LeafCode } from './condition-shape.ts';
import { shapeOf } from './condition-shape.ts';
import type { Leaf } from './leaf.ts';
import { compileLeaf } from './leaf.ts';
import type { Met, Plan } from './measure-tree.ts';
import { planOf } from './measure-tree.ts';

/** The answers about one ticket. They stand in memory that the next ticket uses again: take what you need at once. */
export interface Answers {
  readonly met: Met;
  /** What one condition wanted and saw. */
  readonly trace: (code: LeafCode) => ConditionTrace;
}

export interface RuleSet {
  /** The groups, in order. */
  readonly plans: readonly Plan[];
  /** Names of the fields that conditions ask. */
  readonly asks: ReadonlySet<string>;
  readonly answer: (facts: TicketFacts) => Answers;
}

/** Compiles condition groups together: equal conditions are asked once, and all words share one index per field. */
export function compileRuleSet(groups: readonly ConditionGroup[]): RuleSet {
  const numbers = new Map<string, number>();
  const leaves: Leaf[] = [];
  const number = (condition: Condition): number => {
    const key = JSON.stringify([condition.field, condition.operator, condition.value]);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, leaves.length);
    return leaves.push(compileLeaf(condition)) - 1;
  };
  const plans = groups.map((group) => planOf(shapeOf(group, number)));
  const { mark, ...answers } = answerLeaves(leaves);
  return {
    plans,
    asks: new Set(leaves.map((leaf) => leaf.condition.field)),
    answer: (facts) => {
      mark(facts);
      return answers;
    },
  };
}
