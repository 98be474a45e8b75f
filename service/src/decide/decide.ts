// What does the policy want for one ticket, and why?
import type { Decision, TicketFacts } from '@deskwright/shared';
import { categorise } from './categorise.ts';
import type { CompiledPolicy } from './compile-policy.ts';
import { fire } from './fire.ts';
import { nearestMiss } from './nearest-miss.ts';
import { orderOf } from './order.ts';
import { prioritise } from './prioritise.ts';
import { surveyOf } from './survey.ts';
import { tagsOf } from './tag.ts';
import { tierOf } from './tier.ts';

/**
 * Decides one ticket. Pure: the same facts and policy always give the same decision, and nothing is touched.
 * Conditions ask the ticket as it came; what one trigger does is not seen by the next.
 */
export function decide(facts: TicketFacts, { policy, rules }: CompiledPolicy): Decision {
  const answers = rules.answer(facts);
  const fired = fire(policy.triggers, rules, answers);
  const winner = fired.find(({ trigger }) => trigger.actions.category !== undefined);
  const category = categorise(fired, policy.default_category);
  return {
    category,
    tier: tierOf(category.value, policy.categories),
    priority: prioritise(fired),
    tags: tagsOf(fired),
    order: orderOf(facts),
    survey: surveyOf(category.value, policy),
    nearestMiss: nearestMiss(policy.triggers, winner?.place ?? policy.triggers.length, rules, answers),
  };
}
