// Lists the fields that conditions may use of a solved ticket.
import type { SolveField } from '../words/condition-names.ts';
import type { FieldDefinition } from './field-kinds.ts';

/** Where conditions stand: in a trigger or criterion, or where they say who is asked after a solve, which may use more fields. */
export type ConditionScope = 'ticket' | 'solve';

export const SOLVE_FIELDS = {
  solved_by: {
    kind: 'solver',
    meaning:
      'Who solved the ticket: `agent`, `customer`, or `automation` (a trigger or automation of Zendesk). Empty: unknown.',
    example: 'automation',
  },
  escalated: { kind: 'yes_no', meaning: 'Whether it went up to a higher tier before the solve.', example: 'true' },
  reopened: { kind: 'yes_no', meaning: 'Whether it was solved and opened again before the solve.', example: 'true' },
  refunded: {
    kind: 'yes_no',
    meaning: 'Whether an agent recorded a refund in the sidebar that was not undone.',
    example: 'true',
  },
  first_reply_minutes: {
    kind: 'minutes',
    meaning: 'Minutes from the arrival to the first public reply; empty when there was none.',
    example: 60,
  },
  first_reply_business_minutes: {
    kind: 'minutes',
    meaning: 'The same, counting `business_hours` only.',
    example: 60,
  },
  requester_wait_minutes: {
    kind: 'minutes',
    meaning: 'Minutes for which the ticket was new, open or on hold until the solve.',
    example: 2880,
  },
  requester_wait_business_minutes: {
    kind: 'minutes',
    meaning: 'The same, counting `business_hours` only.',
    example: 960,
  },
  category: { kind: 'id', meaning: 'The id of its category.', example: 'refunds' },
  tier: { kind: 'id', meaning: 'The id of the tier where it belongs.', example: 't1' },
} as const satisfies Record<SolveField, FieldDefinition>;
