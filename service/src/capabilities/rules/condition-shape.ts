// Which leaves does a trigger's condition tree have, and how do they hang together?
import type { Condition, ConditionGroup, ConditionNode } from '@deskwright/shared';

/**
 * A condition tree of `all` and `any` only: `none` is gone, its leaves are negated instead (De Morgan), so that a
 * leaf either stands in the way or does not.
 */
export type Tree =
  | { readonly kind: 'leaf'; readonly leaf: number; readonly negated: boolean }
  | { readonly kind: 'all' | 'any'; readonly children: readonly Tree[] };

const ALWAYS: Tree = { kind: 'all', children: [] };
const NEVER: Tree = { kind: 'any', children: [] };

/**
 * Turns a group into a tree. A group holds when all of `all`, at least one of `any` (no list or an empty one asks
 * nothing, as in Zendesk) and none of `none` hold.
 * @param number gives a leaf condition its number.
 */
export function shapeOf(group: ConditionGroup, number: (condition: Condition) => number, negated = false): Tree {
  const parts: Tree[] = [];
  for (const node of group.all ?? []) parts.push(nodeOf(node, number, negated));
  const any = group.any ?? [];
  if (any.length > 0) {
    parts.push(
      joined(
        negated ? 'all' : 'any',
        any.map((node) => nodeOf(node, number, negated)),
      ),
    );
  }
  for (const node of group.none ?? []) parts.push(nodeOf(node, number, !negated));
  if (parts.length === 0) return negated ? NEVER : ALWAYS;
  return joined(negated ? 'any' : 'all', parts);
}

function nodeOf(node: ConditionNode, number: (condition: Condition) => number, negated: boolean): Tree {
  if ('field' in node) return { kind: 'leaf', leaf: number(node), negated };
  return shapeOf(node, number, negated);
}

function joined(kind: 'all' | 'any', children: readonly Tree[]): Tree {
  const [only] = children;
  return only !== undefined && children.length === 1 ? only : { kind, children };
}

/** Every leaf of a tree, in the order of the policy file. */
export function leavesOf(tree: Tree): ReadonlyArray<Tree & { readonly kind: 'leaf' }> {
  return tree.kind === 'leaf' ? [tree] : tree.children.flatMap(leavesOf);
}
