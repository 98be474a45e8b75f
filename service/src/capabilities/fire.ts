// Which triggers fire for a ticket, and why?
import type { Policy, Reason } from '@deskwright/shared';
import type { LeafCode } from './rules/condition-shape.ts';
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
export function fire(triggers: readonly Trigger[], { rules }: RuleSet, { distances, trace }: Answers): FiredTrigger[] {
  const fired: FiredTrigger[] = [];
  for (let place = 0; place < distances.length; place++) {
    if (distances[place] !== 0) continue;
    const trigger = triggers[place];
    const rule = rules[place];
    if (trigger === undefined || rule === undefined) continue;
    fired.push({ trigger, place, reason: reasonOnce(trigger, rule.leaves, trace) });
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
