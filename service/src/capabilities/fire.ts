// Which triggers fire for a ticket, and why?
import type { Policy, Reason } from '@deskwright/shared';
import type { LeafCode } from './rules/condition-shape.ts';
import { holds } from './rules/measure-tree.ts';
import type { Answers, RuleSet } from './rules/rule-set.ts';

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
export function fire(triggers: readonly Trigger[], { plans }: RuleSet, { met, trace }: Answers): FiredTrigger[] {
  const fired: FiredTrigger[] = [];
  for (let place = 0; place < plans.length; place++) {
    const plan = plans[place];
    const trigger = triggers[place];
    if (plan === undefined || trigger === undefined || !holds(plan, met)) continue;
    fired.push({ trigger, place, reason: reasonOnce(trigger, plan.leaves, trace) });
  }
  return fired;
}

function reasonOnce({ id, title }: Trigger, leaves: readonly LeafCode[], trace: Answers['trace']): () => Reason {
  let made: Reason | undefined;
  return () => {
    made ??= { by: 'trigger', triggerId: id, title, conditions: leaves.map(trace) };
    return made;
  };
}
