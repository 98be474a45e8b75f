// Lists the fields a condition may use and their operators.

import { type BuiltInField, FIELD_NAMES, SOLVE_FIELD_NAMES, type SolveField } from '../words/condition-names.ts';
import { CHANNELS, PRIORITIES, STATUSES } from '../words/ticket-words.ts';
import type { ConditionOperator } from './condition-operators.ts';
import { FIELD_KINDS, type FieldDefinition, type FieldKind, type KindDefinition } from './field-kinds.ts';
import { type ConditionScope, SOLVE_FIELDS } from './solve-fields.ts';

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
  created_hours_ago: { kind: 'hours', meaning: 'Hours since the ticket was created.', example: 24 },
  waiting_hours: {
    kind: 'hours',
    meaning: 'How many hours the customer has waited for an answer; empty if the customer is not waiting.',
    example: 8,
  },
} as const satisfies Record<BuiltInField, FieldDefinition>;

export {
  type BuiltInField,
  FIELD_KINDS,
  FIELD_NAMES,
  type FieldDefinition,
  type FieldKind,
  type KindDefinition,
  SOLVE_FIELD_NAMES,
};

/** `custom_field:` and the id Zendesk shows for the field. */
export const CUSTOM_FIELD_PATTERN = /^custom_field:([1-9]\d{0,18})$/;

const CUSTOM_FIELD: FieldDefinition = {
  kind: 'custom',
  meaning: 'The custom ticket field with this id.',
  example: 'red',
};

/** The names that conditions may write, but for `custom_field:<id>`. */
export const fieldNamesIn = (scope: ConditionScope): readonly (BuiltInField | SolveField)[] =>
  scope === 'solve' ? [...FIELD_NAMES, ...SOLVE_FIELD_NAMES] : FIELD_NAMES;

export const isSolveField = (name: string): name is SolveField => Object.hasOwn(SOLVE_FIELDS, name);

/** The definition of a field by the name a policy writes; undefined when there is no such field. */
export function findConditionField(name: string, scope: ConditionScope = 'ticket'): FieldDefinition | undefined {
  if (CUSTOM_FIELD_PATTERN.test(name)) return CUSTOM_FIELD;
  if (isSolveField(name)) return scope === 'solve' ? SOLVE_FIELDS[name] : undefined;
  return Object.hasOwn(CONDITION_FIELDS, name) ? CONDITION_FIELDS[name as BuiltInField] : undefined;
}

/** The operators that fit a field: its kind's, save what could never be true or never be false. */
export function operatorsOf(name: string, scope: ConditionScope = 'ticket'): readonly ConditionOperator[] {
  const field = findConditionField(name, scope);
  if (!field) return [];
  const { operators } = FIELD_KINDS[field.kind];
  // Every ticket has an age.
  return name === 'created_hours_ago' ? operators.filter((o) => o !== 'present' && o !== 'absent') : operators;
}

/** The digits of `custom_field:<id>`; undefined for any other field. */
export function customFieldId(name: string): string | undefined {
  return CUSTOM_FIELD_PATTERN.exec(name)?.[1];
}
