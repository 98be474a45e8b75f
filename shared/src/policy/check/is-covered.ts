// Checks whether one group of conditions implies another.
import type { ConditionGroup, ConditionNode } from '../condition.ts';

/** A group with each condition as text, so that equal conditions are equal texts; created once per trigger. */
export interface AskedConditions {
  readonly all: readonly string[];
  readonly any: readonly string[];
  readonly none: readonly string[];
}

/** The order of a condition's keys is ignored. */
export function toAskedConditions({ all, any, none }: ConditionGroup): AskedConditions {
  return { all: textsOf(all), any: textsOf(any), none: textsOf(none) };
}

/**
 * True if `wide` certainly holds whenever `narrow` does: `narrow` contains every condition of `wide`, word for
 * word. False if that cannot be shown this way; the meaning of words is not analysed.
 */
export function isCovered(narrow: AskedConditions, wide: AskedConditions): boolean {
  const isOnly = (text: string) => narrow.any.length === 1 && narrow.any[0] === text;
  return (
    wide.all.every((text) => narrow.all.includes(text) || isOnly(text)) &&
    isAnyAsked(narrow, wide) &&
    wide.none.every((text) => narrow.none.includes(text))
  );
}

function isAnyAsked(narrow: AskedConditions, wide: AskedConditions): boolean {
  if (wide.any.length === 0 || wide.any.some((text) => narrow.all.includes(text))) return true;
  return narrow.any.length > 0 && narrow.any.every((text) => wide.any.includes(text));
}

function textsOf(nodes: readonly ConditionNode[] = []): string[] {
  return nodes.map((node) => JSON.stringify(node, (_, value: unknown) => sortEntries(value)));
}

function sortEntries(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
