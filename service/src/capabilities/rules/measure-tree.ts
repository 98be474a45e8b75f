// How far is a trigger from firing, and what stands in the way?
import type { Tree } from './condition-shape.ts';

/** Truth of each leaf, by its number: 1 holds, 0 does not. */
export type Held = Uint8Array;

/** Fewest leaves that would have to turn out otherwise for the tree to hold; 0: it holds; Infinity: it never can. */
export function distanceOf(tree: Tree, held: Held): number {
  switch (tree.kind) {
    case 'leaf':
      return (held[tree.leaf] === 1) === tree.negated ? 1 : 0;
    case 'all': {
      let sum = 0;
      for (const child of tree.children) sum += distanceOf(child, held);
      return sum;
    }
    case 'any': {
      let least = Number.POSITIVE_INFINITY;
      for (const child of tree.children) {
        const distance = distanceOf(child, held);
        if (distance === 0) return 0;
        if (distance < least) least = distance;
      }
      return least;
    }
  }
}

/** Leaves that turned out as the tree wants them. */
export function countMet(tree: Tree, held: Held): number {
  if (tree.kind === 'leaf') return (held[tree.leaf] === 1) === tree.negated ? 0 : 1;
  let met = 0;
  for (const child of tree.children) met += countMet(child, held);
  return met;
}

/** The leaves that keep the tree from holding: the failed ones of every part that failed. */
export function blockersOf(tree: Tree, held: Held): ReadonlyArray<Tree & { readonly kind: 'leaf' }> {
  if (distanceOf(tree, held) === 0) return [];
  return tree.kind === 'leaf' ? [tree] : tree.children.flatMap((child) => blockersOf(child, held));
}
