// Lists the names of the fields and operators of conditions.

export const FIELD_NAMES = [
  'subject',
  'description',
  'text',
  'full_text',
  'comment',
  'tags',
  'status',
  'priority',
  'type',
  'via',
  'channel',
  'group',
  'assignee',
  'requester',
  'requester_email',
  'organization',
  'brand',
  'form',
  'language',
  'created_hours_ago',
  'waiting_hours',
] as const;

/** `custom_field:<id>` is a field too, but not built in. */
export type BuiltInField = (typeof FIELD_NAMES)[number];

/** What is known of a ticket once it is solved: only conditions of who is asked after a solve may use these. */
export const SOLVE_FIELD_NAMES = [
  'solved_by',
  'escalated',
  'reopened',
  'refunded',
  'first_reply_minutes',
  'first_reply_business_minutes',
  'requester_wait_minutes',
  'requester_wait_business_minutes',
  'category',
  'tier',
] as const;
export type SolveField = (typeof SOLVE_FIELD_NAMES)[number];

export const OPERATOR_NAMES = [
  'is',
  'is_not',
  'less_than',
  'greater_than',
  'includes_any',
  'includes_all',
  'includes_none',
  'matches',
  'not_matches',
  'present',
  'absent',
] as const;

export type ConditionOperator = (typeof OPERATOR_NAMES)[number];

/** The operator that holds exactly when the other does not. */
export const OPPOSITE_OPERATORS: Readonly<Record<string, ConditionOperator>> = {
  is: 'is_not',
  is_not: 'is',
  includes_any: 'includes_none',
  includes_none: 'includes_any',
  matches: 'not_matches',
  not_matches: 'matches',
  present: 'absent',
  absent: 'present',
};

/** In a trace: the opposite of an operator that has none in `OPPOSITE_OPERATORS`. */
export const NEGATED_OPERATORS = ['not less_than', 'not greater_than', 'not includes_all'] as const;
