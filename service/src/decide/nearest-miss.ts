// Finds the trigger that came closest to giving the ticket another category.
import type { NearestMiss } from '@deskwright/shared';
import type { CompiledTrigger } from './compile-policy.ts';
import type { LeafCode } from './rules/condition-shape.ts';
import type { Met } from './rules/leaf-states.ts';
import { NEVER_HOLDS } from './rules/measure-all.ts';
import { blockersOf } from './rules/measure-tree.ts';
import type { Answers, RuleSet } from './rules/rule-set.ts';

/**
 * Of the triggers that set a category, stand before the winner and did not fire (before the end, when none won), and of
 * which something was there that they ask for, the one that needs the fewest of its conditions to turn out otherwise;
 * among equals the one with the most conditions met, then the first. An `any` needs its easiest branch. That nothing
 * speaks against a trigger (`none`, `is_not` and the like) brings it no nearer: it would be so for nearly every ticket.
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
    // Asked last: few come so far, and this runs for every trigger of every ticket.
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
