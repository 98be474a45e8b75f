// Compiles two policies that decide the same tickets one after the other.
import type { Policy, TicketFacts } from '@deskwright/shared';
import { type CompiledPolicy, compilePolicy } from './compile-policy.ts';
import { type Answers, compileRuleSet, type RuleSet } from './rules/rule-set.ts';

/**
 * Both policies share one set of conditions: a text is cut into words once, and a condition that both have is evaluated once. Each decides
 * as `compilePolicy` alone would let it.
 * @throws Error as `compilePolicy`
 */
export function compilePair(before: Policy, after: Policy): readonly [CompiledPolicy, CompiledPolicy] {
  const groups = [before, after].flatMap(({ triggers }) => triggers.map(({ conditions }) => conditions));
  // Whether a word is a misspelling of one depends on all other words of its policy.
  if (JSON.stringify(groups).includes('~')) return [compilePolicy(before), compilePolicy(after)];
  const rules = compileRuleSet(groups);
  const between = before.triggers.length;
  const answer = answerOnce(rules);
  return [
    { ...compilePolicy(before), rules: partOf(rules, answer, 0, between) },
    { ...compilePolicy(after), rules: partOf(rules, answer, between, groups.length) },
  ];
}

/** The second policy asks about the same facts as the first one did just before. */
function answerOnce({ answer }: RuleSet): RuleSet['answer'] {
  let last: { readonly facts: TicketFacts; readonly answers: Answers } | null = null;
  return (facts) => {
    if (last?.facts !== facts) last = { facts, answers: answer(facts) };
    return last.answers;
  };
}

function partOf({ rules, asks }: RuleSet, answer: RuleSet['answer'], from: number, to: number): RuleSet {
  return {
    rules: rules.slice(from, to),
    asks,
    answer: (facts) => {
      const { met, distances, trace } = answer(facts);
      return { met, distances: distances.subarray(from, to), trace };
    },
  };
}
