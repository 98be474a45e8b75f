// Which triggers fire for a ticket, and why?
import type { ConditionTrace, Policy, Reason } from '@deskwright/shared';
import { heldInVain } from './rules/measure-tree.ts';
import type { Answers, Rule, RuleSet } from './rules/rule-set.ts';

export type Trigger = Policy['triggers'][number];

/** A trigger whose conditions hold for the ticket. */
export interface FiredTrigger {
  readonly trigger: Trigger;
  /** Its place in the policy, from 0. */
  readonly place: number;
  /** The trigger with each of its conditions; made when first asked for, then shared. */
  readonly reason: () => Reason;
}

/** Triggers that fire, top to bottom. */
export function fire(triggers: readonly Trigger[], { rules }: RuleSet, answers: Answers): FiredTrigger[] {
  const { distances } = answers;
  const fired: FiredTrigger[] = [];
  for (let place = 0; place < distances.length; place++) {
    if (distances[place] !== 0) continue;
    const trigger = triggers[place];
    const rule = rules[place];
    if (trigger === undefined || rule === undefined) continue;
    fired.push({ trigger, place, reason: reasonOnce(trigger, rule, answers) });
  }
  return fired;
}

function reasonOnce({ id, title }: Trigger, rule: Rule, answers: Answers): () => Reason {
  let made: Reason | undefined;
  return () => {
    if (made !== undefined) return made;
    made = { by: 'trigger', triggerId: id, title, conditions: conditionsOf(rule, answers) };
    return made;
  };
}

function conditionsOf({ tree, leaves, canHoldInVain }: Rule, { met, trace }: Answers): ConditionTrace[] {
  const inVain = canHoldInVain ? heldInVain(tree, met) : null;
  if (inVain === null || inVain.size === 0) return leaves.map(trace);
  return leaves.map((leaf) => (inVain.has(leaf) ? { ...trace(leaf), inVain: true } : trace(leaf)));
}
