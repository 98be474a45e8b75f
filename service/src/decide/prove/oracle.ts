// Evaluates any conditions for a ticket with the engine, also ones that no trigger has.
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

/** What the engine says about one ticket; valid until the next ticket is asked about. */
export interface Answered {
  readonly holds: Holds;
  /** The places of the groups that hold, in order. */
  readonly firing: () => readonly number[];
}

/**
 * Compiles the groups, and each of their words and other conditions as a rule of its own, in the vocabulary of all of them: whether a
 * misspelt word counts depends on the other words of the policy. Other groups and lists of words are put together from these answers.
 */
export function buildOracle(groups: readonly ConditionGroup[]): (facts: TicketFacts) => Answered {
  const places = new Map<string, number>();
  const rules = [...groups];
  for (const condition of groups.flatMap(conditionsIn).flatMap(singleQuestions)) {
    const key = keyOf(condition);
    if (places.has(key)) continue;
    places.set(key, rules.length);
    rules.push({ all: [condition] });
  }
  let compiled: RuleSet | undefined;
  let asked: TicketFacts | undefined;
  let distances: ReturnType<RuleSet['answer']>['distances'] = new Uint16Array();
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
  const firing = (): readonly number[] => {
    const found: number[] = [];
    for (let place = 0; place < groups.length; place++) if (distances[place] === 0) found.push(place);
    return found;
  };
  return (facts) => {
    compiled ??= compileRuleSet(rules);
    if (facts !== asked) ({ distances } = compiled.answer(facts));
    asked = facts;
    return { holds, firing };
  };
}

function singleQuestions(condition: Condition): Condition[] {
  const { field, operator, value } = condition;
  if (!operator.startsWith('includes_')) return [condition];
  return [value ?? []].flat().map((word) => ({ field, operator: 'includes_any', value: [String(word)] }));
}

/** A policy has many thousand words, so the key of a word is made without `JSON.stringify`. */
const keyOf = ({ field, operator, value }: Condition): string =>
  operator === 'includes_any' && Array.isArray(value)
    ? `${field}\n${String(value[0])}`
    : JSON.stringify([field, operator, value]);

export function conditionsIn(node: ConditionNode): Condition[] {
  if (isCondition(node)) return [node];
  return [...(node.all ?? []), ...(node.any ?? []), ...(node.none ?? [])].flatMap(conditionsIn);
}
