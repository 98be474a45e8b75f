// How far is a trigger from firing, and what stands in the way?
import type { LeafCode, Tree } from './condition-shape.ts';
import { leavesOf } from './condition-shape.ts';

/** Answers by leaf code: 1 as wanted, 0 not. */
export type Met = Uint8Array;

/** A tree laid out for quick measuring: nearly every trigger is a list of conditions and a choice or two. */
export interface Plan {
  readonly tree: Tree;
  readonly leaves: readonly LeafCode[];
  /** How many single conditions, these; how many choices; for each how many conditions, these. */
  readonly flat: Int32Array;
  /** What does not fit that. */
  readonly nested: readonly Tree[];
}

export function planOf(tree: Tree): Plan {
  const parts = tree.kind === 'all' ? tree.children.flatMap(unnest) : [tree];
  const singles = parts.flatMap((part) => (part.kind === 'leaf' ? [part.code] : []));
  const choices = parts.filter(isFlatChoice).map(leavesOf);
  const nested = parts.filter((part) => part.kind !== 'leaf' && !isFlatChoice(part));
  const flat = [singles.length, ...singles, choices.length, ...choices.flatMap((codes) => [codes.length, ...codes])];
  return { tree, leaves: leavesOf(tree), flat: Int32Array.from(flat), nested };
}

/** An `all` within an `all` asks no more than its parts do. */
const unnest = (tree: Tree): readonly Tree[] => (tree.kind === 'all' ? tree.children.flatMap(unnest) : [tree]);

const isFlatChoice = (tree: Tree): boolean =>
  tree.kind === 'any' && tree.children.length > 0 && tree.children.every((child) => child.kind === 'leaf');

/** Does the tree hold? */
export const holds = (plan: Plan, met: Met): boolean => distanceOf(plan, met, 0) === 0;

/**
 * Fewest leaves that would have to turn out otherwise for the tree to hold; 0: it holds; Infinity: it never can.
 * @param most counts no further: a distance above it may come out as any number above it.
 */
export function distanceOf({ flat, nested }: Plan, met: Met, most: number): number {
  let distance = 0;
  let at = 1;
  for (const end = at + (flat[0] ?? 0); at < end; at++) {
    distance += 1 - (met[flat[at] ?? 0] ?? 0);
    if (distance > most) return distance;
  }
  for (let choices = flat[at++] ?? 0; choices > 0; choices--) {
    const end = at + 1 + (flat[at] ?? 0);
    let one = 0;
    for (at++; at < end; at++) one |= met[flat[at] ?? 0] ?? 0;
    distance += 1 - one;
    if (distance > most) return distance;
  }
  for (const part of nested) distance += distanceOfTree(part, met);
  return distance;
}

function distanceOfTree(tree: Tree, met: Met): number {
  if (tree.kind === 'leaf') return 1 - (met[tree.code] ?? 0);
  let sum = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const child of tree.children) {
    const distance = distanceOfTree(child, met);
    sum += distance;
    least = Math.min(least, distance);
  }
  return tree.kind === 'all' ? sum : least;
}

/** Leaves that turned out as the tree wants them. */
export function countMet({ leaves }: Plan, met: Met): number {
  let count = 0;
  for (let i = 0; i < leaves.length; i++) count += met[leaves[i] ?? 0] ?? 0;
  return count;
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
  } else if (distanceOfTree(tree, met) > 0) {
    for (const child of tree.children) collectBlockers(child, met, blockers);
  }
}
