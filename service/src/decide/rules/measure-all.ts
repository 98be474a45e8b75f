// Measures how far each of many condition trees is from holding.
import { distanceOf, type LeafCode, type LeafStates, leavesOf, type Tree } from './condition-tree.ts';

/** The distance of a tree that can never hold. */
export const NEVER_HOLDS = 0xffff;

/** The numbers under each leaf code, in one list: those of a code end where those of the next begin. */
interface ByCode {
  readonly starts: Int32Array;
  readonly values: Int32Array;
}

/**
 * Computes all distances (see `distanceOf`) from the few conditions that differ from their initial result, so the time
 * for a ticket depends on its text and hardly on the number of trees. Nearly every trigger is a list of
 * conditions and one or two choices: a changed condition adds or subtracts one at each trigger that needs it, and each
 * choice counts its met conditions. Only the remaining trees are traversed.
 * @returns a function that returns the distances in the order of the trees, in a list that the next call reuses
 */
export function buildMeasureAll(
  trees: readonly Tree[],
  { met: atFirst }: LeafStates,
): (states: LeafStates) => Uint16Array {
  const needers: number[][] = Array.from(atFirst, () => []);
  const choosers: number[][] = Array.from(atFirst, () => []);
  const choicePlaces: number[] = [];
  const nested: Array<{ readonly place: number; readonly part: Tree }> = [];
  for (const [place, tree] of trees.entries()) {
    for (const part of partsOf(tree)) {
      if (part.kind === 'leaf') needers[part.code]?.push(place);
      else if (isFlatChoice(part)) {
        const choice = choicePlaces.push(place) - 1;
        for (const code of leavesOf(part)) choosers[code]?.push(choice);
      } else nested.push({ place, part });
    }
  }
  const [needing, choosing] = [byCode(needers), byCode(choosers)];
  const places = Int32Array.from(choicePlaces);
  const countsAtFirst = new Int32Array(places.length);
  for (const [code, choices] of choosers.entries()) {
    for (const choice of choices) countsAtFirst[choice] = (countsAtFirst[choice] ?? 0) + (atFirst[code] ?? 0);
  }
  const distancesAtFirst = new Uint16Array(trees.length);
  for (const [code, needed] of needers.entries()) {
    for (const place of needed) distancesAtFirst[place] = (distancesAtFirst[place] ?? 0) + 1 - (atFirst[code] ?? 0);
  }
  for (const [choice, place] of places.entries()) {
    if (countsAtFirst[choice] === 0) distancesAtFirst[place] = (distancesAtFirst[place] ?? 0) + 1;
  }
  const distances = new Uint16Array(trees.length);
  const counts = new Int32Array(places.length);

  return ({ met, turned, count }) => {
    distances.set(distancesAtFirst);
    counts.set(countsAtFirst);
    for (let i = 0; i < count; i++) {
      const code = (turned[i] ?? 0) * 2;
      const change = met[code] === 1 ? 1 : -1;
      turn(needing, code, change, distances);
      turn(needing, code + 1, -change, distances);
      choose(choosing, code, change, counts, places, distances);
      choose(choosing, code + 1, -change, counts, places, distances);
    }
    for (const { place, part } of nested) {
      distances[place] = Math.min((distances[place] ?? 0) + distanceOf(part, met), NEVER_HOLDS);
    }
    return distances;
  };
}

/** @param change 1: the condition is now met; -1: it no longer is */
function turn({ starts, values }: ByCode, code: LeafCode, change: number, distances: Uint16Array): void {
  const end = starts[code + 1] ?? 0;
  for (let at = starts[code] ?? 0; at < end; at++) {
    const place = values[at] ?? 0;
    distances[place] = (distances[place] ?? 0) - change;
  }
}

function choose(
  { starts, values }: ByCode,
  code: LeafCode,
  change: number,
  counts: Int32Array,
  places: Int32Array,
  distances: Uint16Array,
): void {
  const end = starts[code + 1] ?? 0;
  for (let at = starts[code] ?? 0; at < end; at++) {
    const choice = values[at] ?? 0;
    const before = counts[choice] ?? 0;
    counts[choice] = before + change;
    if (before !== 0 && before + change !== 0) continue;
    const place = places[choice] ?? 0;
    distances[place] = (distances[place] ?? 0) - change;
  }
}

/** The parts that must all hold: an `all` within an `all` requires no more than its parts do. */
const partsOf = (tree: Tree): readonly Tree[] => (tree.kind === 'all' ? tree.children.flatMap(partsOf) : [tree]);

const isFlatChoice = (tree: Tree): boolean =>
  tree.kind === 'any' && tree.children.length > 0 && tree.children.every((child) => child.kind === 'leaf');

function byCode(lists: ReadonlyArray<readonly number[]>): ByCode {
  const starts = new Int32Array(lists.length + 1);
  for (const [code, list] of lists.entries()) starts[code + 1] = (starts[code] ?? 0) + list.length;
  return { starts, values: Int32Array.from(lists.flat()) };
}
