// Decides by the policy's conditions whether the customer of a solved ticket is surveyed.
import type { ConditionGroup, TicketFacts } from '@deskwright/shared';
import { describeUnmet } from './describe-unmet.ts';
import { blockersOf } from './rules/condition-tree.ts';
import { compileRuleSet, type RuleSet } from './rules/rule-set.ts';

/** By the group of a policy in force. */
const compiled = new WeakMap<ConditionGroup, RuleSet>();

/**
 * Which conditions keep the customer from being asked, in one line without the customer's words; null: none does.
 * @param facts with `solve`
 */
export function whyNotAsked(facts: TicketFacts, conditions: ConditionGroup | undefined): string | null {
  if (conditions === undefined) return null;
  const rules = compiled.get(conditions) ?? compileRuleSet([conditions]);
  compiled.set(conditions, rules);
  const { distances, met, trace } = rules.answer(facts);
  const tree = rules.rules[0]?.tree;
  if (distances[0] === 0 || tree === undefined) return null;
  return blockersOf(tree, met).map(trace).map(describeUnmet).join('; ');
}
