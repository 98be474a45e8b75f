// Lists the conditions that must be met for a trigger to fire.
import { type Condition, type ConditionGroup, type ConditionNode, isCondition } from '../condition.ts';
import type { PolicyPath } from '../finding.ts';

/** A condition that must hold (or, when `negated`, must not) whenever the group does. */
export interface Must {
  readonly condition: Condition;
  readonly negated: boolean;
  readonly path: PolicyPath;
}

/**
 * The conditions required for firing: all of `all`, the only one of an `any`, none of `none`. If there is a
 * choice none is required, so a longer `any` adds none.
 * @param group already validated
 */
export function mustHold(group: ConditionGroup, path: PolicyPath): Must[] {
  const { all = [], any = [], none = [] } = group;
  return [
    ...all.flatMap((node, index) => mustNode(node, [...path, 'all', index])),
    ...(any.length === 1 ? any.flatMap((node) => mustNode(node, [...path, 'any', 0])) : []),
    ...none.flatMap((node, index) =>
      isCondition(node) ? [{ condition: node, negated: true, path: [...path, 'none', index] }] : [],
    ),
  ];
}

function mustNode(node: ConditionNode, path: PolicyPath): Must[] {
  return isCondition(node) ? [{ condition: node, negated: false, path }] : mustHold(node, path);
}
