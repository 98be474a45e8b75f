// Decides tickets under two policies at once.
import type { Decision, Policy, TicketFacts } from '@deskwright/shared';
import { type CompiledPolicy, compilePolicy } from './compile-policy.ts';
import { decide } from './decide.ts';
import { type Answers, type RuleSet, ruleSetSteps } from './rules/rule-set.ts';
import { finish } from './steps.ts';

/**
 * Compiles two policies that share one set of conditions: a text is cut into words once, and a condition that both have is evaluated
 * once. A ticket with a word that only one of them takes for misspelt is decided by each alone.
 * @returns a function that decides a ticket as `decide` would under each
 * @throws Error as `compilePolicy`
 */
export function compilePair(before: Policy, after: Policy): (facts: TicketFacts) => readonly [Decision, Decision] {
  const [old, now] = [compilePolicy(before), compilePolicy(after)];
  const groups = [before, after].flatMap(({ triggers }) => triggers.map(({ conditions }) => conditions));
  const second = before.triggers.length;
  const { rules, isDisputed, ...shared } = finish(ruleSetSteps(groups, second));
  let answers: Answers | null = null;
  const part = (own: CompiledPolicy, from: number, to: number): CompiledPolicy => {
    const answer: RuleSet['answer'] = (facts) => {
      const { met, distances, trace, places } = answers ?? shared.answer(facts);
      return { met, distances: distances.subarray(from, to), trace, places };
    };
    return { ...own, rules: { rules: rules.slice(from, to), asks: shared.asks, answer } };
  };
  const [oldPart, nowPart] = [part(old, 0, second), part(now, second, groups.length)];
  return (facts) => {
    answers = shared.answer(facts);
    return isDisputed() ? [decide(facts, old), decide(facts, now)] : [decide(facts, oldPart), decide(facts, nowPart)];
  };
}
