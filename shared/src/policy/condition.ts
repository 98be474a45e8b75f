// Defines a parsed condition.

/** One value, or a list for the word operators. */
export type ConditionValue = string | number | boolean | (string | number)[];

/** One question about a ticket. */
export interface Condition {
  field: string;
  operator: string;
  value?: ConditionValue | undefined;
}

/** Holds when every one of `all`, at least one of `any` and not one of `none` holds; each may be left out. */
export interface ConditionGroup {
  all?: ConditionNode[] | undefined;
  any?: ConditionNode[] | undefined;
  none?: ConditionNode[] | undefined;
}

export type ConditionNode = Condition | ConditionGroup;

/** The keys of a group, in the order they are written. */
export const GROUP_KEYS = ['all', 'any', 'none'] as const;
export type GroupKey = (typeof GROUP_KEYS)[number];

/** How deep groups may be nested; nobody can read deeper ones. */
export const MAX_CONDITION_DEPTH = 5;

/** Is this node one question (and not a group of them)? */
export function isCondition(node: ConditionNode): node is Condition {
  return 'field' in node;
}
