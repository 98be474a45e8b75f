// Which triggers fire for a ticket, and why?
import type { Policy, Reason } from '@deskwright/shared';
import { leavesOf } from './rules/condition-shape.ts';
import { distanceOf } from './rules/measure-tree.ts';
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
export function fire(triggers: readonly Trigger[], { trees }: RuleSet, { held, trace }: Answers): FiredTrigger[] {
  const fired: FiredTrigger[] = [];
  for (const [place, tree] of trees.entries()) {
    const trigger = triggers[place];
    if (trigger === undefined || distanceOf(tree, held) !== 0) continue;
    let made: Reason | undefined;
    const reason = (): Reason => {
      made ??= { by: 'trigger', triggerId: trigger.id, title: trigger.title, conditions: leavesOf(tree).map(trace) };
      return made;
    };
    fired.push({ trigger, place, reason });
  }
  return fired;
}
