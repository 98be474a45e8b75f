// Evaluates all conditions of a policy for one ticket.
import type { Condition, ConditionGroup, ConditionTrace, TicketFacts } from '@deskwright/shared';
import { finish, type Steps } from '../steps.ts';
import { leafAnswerSteps } from './answer-leaves.ts';
import { asksFor } from './asks-for.ts';
import type { LeafCode, Tree } from './condition-shape.ts';
import { leavesOf, shapeOf } from './condition-shape.ts';
import type { Leaf } from './leaf.ts';
import { compileLeaf } from './leaf.ts';
import type { Met } from './leaf-states.ts';
import { buildMeasureAll } from './measure-all.ts';
import { canHoldInVain } from './measure-tree.ts';

/** The results for one ticket. Their memory is reused for the next ticket: read what you need at once. */
export interface Answers {
  readonly met: Met;
  /** For each group, how many conditions keep it from holding (see `distanceOf`). */
  readonly distances: Uint16Array;
  /** What one condition wanted and saw. */
  readonly trace: (code: LeafCode) => ConditionTrace;
}

/** One group of conditions, compiled. */
export interface Rule {
  readonly tree: Tree;
  /** In the order of the policy file. */
  readonly leaves: readonly LeafCode[];
  /** The leaves that look for something present: only they count in the group's favour when they hold. */
  readonly asking: readonly LeafCode[];
  readonly canHoldInVain: boolean;
}

export interface RuleSet {
  /** One per group, in order. */
  readonly rules: readonly Rule[];
  /** Names of the fields that conditions read. */
  readonly asks: ReadonlySet<string>;
  readonly answer: (facts: TicketFacts) => Answers;
}

/** Compiles condition groups together: equal conditions are evaluated once, and all words share one index per field. @internal */
export const compileRuleSet = (groups: readonly ConditionGroup[]): RuleSet => finish(ruleSetSteps(groups));

/** `compileRuleSet` in steps. */
export function* ruleSetSteps(groups: readonly ConditionGroup[]): Steps<RuleSet> {
  const numbers = new Map<string, number>();
  const leaves: Leaf[] = [];
  const number = (condition: Condition): number => {
    const key = JSON.stringify([condition.field, condition.operator, condition.value]);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, leaves.length);
    return leaves.push(compileLeaf(condition)) - 1;
  };
  const trees: Tree[] = [];
  for (const group of groups) {
    trees.push(shapeOf(group, number));
    yield;
  }
  const { mark, states, trace } = yield* leafAnswerSteps(leaves);
  yield;
  const measure = buildMeasureAll(trees, states);
  const { met } = states;
  yield;
  const isAsking = (code: LeafCode): boolean => {
    const leaf = leaves[code >> 1];
    return leaf !== undefined && asksFor(leaf.condition, code % 2 === 1);
  };
  return {
    rules: trees.map((tree) => {
      const own = leavesOf(tree);
      return { tree, leaves: own, asking: own.filter(isAsking), canHoldInVain: canHoldInVain(tree) };
    }),
    asks: new Set(leaves.map((leaf) => leaf.condition.field)),
    answer: (facts) => {
      mark(facts);
      return { met, distances: measure(states), trace };
    },
  };
}
