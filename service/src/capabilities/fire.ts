// Which triggers fire for a ticket, and why?
import type { Policy, Reason } from '@deskwright/shared';
import { carriersOf } from './rules/measure-tree.ts';
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

function reasonOnce({ id, title }: Trigger, { tree, leaves }: Rule, { met, trace }: Answers): () => Reason {
  let made: Reason | undefined;
  return () => {
    if (made !== undefined) return made;
    const carriers = new Set(carriersOf(tree, met));
    const conditions = leaves.map((leaf) => {
      const traced = trace(leaf);
      return traced.held && !carriers.has(leaf) ? { ...traced, inVain: true as const } : traced;
    });
    made = { by: 'trigger', triggerId: id, title, conditions };
    return made;
  };
}
