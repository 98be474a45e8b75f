// Finds the trigger that came closest to giving the ticket another category.
import type { NearestMiss } from '@deskwright/shared';
import type { CompiledTrigger } from './compile-policy.ts';
import type { LeafCode } from './rules/condition-shape.ts';
import type { Met } from './rules/leaf-states.ts';
import { NEVER_HOLDS } from './rules/measure-all.ts';
import { blockersOf } from './rules/measure-tree.ts';
import type { Answers, RuleSet } from './rules/rule-set.ts';

/**
 * Considers triggers that set a category, come before the winner (or all, when none won), did not fire, and found
 * something present that they look for. Picks the one with the fewest conditions to change;
 * among equals the one with the most conditions met, then the first. An `any` needs its easiest branch. Conditions that
 * only require an absence (`none`, `is_not` and the like) do not bring a trigger nearer: they hold for nearly every ticket.
 * Null: there is no such trigger.
 */
export function nearestMiss(
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
    if ((distance === least && count <= most) || !isAnyMet(rule.asking, met)) continue;
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
