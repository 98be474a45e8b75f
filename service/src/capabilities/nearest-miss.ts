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
  { trees }: RuleSet,
  { held, trace }: Answers,
): NearestMiss | null {
  let nearest = -1;
  let least = Number.POSITIVE_INFINITY;
  let most = -1;
  for (let place = 0; place < winnerPlace; place++) {
    const tree = trees[place];
    if (tree === undefined || triggers[place]?.actions.category === undefined) continue;
    const distance = distanceOf(tree, held);
    if (distance === 0 || distance > least || distance === Number.POSITIVE_INFINITY) continue;
    const met = countMet(tree, held);
    if (distance === least && met <= most) continue;
    nearest = place;
    least = distance;
    most = met;
  }
  const trigger = triggers[nearest];
  const tree = trees[nearest];
  if (trigger === undefined || tree === undefined) return null;
  return { triggerId: trigger.id, title: trigger.title, missedBy: blockersOf(tree, held).map(trace) };
}
