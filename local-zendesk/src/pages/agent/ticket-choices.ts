// Lists the options of a ticket's fields.
import type { FieldData } from '../../../browser/page-data.d.ts';
import type { Account } from '../../account/account.ts';
import type { TicketField } from '../../account/ticket-schema.ts';
import { staffOf } from '../../actions/agent-actions.ts';

export const STATUSES = ['new', 'open', 'pending', 'hold', 'solved'] as const;
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export const TYPES = ['question', 'incident', 'problem', 'task'] as const;

export type Choice = readonly [value: string, label: string];

export const STATUS_LABELS: Readonly<Record<string, string>> = {
  new: 'New',
  open: 'Open',
  pending: 'Pending',
  hold: 'On-hold',
  solved: 'Solved',
  closed: 'Closed',
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

export const statusChoices: readonly Choice[] = STATUSES.map((name) => [name, STATUS_LABELS[name] ?? name]);
export const priorityChoices: readonly Choice[] = [
  ['', '–'],
  ...PRIORITIES.map((name): Choice => [name, capital(name)]),
];
export const typeChoices: readonly Choice[] = [['', '–'], ...TYPES.map((name): Choice => [name, capital(name)])];

export function groupChoices(account: Account): readonly Choice[] {
  const groups = account.groups.list().filter(({ deleted }) => !deleted);
  return [['', '–'], ...groups.map(({ id, name }): Choice => [String(id), name])];
}

export function assigneeChoices(account: Account): readonly Choice[] {
  return [['', '–'], ...staffOf(account).map(({ id, name }): Choice => [String(id), name])];
}

/** Custom fields that the form can show; the rest keep their values untouched. */
const EDITABLE = new Set([
  'text',
  'textarea',
  'checkbox',
  'date',
  'integer',
  'decimal',
  'regexp',
  'tagger',
  'multiselect',
]);

export function customFieldsOf(account: Account): readonly TicketField[] {
  return account.ticketFields.list().filter(({ removable, active, type }) => removable && active && EDITABLE.has(type));
}

/** The fields as apps know them (`ticketFields`). */
export function fieldData(account: Account): FieldData[] {
  const options = (choices: readonly Choice[]) => choices.map(([value, label]) => ({ label, value }));
  return [
    { name: 'subject', label: 'Subject', type: 'subject', options: [] },
    { name: 'assignee', label: 'Assignee', type: 'assignee', options: options(assigneeChoices(account)) },
    { name: 'group', label: 'Group', type: 'group', options: options(groupChoices(account)) },
    { name: 'status', label: 'Status', type: 'status', options: options(statusChoices) },
    { name: 'type', label: 'Type', type: 'tickettype', options: options(typeChoices) },
    { name: 'priority', label: 'Priority', type: 'priority', options: options(priorityChoices) },
    { name: 'tags', label: 'Tags', type: 'tags', options: [] },
    ...customFieldsOf(account).map(({ id, title, type, custom_field_options }) => ({
      name: `custom_field_${id}`,
      label: title,
      type,
      options: custom_field_options.map(({ name, value }) => ({ label: name, value })),
    })),
  ];
}
