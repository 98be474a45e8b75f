// Asks the engine whether conditions hold for a ticket, also conditions that no trigger has in this combination.
import {
  type Condition,
  type ConditionGroup,
  type ConditionNode,
  isCondition,
  type TicketFacts,
} from '@deskwright/shared';
import { compileRuleSet, type RuleSet } from '../rules/rule-set.ts';

/** Whether conditions hold for the ticket that was given. They must consist of conditions and words that the oracle was built for. */
export type Holds = (node: ConditionNode) => boolean;

/**
 * Compiles each word and each other condition as a rule of its own, in the vocabulary of all of them: whether a misspelt word counts depends on
 * the other words of the policy. Groups and lists of words are then put together from these answers.
 */
export function buildOracle(groups: readonly ConditionGroup[]): (facts: TicketFacts) => Holds {
  const places = new Map<string, number>();
  const rules: ConditionGroup[] = [];
  for (const condition of groups.flatMap(conditionsIn).flatMap(singleQuestions)) {
    const key = keyOf(condition);
    if (places.has(key)) continue;
    places.set(key, rules.length);
    rules.push({ all: [condition] });
  }
  let compiled: RuleSet | undefined;
  return (facts) => {
    compiled ??= compileRuleSet(rules);
    const distances = compiled.answer(facts).distances.slice();
    const answer = (condition: Condition): boolean => {
      const place = places.get(keyOf(condition));
      if (place === undefined) throw new Error('The oracle was not built for this condition');
      return distances[place] === 0;
    };
    const holds: Holds = (node) => {
      if (!isCondition(node)) {
        const { all = [], any = [], none = [] } = node;
        return all.every(holds) && (any.length === 0 || any.some(holds)) && !none.some(holds);
      }
      switch (node.operator) {
        case 'includes_any':
          return singleQuestions(node).some(answer);
        case 'includes_all':
          return singleQuestions(node).every(answer);
        case 'includes_none':
          return !singleQuestions(node).some(answer);
        default:
          return answer(node);
      }
    };
    return holds;
  };
}

function singleQuestions(condition: Condition): Condition[] {
  const { field, operator, value } = condition;
  if (!operator.startsWith('includes_')) return [condition];
  return [value ?? []].flat().map((word) => ({ field, operator: 'includes_any', value: [String(word)] }));
}

const keyOf = ({ field, operator, value }: Condition): string => JSON.stringify([field, operator, value]);

export function conditionsIn(node: ConditionNode): Condition[] {
  if (isCondition(node)) return [node];
  return [...(node.all ?? []), ...(node.any ?? []), ...(node.none ?? [])].flatMap(conditionsIn);
}
