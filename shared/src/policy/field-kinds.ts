// Defines the kinds of fields that conditions may use: operators and values of each.
import { OPERATOR_NAMES } from '../words/condition-names.ts';
import { SOLVERS } from '../words/survey-kinds.ts';
import { PRIORITIES, STATUSES, TICKET_TYPES } from '../words/ticket-words.ts';
import type { ConditionOperator } from './condition-operators.ts';

/** A field's kind, which determines its operators and values. */
export type FieldKind =
  | 'text'
  | 'words'
  | 'status'
  | 'priority'
  | 'type'
  | 'name'
  | 'hours'
  | 'custom'
  | 'solver'
  | 'yes_no'
  | 'minutes'
  | 'id';

export interface KindDefinition {
  readonly operators: readonly ConditionOperator[];
  /** For `is`, `less_than` ...: the type of the single value. */
  readonly value: 'text' | 'number' | 'boolean' | 'any';
  /** The allowed values, in order. Absent: any value of the type. */
  readonly allowed?: readonly string[];
}

const TEXT_OPERATORS = OPERATOR_NAMES.filter((name) => name !== 'less_than' && name !== 'greater_than');

/** Operators and values by kind of field. */
export const FIELD_KINDS: Record<FieldKind, KindDefinition> = {
  text: {
    operators: TEXT_OPERATORS,
    value: 'text',
  },
  words: { operators: ['includes_any', 'includes_all', 'includes_none', 'present', 'absent'], value: 'text' },
  // A ticket always has a status, so `present` and `absent` would ask nothing.
  status: {
    operators: ['is', 'is_not', 'less_than', 'greater_than', 'includes_any', 'includes_none'],
    value: 'text',
    allowed: STATUSES,
  },
  priority: {
    operators: ['is', 'is_not', 'less_than', 'greater_than', 'includes_any', 'includes_none', 'present', 'absent'],
    value: 'text',
    allowed: PRIORITIES,
  },
  type: {
    operators: ['is', 'is_not', 'includes_any', 'includes_none', 'present', 'absent'],
    value: 'text',
    allowed: TICKET_TYPES,
  },
  name: {
    operators: TEXT_OPERATORS,
    value: 'text',
  },
  hours: { operators: ['less_than', 'greater_than', 'present', 'absent'], value: 'number' },
  minutes: { operators: ['less_than', 'greater_than', 'present', 'absent'], value: 'number' },
  solver: {
    operators: ['is', 'is_not', 'includes_any', 'includes_none', 'present', 'absent'],
    value: 'text',
    allowed: SOLVERS,
  },
  yes_no: { operators: ['is'], value: 'boolean' },
  id: { operators: ['is', 'is_not', 'includes_any', 'includes_none', 'present', 'absent'], value: 'text' },
  custom: {
    operators: OPERATOR_NAMES,
    value: 'any',
  },
};

export interface FieldDefinition {
  readonly kind: FieldKind;
  /** One sentence for the reference and for editors. */
  readonly meaning: string;
  /** A value one would write after it, for the reference. */
  readonly example: string | number;
}
