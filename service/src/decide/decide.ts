// Decides what the policy wants for one ticket, and why.
import type { Decision, Priority, Reasoned, TicketFacts } from '@deskwright/shared';
import type { CompiledPolicy, CompiledTrigger } from './compile-policy.ts';
import type { FiredTrigger } from './fire.ts';
import { fire, reasonOf } from './fire.ts';
import { nearestMiss } from './nearest-miss.ts';
import type { Answers } from './rules/rule-set.ts';

/**
 * Decides one ticket. Pure: the same facts and policy always give the same decision, without side effects.
 * Conditions see the ticket as it arrived; a trigger does not see what an earlier one did.
 * @throws Error when a trigger sets a category that the policy does not have; the policy loader refuses these.
 */
export function decide(facts: TicketFacts, { triggers, rules, outcomes, defaultCategory }: CompiledPolicy): Decision {
  const answers = rules.answer(facts);
  const fired = fire(triggers, rules, answers);
  const winner = fired.find(({ trigger }) => trigger.category !== null);
  const category =
    winner === undefined
      ? defaultCategory
      : { value: winner.trigger.category ?? '', reason: reasonOf(winner, answers) };
  const outcome = outcomes.get(category.value);
  if (outcome === undefined) throw new Error(`The policy has no category "${category.value}"`);
  return {
    category,
    tier: outcome.tier,
    priority: prioritise(fired, answers),
    tags: tagsOf(fired, answers),
    // By the start of the wait, then by ticket id, so that no two tickets share a place. Follow-up comments do not change the place.
    order: { waitingSince: facts.waitingSince, ticketId: facts.ticketId },
    survey: outcome.survey,
    nearestMiss: nearestMiss(triggers, winner?.place ?? triggers.length, rules, answers),
  };
}

/**
 * The highest priority that any firing trigger sets, with the first trigger that sets it. The highest, not the first:
 * triggers add up, so "is angry" must be able to raise what "asks for an invoice" set to low, in either order.
 * Null: no trigger sets a priority, and the ticket keeps its own.
 */
function prioritise(fired: readonly FiredTrigger[], answers: Answers): Reasoned<Priority | null> {
  let highest: FiredTrigger | null = null;
  for (const one of fired) if (rankOf(one.trigger) > rankOf(highest?.trigger)) highest = one;
  if (highest === null) return { value: null, reason: { by: 'nothing' } };
  return { value: highest.trigger.priority, reason: reasonOf(highest, answers) };
}

const rankOf = (trigger: CompiledTrigger | undefined): number => trigger?.rank ?? -1;

/** Tags of all firing triggers, each once, with the first trigger that adds it; in the order of the policy. */
function tagsOf(fired: readonly FiredTrigger[], answers: Answers): readonly Reasoned<string>[] {
  const tags = new Map<string, Reasoned<string>>();
  for (const one of fired) {
    for (const value of one.trigger.tags) {
      if (!tags.has(value)) tags.set(value, { value, reason: reasonOf(one, answers) });
    }
  }
  return [...tags.values()];
}
