// Checks the structure of conditions and each condition in it.
import { GROUP_KEYS, MAX_CONDITION_DEPTH } from '../condition.ts';
import { errorAt, type Finding, type PolicyPath } from '../finding.ts';
import { nearestSpelling } from '../nearest-spelling.ts';
import type { ConditionScope } from '../solve-fields.ts';
import { type Block, isBlock } from '../value-at.ts';
import { checkCondition } from './check-condition.ts';

/**
 * All that is wrong in a `conditions` block, with paths that begin at the block itself.
 * Takes anything: what was written may be of any shape.
 */
export function checkConditions(value: unknown, scope: ConditionScope = 'ticket'): Finding[] {
  if (value === undefined)
    return [errorAt([], 'is missing; write for example conditions: { all: [...] }', { at: 'block' })];
  if (!isBlock(value)) {
    return [errorAt([], 'conditions must be a block with all, any or none, each a list of conditions')];
  }
  if ('field' in value || 'operator' in value) {
    return [errorAt([], 'conditions must start with all, any or none; put this condition in a list under one of them')];
  }
  return checkGroup(value, [], { depth: 1, scope });
}

interface Place {
  /** From 1. */
  readonly depth: number;
  readonly scope: ConditionScope;
}

function checkGroup(group: Block, path: PolicyPath, place: Place): Finding[] {
  if (place.depth > MAX_CONDITION_DEPTH) {
    return [
      errorAt(path, `conditions are nested more than ${MAX_CONDITION_DEPTH} levels deep; split the trigger in two`),
    ];
  }
  const findings = Object.keys(group)
    .filter((key) => !isGroupKey(key))
    .map((key) => unknownGroupKey(key, [...path, key]));
  let written = 0;
  for (const key of GROUP_KEYS) {
    if (!Object.hasOwn(group, key)) continue;
    written += 1;
    findings.push(...checkList(key, group[key], [...path, key], place));
  }
  if (written === 0 && findings.length === 0) {
    findings.push(errorAt(path, 'is an empty group of conditions; write at least one under all, any or none'));
  }
  return findings;
}

function checkList(key: string, list: unknown, path: PolicyPath, place: Place): Finding[] {
  if (isBlock(list)) return [errorAt(path, `${key} must be a list; put "- " before each condition`)];
  if (!Array.isArray(list)) return [errorAt(path, `${key} must be a list of conditions`)];
  if (list.length === 0) return [errorAt(path, `${key} is empty; write a condition or remove ${key}`)];
  return list.flatMap((node: unknown, index) => checkNode(node, [...path, index], place));
}

function checkNode(node: unknown, path: PolicyPath, { depth, scope }: Place): Finding[] {
  if (!isBlock(node)) {
    return [errorAt(path, 'must be a condition: { field: subject, operator: includes_any, value: [refund] }')];
  }
  const isGroup = GROUP_KEYS.some((key) => Object.hasOwn(node, key)) && !Object.hasOwn(node, 'field');
  return isGroup ? checkGroup(node, path, { depth: depth + 1, scope }) : checkCondition(node, path, scope);
}

function unknownGroupKey(key: string, path: PolicyPath): Finding {
  const didYouMean = nearestSpelling(key, GROUP_KEYS);
  return errorAt(path, `"${key}" is not known here`, {
    at: 'key',
    allowed: GROUP_KEYS,
    ...(didYouMean !== undefined && { didYouMean }),
  });
}

function isGroupKey(key: string): boolean {
  return GROUP_KEYS.some((known) => known === key);
}
