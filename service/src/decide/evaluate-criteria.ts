// Compiles the policy's escalation criteria and evaluates which of them hold for a ticket.
import type { Policy, TicketFacts } from '@deskwright/shared';
import type { Criterion } from '@deskwright/shared/contract';
import { type RuleSet, ruleSetSteps } from './rules/rule-set.ts';
import type { Steps } from './steps.ts';

interface CompiledCriterion {
  readonly text: string;
  /** Its index among the rules; null when people decide. */
  readonly rule: number | null;
}

export interface CompiledCriteria {
  readonly byTier: ReadonlyMap<string, readonly CompiledCriterion[]>;
  readonly rules: RuleSet;
}

/** The criteria of all tiers, compiled in steps over one set of rules. Entries about the same tier add up. */
export function* criteriaSteps({ criteria }: Policy['escalation']): Steps<CompiledCriteria> {
  const all = criteria.flatMap(({ tier, when }) => when.map((criterion) => ({ tier, ...criterion })));
  const groups = all.flatMap(({ conditions }) => conditions ?? []);
  const byTier = new Map<string, CompiledCriterion[]>();
  for (const { tier, text, conditions } of all) {
    const rule = conditions === undefined ? null : groups.indexOf(conditions);
    byTier.set(tier, [...(byTier.get(tier) ?? []), { text, rule }]);
  }
  return { byTier, rules: yield* ruleSetSteps(groups) };
}

/**
 * The criteria of a tier, in the policy's order, with whether each holds for a ticket.
 * @param unknown names of fields whose values are unknown, which is not the same as empty: criteria that read them are left to people
 */
export function evaluateCriteria(
  facts: TicketFacts,
  { byTier, rules }: CompiledCriteria,
  tierId: string,
  unknown: ReadonlySet<string>,
): Criterion[] {
  const criteria = byTier.get(tierId) ?? [];
  if (criteria.every(({ rule }) => rule === null)) return criteria.map(({ text }) => ({ text, holds: null }));
  const { distances, trace } = rules.answer(facts);
  const asksUnknown = (rule: number): boolean =>
    (rules.rules[rule]?.leaves ?? []).some((leaf) => {
      const { field } = trace(leaf);
      return unknown.has(field) || (field.startsWith('custom_field:') && unknown.has('custom_field'));
    });
  return criteria.map(({ text, rule }) => ({
    text,
    holds: rule === null || asksUnknown(rule) ? null : distances[rule] === 0,
  }));
}
