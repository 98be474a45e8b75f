// Flattens a trigger's condition tree into its leaves and structure.
import type { Condition, ConditionGroup, ConditionNode } from '@deskwright/shared';

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
