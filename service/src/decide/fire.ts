// Finds the triggers that fire for a ticket, and says why they do.
import type { ConditionTrace, Reason } from '@deskwright/shared';
import type { CompiledTrigger } from './compile-policy.ts';
import { heldInVain } from './rules/measure-tree.ts';
import type { Answers, Rule, RuleSet } from './rules/rule-set.ts';

/** A trigger whose conditions hold for the ticket. */
export interface FiredTrigger {
  readonly trigger: CompiledTrigger;
  /** Its index in the policy, from 0. */
  readonly place: number;
  readonly rule: Rule;
  /** Null until `reasonOf` is called. */
  reason: Reason | null;
}

/** Triggers that fire, top to bottom. */
export function fire(triggers: readonly CompiledTrigger[], { rules }: RuleSet, { distances }: Answers): FiredTrigger[] {
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
export function reasonOf(fired: FiredTrigger, answers: Answers): Reason {
  const { id, title } = fired.trigger;
  fired.reason ??= { by: 'trigger', triggerId: id, title, conditions: conditionsOf(fired.rule, answers) };
  return fired.reason;
}

function conditionsOf({ tree, leaves, canHoldInVain }: Rule, { met, trace }: Answers): ConditionTrace[] {
  const inVain = canHoldInVain ? heldInVain(tree, met) : null;
  if (inVain === null || inVain.size === 0) return leaves.map(trace);
  return leaves.map((leaf) => (inVain.has(leaf) ? { ...trace(leaf), inVain: true } : trace(leaf)));
}
