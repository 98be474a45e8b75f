// How far is each of many condition trees from holding?
import type { LeafCode, Tree } from './condition-shape.ts';
import { leavesOf } from './condition-shape.ts';
import type { Met } from './measure-tree.ts';
import { distanceOf } from './measure-tree.ts';

/** The distance of a tree that can never hold. */
export const NEVER_HOLDS = 0xffff;

/**
 * Lays trees out so that all their distances (see `distanceOf`) are measured in one walk. Nearly every trigger is a
 * list of conditions and a choice or two, and triggers share conditions: so each failed condition adds one to the
 * triggers that need it, choices are looked through one after the other, and only the rest is walked as a tree.
 * @param codes how many leaf codes there are
 * @returns a function that gives the distances in the order of the trees, in a list that the next call uses again
 */
export function buildMeasureAll(trees: readonly Tree[], codes: number): (met: Met) => Uint16Array {
  const parts = trees.flatMap((tree, place) => partsOf(tree).map((part) => ({ place, part })));
  const needers: number[][] = Array.from({ length: codes }, () => []);
  const choices: number[] = [];
  const nested: Array<{ readonly place: number; readonly part: Tree }> = [];
  for (const { place, part } of parts) {
    const leaves = leavesOf(part);
    if (part.kind === 'leaf') needers[part.code]?.push(place);
    else if (isFlatChoice(part)) choices.push(place, leaves.length, ...leaves);
    else nested.push({ place, part });
  }
  const flatNeeders = Int32Array.from(needers.flat());
  const ends = Int32Array.from(endsOf(needers));
  const flatChoices = Int32Array.from(choices);
  const distances = new Uint16Array(trees.length);

  return (met) => {
    distances.fill(0);
    addFailures(met, ends, flatNeeders, distances);
    addChoices(met, flatChoices, distances);
    for (const { place, part } of nested) {
      distances[place] = Math.min((distances[place] ?? 0) + distanceOf(part, met), NEVER_HOLDS);
    }
    return distances;
  };
}

function addFailures(met: Met, ends: Int32Array, needers: Int32Array, distances: Uint16Array): void {
  let at = 0;
  for (let code: LeafCode = 0; code < ends.length; code++) {
    const end = ends[code] ?? 0;
    const failed = 1 - (met[code] ?? 0);
    for (; at < end; at++) {
      const place = needers[at] ?? 0;
      distances[place] = (distances[place] ?? 0) + failed;
    }
  }
}

function addChoices(met: Met, choices: Int32Array, distances: Uint16Array): void {
  let at = 0;
  while (at < choices.length) {
    const place = choices[at] ?? 0;
    const end = at + 2 + (choices[at + 1] ?? 0);
    let one = 0;
    for (at += 2; at < end; at++) one |= met[choices[at] ?? 0] ?? 0;
    distances[place] = (distances[place] ?? 0) + 1 - one;
  }
}

/** The parts that must all hold: an `all` within an `all` asks no more than its parts do. */
const partsOf = (tree: Tree): readonly Tree[] => (tree.kind === 'all' ? tree.children.flatMap(partsOf) : [tree]);

const isFlatChoice = (tree: Tree): boolean =>
  tree.kind === 'any' && tree.children.length > 0 && tree.children.every((child) => child.kind === 'leaf');

function endsOf(lists: ReadonlyArray<readonly number[]>): number[] {
  let end = 0;
  return lists.map((list) => {
    end += list.length;
    return end;
  });
}
