// What is worked out once of the policy's reasons to escalate?
import type { Policy } from '@deskwright/shared';
import { compileRuleSet, type RuleSet } from './rules/rule-set.ts';

interface CompiledCriterion {
  readonly text: string;
  /** Its place among the rules; null where people judge. */
  readonly rule: number | null;
}

export interface CompiledCriteria {
  readonly byTier: ReadonlyMap<string, readonly CompiledCriterion[]>;
  readonly rules: RuleSet;
}

/** The criteria of all tiers, over one set of rules. Entries about the same tier add up. */
export function compileCriteria({ criteria }: Policy['escalation']): CompiledCriteria {
  const all = criteria.flatMap(({ tier, when }) => when.map((criterion) => ({ tier, ...criterion })));
  const groups = all.flatMap(({ conditions }) => conditions ?? []);
  const byTier = new Map<string, CompiledCriterion[]>();
  for (const { tier, text, conditions } of all) {
    const rule = conditions === undefined ? null : groups.indexOf(conditions);
    byTier.set(tier, [...(byTier.get(tier) ?? []), { text, rule }]);
  }
  return { byTier, rules: compileRuleSet(groups) };
}
