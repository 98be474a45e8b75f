// How far is a condition tree from holding, and what stands in the way?
import type { LeafCode, Tree } from './condition-shape.ts';

/** Answers by leaf code: 1 as wanted, 0 not. */
export type Met = Uint8Array;

/** Fewest leaves that would have to turn out otherwise for the tree to hold; 0: it holds; Infinity: it never can. */
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

/** The leaves that a tree which holds rests on: the fulfilled ones of every part that holds. */
export function carriersOf(tree: Tree, met: Met): readonly LeafCode[] {
  if (distanceOf(tree, met) > 0) return [];
  return tree.kind === 'leaf' ? [tree.code] : tree.children.flatMap((child) => carriersOf(child, met));
}

/** The leaves that keep the tree from holding: the failed ones of every part that failed. */
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
