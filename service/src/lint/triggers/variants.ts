// Lists what could be left out of a trigger's conditions, and leaves it out.
import { type Condition, type ConditionGroup, type ConditionNode, GROUP_KEYS, isCondition } from '@deskwright/shared';
import type { PolicyPath } from '../finding.ts';

/** A condition, a group or a word that could be left out. */
export interface Removable {
  /** From the top of the conditions. */
  readonly path: PolicyPath;
  /** What it is: the word, or the condition or group. */
  readonly part: ConditionNode | string;
  /** Whether the trigger could fire for fewer tickets without it; otherwise for more. */
  readonly isAlternative: boolean;
}

const keyOf = (path: PolicyPath): string => path.join('/');

/**
 * From the last to the first, groups before what is in them.
 * @param removed parts that are left out already: of two alternatives one of which is gone, the other is none
 */
export function removablesIn(conditions: ConditionGroup, removed: readonly PolicyPath[]): readonly Removable[] {
  return inGroup(conditions, [], true, new Set(removed.map(keyOf)));
}

/** @param isWanted false inside an odd number of `none` */
function inGroup(
  group: ConditionGroup,
  path: PolicyPath,
  isWanted: boolean,
  removed: ReadonlySet<string>,
): Removable[] {
  return GROUP_KEYS.toReversed().flatMap((key) => {
    const nodes = (group[key] ?? [])
      .map((node, at) => ({ node, here: [...path, key, at] }))
      .filter(({ here }) => !removed.has(keyOf(here)));
    const isChoice = key === 'any' && nodes.length > 1;
    const inside = key === 'none' ? !isWanted : isWanted;
    return nodes
      .toReversed()
      .flatMap(({ node, here }): Removable[] => [
        { path: here, part: node, isAlternative: isChoice === isWanted },
        ...(isCondition(node) ? wordsOf(node, here, inside, removed) : inGroup(node, here, inside, removed)),
      ]);
  });
}

function wordsOf(
  { operator, value }: Condition,
  path: PolicyPath,
  isWanted: boolean,
  removed: ReadonlySet<string>,
): Removable[] {
  if (!Array.isArray(value)) return [];
  const words = value
    .map((word, at) => ({ part: String(word), path: [...path, 'value', at] }))
    .filter((word) => !removed.has(keyOf(word.path)));
  if (words.length < 2) return [];
  return words.map((word) => ({ ...word, isAlternative: (operator === 'includes_any') === isWanted })).toReversed();
}

/** The conditions without some parts. Null: nothing would be left of them. */
export function without(conditions: ConditionGroup, removed: readonly PolicyPath[]): ConditionGroup | null {
  return withoutIn(conditions, [], new Set(removed.map(keyOf)));
}

function withoutIn(group: ConditionGroup, path: PolicyPath, removed: ReadonlySet<string>): ConditionGroup | null {
  const entries = GROUP_KEYS.flatMap((key) => {
    const nodes = (group[key] ?? []).flatMap((node, at): ConditionNode[] => {
      const here = [...path, key, at];
      if (removed.has(keyOf(here))) return [];
      const left = isCondition(node) ? withoutWords(node, here, removed) : withoutIn(node, here, removed);
      return left === null ? [] : [left];
    });
    return nodes.length === 0 ? [] : [[key, nodes] as const];
  });
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

function withoutWords(condition: Condition, path: PolicyPath, removed: ReadonlySet<string>): Condition | null {
  const { value } = condition;
  if (!Array.isArray(value)) return condition;
  const left = value.filter((_, at) => !removed.has(keyOf([...path, 'value', at])));
  if (left.length === value.length) return condition;
  return left.length === 0 ? null : { ...condition, value: left };
}
