// Lists the fields a condition may use and their operators.
import { CHANNELS } from '../words/channels.ts';
import { type BuiltInField, FIELD_NAMES } from '../words/condition-names.ts';
import { PRIORITIES, STATUSES, TICKET_TYPES } from '../words/ticket-words.ts';
import type { ConditionOperator } from './condition-operators.ts';

/** A field's kind, which determines its operators and values. */
export type FieldKind = 'text' | 'words' | 'status' | 'priority' | 'type' | 'name' | 'hours' | 'custom';

export interface KindDefinition {
  readonly operators: readonly ConditionOperator[];
  /** For `is`, `less_than` ...: the type of the single value. */
  readonly value: 'text' | 'number' | 'any';
  /** The allowed values, in order. Absent: any value of the type. */
  readonly allowed?: readonly string[];
}

/** Operators and values by kind of field. */
export const FIELD_KINDS: Record<FieldKind, KindDefinition> = {
  text: {
    operators: [
      'is',
      'is_not',
      'includes_any',
      'includes_all',
      'includes_none',
      'matches',
      'not_matches',
      'present',
      'absent',
    ],
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
    operators: [
      'is',
      'is_not',
      'includes_any',
      'includes_all',
      'includes_none',
      'matches',
      'not_matches',
      'present',
      'absent',
    ],
    value: 'text',
  },
  hours: { operators: ['less_than', 'greater_than', 'present', 'absent'], value: 'number' },
  custom: {
    operators: [
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
    ],
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

/** The built-in fields; for `custom_field:<id>` see {@link findConditionField}. */
export const CONDITION_FIELDS = {
  subject: { kind: 'text', meaning: 'The subject line.', example: 'Where is my order?' },
  description: { kind: 'text', meaning: 'What the customer wrote in the first message.', example: 'money back' },
  text: {
    kind: 'text',
    meaning: 'Subject and first message; no phrase begins in one and ends in the other.',
    example: 'money back',
  },
  full_text: {
    kind: 'text',
    meaning: 'The same with what the others leave out: quoted history, signatures, links and addresses.',
    example: 'tracking.carrier.example',
  },
  comment: {
    kind: 'text',
    meaning: 'What the customer wrote in the newest public comment.',
    example: 'still waiting',
  },
  tags: { kind: 'words', meaning: 'The tags on the ticket.', example: 'vip' },
  status: { kind: 'status', meaning: `The status; in order: ${STATUSES.join(', ')}.`, example: 'solved' },
  priority: { kind: 'priority', meaning: `The priority; in order: ${PRIORITIES.join(', ')}.`, example: 'high' },
  type: { kind: 'type', meaning: 'The ticket type.', example: 'incident' },
  via: {
    kind: 'name',
    meaning: `How the ticket came in: ${CHANNELS.slice(0, 8).join(', ')} ... Zendesk's other words are read as these: mail as email, web_form as web, web_service as api, calls as voice.`,
    example: 'email',
  },
  channel: { kind: 'name', meaning: 'The same as `via`.', example: 'email' },
  group: { kind: 'name', meaning: 'The name of the group the ticket is with.', example: 'Support Tier 1' },
  assignee: {
    kind: 'name',
    meaning: 'The e-mail address of the agent it is assigned to.',
    example: 'ana@northwind.test',
  },
  requester: { kind: 'name', meaning: "The customer's name.", example: 'Robin Field' },
  requester_email: { kind: 'name', meaning: "The customer's e-mail address.", example: 'robin@example.com' },
  organization: { kind: 'name', meaning: "The name of the customer's organization.", example: 'Acme' },
  brand: { kind: 'name', meaning: 'The name of the brand.', example: 'Northwind Outdoor' },
  form: { kind: 'name', meaning: 'The name of the ticket form.', example: 'Returns' },
  language: { kind: 'name', meaning: "The customer's language, as Zendesk writes it: en-US, de ...", example: 'en-US' },
  created_hours_ago: { kind: 'hours', meaning: 'Hours since the ticket was made.', example: 24 },
  waiting_hours: {
    kind: 'hours',
    meaning: 'Hours since which the customer waits for an answer; empty while nobody waits.',
    example: 8,
  },
} as const satisfies Record<BuiltInField, FieldDefinition>;

export { type BuiltInField, FIELD_NAMES };

/** `custom_field:` and the id Zendesk shows for the field. */
export const CUSTOM_FIELD_PATTERN = /^custom_field:([1-9]\d{0,18})$/;

const CUSTOM_FIELD: FieldDefinition = {
  kind: 'custom',
  meaning: 'The custom ticket field with this id.',
  example: 'red',
};

/** The definition of a field by the name a policy writes; undefined when there is no such field. */
export function findConditionField(name: string): FieldDefinition | undefined {
  if (CUSTOM_FIELD_PATTERN.test(name)) return CUSTOM_FIELD;
  return Object.hasOwn(CONDITION_FIELDS, name) ? CONDITION_FIELDS[name as BuiltInField] : undefined;
}

/** The operators that fit a field: its kind's, save what could never be true or never be false. */
export function operatorsOf(name: string): readonly ConditionOperator[] {
  const field = findConditionField(name);
  if (!field) return [];
  const { operators } = FIELD_KINDS[field.kind];
  // Every ticket has an age.
  return name === 'created_hours_ago' ? operators.filter((o) => o !== 'present' && o !== 'absent') : operators;
}

/** The digits of `custom_field:<id>`; undefined for any other field. */
export function customFieldId(name: string): string | undefined {
  return CUSTOM_FIELD_PATTERN.exec(name)?.[1];
}
