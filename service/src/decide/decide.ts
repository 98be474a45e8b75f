// Decides one ticket by the policy, with reasons.
import type {
  ConditionTrace,
  Decision,
  NearestMiss,
  Priority,
  Reason,
  Reasoned,
  TicketFacts,
} from '@deskwright/shared';
import type { CompiledPolicy } from './compile-policy.ts';
import type { CompiledTrigger } from './compile-trigger.ts';
import { blockersOf, irrelevantLeaves, type LeafCode, type Met } from './rules/condition-tree.ts';
import { NEVER_HOLDS } from './rules/measure-all.ts';
import type { Answers, Rule, RuleSet } from './rules/rule-set.ts';

/**
 * Decides one ticket. Pure: the same facts and policy always give the same decision, without side effects.
 * Conditions see the ticket as it arrived; a trigger does not see what an earlier one did.
 * @throws Error when a trigger sets a category that the policy does not have; the policy loader refuses these.
 */
export const decide = (facts: TicketFacts, compiled: CompiledPolicy): Decision =>
  decideFrom(facts, compiled, compiled.rules.answer(facts));

/** `decide` for answers that are known. @throws Error as `decide` */
export function decideFrom(
  facts: TicketFacts,
  { triggers, rules, outcomes, defaultCategory }: CompiledPolicy,
  answers: Answers,
): Decision {
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

/** A trigger whose conditions hold for the ticket. */
interface FiredTrigger {
  readonly trigger: CompiledTrigger;
  /** Its index in the policy, from 0. */
  readonly place: number;
  readonly rule: Rule;
  /** Null until `reasonOf` is called. */
  reason: Reason | null;
}

/** Triggers that fire, top to bottom. */
function fire(triggers: readonly CompiledTrigger[], { rules }: RuleSet, { distances }: Answers): FiredTrigger[] {
  const fired: FiredTrigger[] = [];
  for (let place = 0; place < distances.length; place++) {
    if (distances[place] !== 0) continue;
    const trigger = triggers[place];
    const rule = rules[place];
    if (trigger !== undefined && rule !== undefined) fired.push({ trigger, place, rule, reason: null });
  }
  return fired;
}

/** The trigger with each of its conditions; created once, then shared. */
function reasonOf(fired: FiredTrigger, answers: Answers): Reason {
  const { id, title } = fired.trigger;
  fired.reason ??= { by: 'trigger', triggerId: id, title, conditions: conditionsOf(fired.rule, answers) };
  return fired.reason;
}

function conditionsOf({ tree, leaves, canBeIrrelevant }: Rule, { met, trace }: Answers): ConditionTrace[] {
  const inVain = canBeIrrelevant ? irrelevantLeaves(tree, met) : null;
  if (inVain === null || inVain.size === 0) return leaves.map(trace);
  return leaves.map((leaf) => (inVain.has(leaf) ? { ...trace(leaf), inVain: true } : trace(leaf)));
}

/**
 * Considers triggers that set a category, come before the winner (or all, when none won), did not fire, and found
 * something present that they look for. Picks the one with the fewest conditions to change;
 * among equals the one with the most conditions met, then the first. An `any` needs its easiest branch. Conditions that
 * only require an absence (`none`, `is_not` and the like) do not bring a trigger nearer: they hold for nearly every ticket.
 * One that can never fire is left out. Null: there is no such trigger.
 */
function nearestMiss(
  triggers: readonly CompiledTrigger[],
  winnerPlace: number,
  { rules }: RuleSet,
  { distances, met, trace }: Answers,
): NearestMiss | null {
  let nearest = -1;
  let least = NEVER_HOLDS - 1;
  let most = -1;
  for (let place = 0; place < winnerPlace; place++) {
    const distance = distances[place] ?? 0;
    if (distance === 0 || distance > least || triggers[place]?.category === null) continue;
    const rule = rules[place];
    if (rule === undefined) continue;
    const count = countMet(rule.leaves, met);
    // Checked last: few triggers get this far, and this runs for every trigger of every ticket.
    if ((distance === least && count <= most) || !isAnyMet(rule.asking, met) || !triggers[place]?.canFire()) continue;
    nearest = place;
    least = distance;
    most = count;
  }
  const trigger = triggers[nearest];
  const rule = rules[nearest];
  if (trigger === undefined || rule === undefined) return null;
  return { triggerId: trigger.id, title: trigger.title, missedBy: blockersOf(rule.tree, met).map(trace) };
}

function isAnyMet(leaves: readonly LeafCode[], met: Met): boolean {
  for (let i = 0; i < leaves.length; i++) if (met[leaves[i] ?? 0] === 1) return true;
  return false;
}

function countMet(leaves: readonly LeafCode[], met: Met): number {
  let count = 0;
  for (let i = 0; i < leaves.length; i++) count += met[leaves[i] ?? 0] ?? 0;
  return count;
}
