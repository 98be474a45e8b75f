// Which trigger came nearest to giving the ticket another category?
import type { NearestMiss } from '@deskwright/shared';
import type { Trigger } from './fire.ts';
import { blockersOf, countMet, distanceOf } from './rules/measure-tree.ts';
import type { Answers, RuleSet } from './rules/rule-set.ts';

/**
 * Of the triggers that set a category, stand before the winner and did not fire (before the end, when none won), the
 * one that needs the fewest of its conditions to turn out otherwise; among equals the one with the most conditions
 * met, then the first. An `any` needs its easiest branch. Null: there is no such trigger.
 */
export function nearestMiss(
  triggers: readonly Trigger[],
  winnerPlace: number,
  { plans }: RuleSet,
  { met, trace }: Answers,
): NearestMiss | null {
  let nearest = -1;
  let least = Number.MAX_SAFE_INTEGER;
  let most = -1;
  for (let place = 0; place < winnerPlace; place++) {
    const plan = plans[place];
    if (plan === undefined || triggers[place]?.actions.category === undefined) continue;
    const distance = distanceOf(plan, met, least);
    if (distance === 0 || distance > least) continue;
    const count = countMet(plan, met);
    if (distance === least && count <= most) continue;
    nearest = place;
    least = distance;
    most = count;
  }
  const trigger = triggers[nearest];
  const plan = plans[nearest];
  if (trigger === undefined || plan === undefined) return null;
  return { triggerId: trigger.id, title: trigger.title, missedBy: blockersOf(plan.tree, met).map(trace) };
}
