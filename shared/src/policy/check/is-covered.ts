// Does one group of conditions hold whenever another does?
import type { ConditionGroup, ConditionNode } from '../condition.ts';

/**
 * True when `wide` surely holds whenever `narrow` does: whatever `wide` asks for, `narrow` asks for too, word for
 * word. False also when that is only not seen; nothing is proved about the words themselves.
 */
export function isCovered(narrow: ConditionGroup, wide: ConditionGroup): boolean {
  const allOf = keysOf(narrow.all);
  const anyOf = keysOf(narrow.any);
  const noneOf = keysOf(narrow.none);
  const isAllAsked = keysOf(wide.all).every((key) => allOf.includes(key) || (anyOf.length === 1 && anyOf[0] === key));
  const wideAny = keysOf(wide.any);
  const isAnyAsked =
    wideAny.length === 0 ||
    wideAny.some((key) => allOf.includes(key)) ||
    (anyOf.length > 0 && anyOf.every((key) => wideAny.includes(key)));
  return isAllAsked && isAnyAsked && keysOf(wide.none).every((key) => noneOf.includes(key));
}

function keysOf(nodes: readonly ConditionNode[] = []): string[] {
  return nodes.map((node) => JSON.stringify(node, (_, value: unknown) => sortEntries(value)));
}

function sortEntries(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
