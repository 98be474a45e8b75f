// Lists conditions and actions of rules with their values.
import type { Account } from '../../account/account.ts';

export interface Value {
  value: string;
  title: string;
  enabled: true;
}

export interface Subject {
  subject: string;
  title: string;
  type: 'list' | 'text' | 'autocomplete';
  operators: readonly string[];
  values?: readonly Value[];
}

export const valuesOf = (...pairs: readonly (readonly [value: string, title: string])[]): readonly Value[] =>
  pairs.map(([value, title]) => ({ value, title, enabled: true }));

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const words = (...names: readonly string[]): readonly Value[] =>
  valuesOf(...names.map((name) => [name, capital(name)] as const));

const IS = ['is', 'is_not'];
const ORDERED = [...IS, 'less_than', 'greater_than'];
const WORDS = ['includes', 'not_includes', ...IS];

const titleOf: Readonly<Record<string, string>> = {
  is: 'Is',
  is_not: 'Is not',
  less_than: 'Less than',
  greater_than: 'Greater than',
  includes: 'Contains at least one of the following',
  not_includes: 'Contains none of the following',
  present: 'Present',
  not_present: 'Not present',
  changed: 'Changed',
  value: 'Changed to',
  value_previous: 'Changed from',
  not_changed: 'Not changed',
  not_value: 'Not changed to',
  not_value_previous: 'Not changed from',
};

const TERMINAL = new Set(['present', 'not_present', 'changed', 'not_changed']);

const showOperator = (value: string): Record<string, unknown> => ({
  value,
  title: titleOf[value] ?? value,
  terminal: TERMINAL.has(value),
});

/** What both views and triggers can ask of a ticket in this account. */
export function sharedSubjects(account: Account): readonly Subject[] {
  const agents = account.users.list().filter((user) => user.role !== 'end-user');
  const named = (items: readonly { id: number; name: string }[]): readonly Value[] =>
    valuesOf(...items.map((item) => [String(item.id), item.name] as const));
  const custom = account.ticketFields
    .list()
    .filter((field) => field.removable && field.active)
    .map((field): Subject => {
      const options = field.custom_field_options.map((option) => [option.value, option.name] as const);
      const subject = `custom_fields_${field.id}`;
      return options.length > 0
        ? {
            subject,
            title: field.title,
            type: 'list',
            operators: [...IS, 'present', 'not_present'],
            values: valuesOf(...options),
          }
        : { subject, title: field.title, type: 'text', operators: [...IS, 'present', 'not_present'] };
    });
  return [
    {
      subject: 'status',
      title: 'Status',
      type: 'list',
      operators: ORDERED,
      values: words('new', 'open', 'pending', 'hold', 'solved', 'closed'),
    },
    {
      subject: 'type',
      title: 'Type',
      type: 'list',
      operators: IS,
      values: words('question', 'incident', 'problem', 'task'),
    },
    {
      subject: 'priority',
      title: 'Priority',
      type: 'list',
      operators: ORDERED,
      values: words('low', 'normal', 'high', 'urgent'),
    },
    {
      subject: 'group_id',
      title: 'Group',
      type: 'list',
      operators: IS,
      values: [...valuesOf(['', '-']), ...named(account.groups.list())],
    },
    {
      subject: 'assignee_id',
      title: 'Assignee',
      type: 'list',
      operators: IS,
      values: [...valuesOf(['', '-'], ['current_user', '(current user)']), ...named(agents)],
    },
    { subject: 'requester_id', title: 'Requester', type: 'autocomplete', operators: IS },
    { subject: 'organization_id', title: 'Organization', type: 'autocomplete', operators: IS },
    { subject: 'brand_id', title: 'Brand', type: 'list', operators: IS, values: named(account.brands.list()) },
    {
      subject: 'custom_status_id',
      title: 'Ticket status',
      type: 'list',
      operators: IS,
      values: valuesOf(...account.customStatuses.list().map((one) => [String(one.id), one.agent_label] as const)),
    },
    { subject: 'current_tags', title: 'Tags', type: 'text', operators: ['includes', 'not_includes'] },
    { subject: 'description_includes_word', title: 'Description', type: 'text', operators: WORDS },
    {
      subject: 'via_id',
      title: 'Channel',
      type: 'list',
      operators: IS,
      values: valuesOf(['0', 'Web form'], ['4', 'Email'], ['5', 'Web service (API)'], ['29', 'Chat']),
    },
    ...custom,
  ];
}

export const showSubject = ({ operators, ...rest }: Subject): Record<string, unknown> => ({
  ...rest,
  group: 'ticket',
  nullable: false,
  repeatable: rest.subject === 'current_tags',
  operators: operators.map(showOperator),
});
