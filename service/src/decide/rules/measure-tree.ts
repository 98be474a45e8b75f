// Measures how far a condition tree is from holding, and which conditions are missing.
import type { LeafCode, Tree } from './condition-shape.ts';
import type { Met } from './leaf-states.ts';

/** Fewest leaves whose result would have to change for the tree to hold; 0: it holds; Infinity: it never can. */
export function distanceOf(tree: Tree, met: Met): number {
  if (tree.kind === 'leaf') return 1 - (met[tree.code] ?? 0);
  let sum = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const child of tree.children) {
    const distance = distanceOf(child, met);
    sum += distance;
    least = Math.min(least, distance);
  }
  return tree.kind === 'all' ? sum : least;
}

/** Can a leaf be met and the tree hold without it? Only in a group that has an alternative. */
export function canHoldInVain(tree: Tree): boolean {
  if (tree.kind === 'leaf') return false;
  return tree.children.some((child) => canHoldInVain(child) || (tree.kind === 'any' && child.kind !== 'leaf'));
}

/** In a tree that holds, the leaves that are met in parts that do not hold, unless they also occur in parts that do. */
export function heldInVain(tree: Tree, met: Met): ReadonlySet<LeafCode> {
  const inVain = new Set<LeafCode>();
  sortLeaves(tree, met, inVain, false);
  if (inVain.size > 0) sortLeaves(tree, met, inVain, true);
  return inVain;
}

/** Adds the met leaves of parts that do not hold, or removes those of parts that hold. */
function sortLeaves(tree: Tree, met: Met, inVain: Set<LeafCode>, takesOut: boolean, holds = true): void {
  if (tree.kind === 'leaf') {
    if (holds === takesOut && met[tree.code] === 1) {
      if (takesOut) inVain.delete(tree.code);
      else inVain.add(tree.code);
    }
    return;
  }
  for (const child of tree.children) sortLeaves(child, met, inVain, takesOut, holds && distanceOf(child, met) === 0);
}

/** The leaves that keep the tree from holding: the unmet ones of every part that failed. */
export function blockersOf(tree: Tree, met: Met): readonly LeafCode[] {
  const blockers: LeafCode[] = [];
  collectBlockers(tree, met, blockers);
  return blockers;
}

function collectBlockers(tree: Tree, met: Met, blockers: LeafCode[]): void {
  if (tree.kind === 'leaf') {
    if (met[tree.code] === 0) blockers.push(tree.code);
  } else if (distanceOf(tree, met) > 0) {
    for (const child of tree.children) collectBlockers(child, met, blockers);
  }
}
