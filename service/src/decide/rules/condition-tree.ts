// A trigger's condition tree: its shape, the answers of its leaves for one ticket, and how far it is from holding.
import {
  type Condition,
  type ConditionGroup,
  type ConditionNode,
  type ConditionTrace,
  OPPOSITE_OPERATORS,
} from '@deskwright/shared';

/**
 * A condition and whether it must hold: twice its number, plus one when it is inside `none` and must not hold. In a
 * list of results by code, 1 therefore always means "as the trigger wants it".
 */
export type LeafCode = number;

/** A condition tree of `all` and `any` only: `none` is removed by negating its leaves (De Morgan). */
export type Tree =
  | { readonly kind: 'leaf'; readonly code: LeafCode }
  | { readonly kind: 'all' | 'any'; readonly children: readonly Tree[] };

const ALWAYS: Tree = { kind: 'all', children: [] };
const NEVER: Tree = { kind: 'any', children: [] };

/**
 * Turns a group into a tree. A group holds when all of `all`, at least one of `any` (a missing or empty list requires
 * nothing, as in Zendesk) and none of `none` hold.
 * @param number gives a condition its number.
 */
export function shapeOf(group: ConditionGroup, number: (condition: Condition) => number, negated = false): Tree {
  const shape = (node: ConditionNode, opposite: boolean): Tree =>
    'field' in node ? { kind: 'leaf', code: number(node) * 2 + Number(opposite) } : shapeOf(node, number, opposite);
  const parts = (group.all ?? []).map((node) => shape(node, negated));
  const any = (group.any ?? []).map((node) => shape(node, negated));
  if (any.length > 0) parts.push(join(negated ? 'all' : 'any', any));
  parts.push(...(group.none ?? []).map((node) => shape(node, !negated)));
  if (parts.length === 0) return negated ? NEVER : ALWAYS;
  return join(negated ? 'any' : 'all', parts);
}

function join(kind: 'all' | 'any', children: readonly Tree[]): Tree {
  const [only] = children;
  return only !== undefined && children.length === 1 ? only : { kind, children };
}

/** Every leaf of a tree, in the order of the policy file. */
export function leavesOf(tree: Tree): readonly LeafCode[] {
  return tree.kind === 'leaf' ? [tree.code] : tree.children.flatMap(leavesOf);
}

/** Results by leaf code: 1 as wanted, 0 not. */
export type Met = Uint8Array;

/** Plain data that is reused for each ticket, so that a ticket costs only as much as the conditions it changes. */
export interface LeafStates {
  readonly met: Met;
  /** Numbers of the conditions that differ from their initial result; only the first `count` are valid. */
  readonly turned: Int32Array;
  count: number;
}

/** @param holdAtFirst by condition, its result as long as nothing is set */
export function buildLeafStates(holdAtFirst: readonly boolean[]): LeafStates {
  const met = Uint8Array.from(holdAtFirst.flatMap((holds) => (holds ? [1, 0] : [0, 1])));
  return { met, turned: new Int32Array(holdAtFirst.length), count: 0 };
}

/** Writes a result under both of a condition's codes. It may change once per ticket, and not back. */
export function setAnswer(states: LeafStates, number: number, answer: 0 | 1): void {
  const code: LeafCode = number * 2;
  if (states.met[code] === answer) return;
  states.met[code] = answer;
  states.met[code + 1] = 1 - answer;
  states.turned[states.count++] = number;
}

/** Starts a ticket: every condition has its initial result. */
export function resetStates(states: LeafStates): void {
  const { met, turned } = states;
  for (let i = 0; i < states.count; i++) {
    const code = (turned[i] ?? 0) * 2;
    met[code] = 1 - (met[code] ?? 0);
    met[code + 1] = 1 - (met[code + 1] ?? 0);
  }
  states.count = 0;
}

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
export function canBeIrrelevant(tree: Tree): boolean {
  if (tree.kind === 'leaf') return false;
  return tree.children.some((child) => canBeIrrelevant(child) || (tree.kind === 'any' && child.kind !== 'leaf'));
}

/** In a tree that holds, the leaves that are met in parts that do not hold, unless they also occur in parts that do. */
export function irrelevantLeaves(tree: Tree, met: Met): ReadonlySet<LeafCode> {
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

/**
 * A condition as a trigger sees it: one inside `none` appears as its opposite (`is` as `is_not`; where there is no such
 * operator, `not less_than`), so that `held` always means "as the trigger wants it".
 */
export function shownCondition(
  { field, operator, value }: Condition,
  opposite: boolean,
): Pick<ConditionTrace, 'field' | 'operator' | 'wanted'> {
  return {
    field,
    operator: opposite ? (OPPOSITE_OPERATORS[operator] ?? `not ${operator}`) : operator,
    wanted: value ?? null,
  };
}

const ABSENCE: ReadonlySet<string> = new Set(['is_not', 'includes_none', 'not_matches', 'absent']);

/**
 * Whether a condition looks for something present rather than requires its absence.
 * @param opposite the condition is inside `none`: requiring that an absence does not hold means looking for presence
 */
export function asksFor({ operator }: Condition, opposite: boolean): boolean {
  return ABSENCE.has(operator) === opposite;
}

/** Characters of a value that a trace keeps: enough to recognise it, too few to be a second copy of the mail. */
const MAX_SHOWN = 120;

/** The text, cut with an ellipsis after `MAX_SHOWN` characters; never within a character. */
export function cutText(text: string): string {
  if (text.length <= MAX_SHOWN) return text;
  const end = /[\uD800-\uDBFF]$/.test(text.slice(0, MAX_SHOWN)) ? MAX_SHOWN - 1 : MAX_SHOWN;
  return `${text.slice(0, end)}…`;
}
