// Makes accounts as people have them: rules of all kinds, with what was deleted, switched off, misspelt or is unknown here.
import fc from 'fast-check';
import type { AccountSetup } from '../../zendesk/create-zendesk.ts';

const GROUPS = [
  { id: 11, name: 'First line', default: true, deleted: false },
  { id: 12, name: 'Zweite Ebene: Rückgaben', deleted: false },
  { id: 13, name: 'First line', deleted: false },
  { id: 14, name: 'L'.repeat(120), deleted: false },
  { id: 15, name: 'Left', deleted: true },
  { id: 16, name: '返金 & "quotes"', deleted: false },
];
const FIELDS = [
  {
    id: 71,
    type: 'tagger',
    title: 'Contact reason',
    active: true,
    custom_field_options: [
      { name: 'Money::Refund', value: 'refund' },
      { name: '{{dc.bug}}', value: 'bug' },
      { name: '', value: 'delivery__late' },
    ],
  },
  {
    id: 72,
    type: 'tagger',
    title: 'Product',
    active: true,
    custom_field_options: [
      { name: 'Tent', value: 'tent' },
      { name: 'Boots', value: 'boots' },
    ],
  },
  { id: 73, type: 'checkbox', title: 'VIP', active: true, tag: 'vip' },
  { id: 74, type: 'integer', title: 'Seats', active: true },
  { id: 75, type: 'multiselect', title: 'Parts', active: true, custom_field_options: [{ name: 'Zip', value: 'zip' }] },
  { id: 76, type: 'date', title: 'Since', active: true },
  { id: 77, type: 'tagger', title: 'Old category', active: false, custom_field_options: null },
];

const CUSTOM = ['71', '72', '73', '74', '75', '76', '77', '99'].map((id) => `custom_fields_${id}`);
const TEXTS = [
  'refund',
  'refund "money back" €',
  'Rückgabe',
  '返金',
  '*',
  '{{dc.word}}',
  "it's, broken",
  ' ',
  'exact:x ~',
];
/** Fields of conditions, with the operators and values that rules use. Those of the last rows are not known here. */
const CONDITIONS: ReadonlyArray<
  readonly [fields: readonly string[], operators: readonly string[], values: readonly unknown[]]
> = [
  [
    ['status'],
    ['is', 'is_not', 'less_than', 'greater_than', 'changed', 'value', 'not_value_previous'],
    ['new', 'open', 'solved', 'closed', 'deleted'],
  ],
  [['priority'], ['is', 'is_not', 'less_than', 'greater_than', 'value', 'changed'], ['low', 'high', 'urgent', '']],
  [
    ['type', 'ticket_type_id'],
    ['is', 'is_not', 'value'],
    ['incident', 'question', '', '2'],
  ],
  [
    ['group_id'],
    ['is', 'is_not', 'includes', 'changed', 'value'],
    ['11', '12', '14', '15', '404', '', 'current_groups', 11, ['11', '12'], null],
  ],
  [
    ['assignee_id', 'requester_id'],
    ['is', 'is_not', 'changed'],
    ['1', '2', '404', '', 'current_user', 'requester_id'],
  ],
  [['organization_id'], ['is', 'is_not'], ['31', '404', '']],
  [['brand_id'], ['is', 'is_not'], ['5', '404']],
  [['ticket_form_id'], ['is', 'is_not'], ['6', '404']],
  [
    ['current_tags'],
    ['includes', 'not_includes', 'is', 'is_not', 'changed'],
    ['vip', 'vip closed_by_merge', 'a,b', '', 'ÜBER'],
  ],
  [
    ['subject_includes_word', 'comment_includes_word', 'description_includes_word'],
    ['includes', 'not_includes', 'is', 'is_not', 'match'],
    TEXTS,
  ],
  [
    ['via_id', 'current_via_id'],
    ['is', 'is_not'],
    ['0', '4', 5, '27', '9999', ''],
  ],
  [['update_type'], ['is', 'is_not'], ['Create', 'Change', '']],
  [
    ['NEW', 'SOLVED', 'updated_at', 'until_due_date', 'requester_updated_at'],
    ['is', 'less_than', 'greater_than', 'less_than_business_hours'],
    ['4', '24', '0', '-1', 'x'],
  ],
  [
    CUSTOM,
    ['is', 'is_not', 'present', 'not_present', 'includes', 'less_than', 'value', 'within_previous_n_days'],
    ['refund', 'tent', 'true', '3', '', null, ['zip'], true],
  ],
  [
    [
      'comment_is_public',
      'ticket_is_public',
      'role',
      'in_business_hours',
      'reopens',
      'satisfaction_score',
      'custom_status_id',
      'locale_id',
      'recipient',
    ],
    ['is', 'is_not', 'includes', 'greater_than'],
    ['true', 'agent', '3', ['1', '2'], 'help@acme.test'],
  ],
  [
    ['sentiment_of_tomorrow', 'zen:custom_object:order', 'user.custom_fields.tier', ''],
    ['is', 'is', 'intersects', ''],
    ['bad', {}, [[]], null],
  ],
];
const ACTIONS: ReadonlyArray<readonly [fields: readonly string[], values: readonly unknown[]]> = [
  [['group_id'], ['11', '12', '13', '14', '15', '404', '', 'current_groups', null, 12]],
  [['priority'], ['low', 'high', 'urgent', '', 'blocker']],
  [
    ['current_tags', 'set_tags', 'remove_tags'],
    ['vip', 'refund', 'vip closed_by_merge', 'a,b', '', 'ÜBER "x"', 't'.repeat(90)],
  ],
  [CUSTOM, ['refund', 'bug', 'delivery__late', 'tent', 'true', '', null, 7]],
  [
    ['status', 'type', 'assignee_id', 'brand_id', 'ticket_form_id', 'custom_status_id', 'follower', 'cc'],
    ['open', '1', 'incident', ''],
  ],
  [
    [
      'notification_user',
      'notification_group',
      'notification_webhook',
      'notification_target',
      'comment_value',
      'side_conversation_ticket',
    ],
    [['requester_id', '{{dc.subject}}', 'Hello'], 'x', null],
  ],
  [
    ['action_of_tomorrow', ''],
    ['x', null, { deep: [1] }],
  ],
];

const someCondition = fc.constantFrom(...CONDITIONS).chain(([fields, operators, values]) =>
  fc.record({
    field: fc.constantFrom(...fields),
    operator: fc.constantFrom(...operators),
    value: fc.constantFrom(...values),
  }),
);
const someAction = fc
  .constantFrom(...ACTIONS)
  .chain(([fields, values]) => fc.record({ field: fc.constantFrom(...fields), value: fc.constantFrom(...values) }));

const someTitle = fc.constantFrom(
  'Route refunds',
  'Route refunds',
  '',
  '   ',
  '{{dc.trigger_title}}',
  'ルール',
  'a: b # c',
  "- 'x'",
  'T'.repeat(300),
);
const someRule = {
  title: someTitle,
  raw_title: someTitle,
  active: fc.constantFrom(true, true, true, false),
  description: fc.constantFrom(null, '', 'Ask Ana.'),
  default: fc.constantFrom(false, false, true),
  conditions: fc.record({
    all: fc.oneof({ weight: 9, arbitrary: fc.array(someCondition, { maxLength: 4 }) }, fc.constant(null)),
    any: fc.oneof({ weight: 9, arbitrary: fc.array(someCondition, { maxLength: 3 }) }, fc.constant(null)),
  }),
  actions: fc.array(someAction, { maxLength: 4 }),
};
const someView = fc.record({
  ...someRule,
  restriction: fc.constantFrom(null, { type: 'User', id: 1 }, { type: 'Group', id: 11, ids: [11] }),
  execution: fc.constantFrom(
    null,
    { sort: null, sort_by: null, sort_order: 'desc' },
    { sort: { id: 'created', order: 'desc' }, sort_by: 'created', sort_order: 'desc' },
    { sort_by: 'nice_id', sort_order: 'asc' },
  ),
});
const withIds = <T extends object>(records: readonly T[], from: number) =>
  records.map((record, at) => ({ ...record, id: from + at, position: (at * 7) % (records.length + 1) }));

/** @param triggers how many at most */
export const someAccount = (triggers: number): fc.Arbitrary<AccountSetup> =>
  fc
    .record({
      triggers: fc.array(fc.record(someRule), { maxLength: triggers }),
      automations: fc.array(fc.record(someRule), { maxLength: 3 }),
      macros: fc.array(fc.record(someRule), { maxLength: 3 }),
      views: fc.array(someView, { maxLength: 4 }),
      groups: fc.subarray(GROUPS),
      ticketFields: fc.subarray(FIELDS),
      ruleChanges: fc.constantFrom(
        null,
        [],
        [{ source_id: 1_000, actor_id: 404 }, { source_id: 1_001, actor_id: 1 }, null],
      ),
      unread: fc.constantFrom([], [{ list: 'groups', why: 'forbidden' }]),
    })
    .map((made) => ({
      brands: [{ id: 5, name: 'Acme "Outdoor": #1', default: true, active: true }],
      forms: [{ id: 6, name: 'Default', active: true }],
      users: [
        { id: 1, name: 'Ana', email: 'ana@acme.test', role: 'admin', active: true },
        { id: 2, name: 'Bo', email: null, role: 'agent', active: true, suspended: true },
      ],
      organizations: [{ id: 31, name: 'Globex' }],
      ...made,
      triggers: withIds(made.triggers, 1_000),
      automations: withIds(made.automations, 100_000),
      macros: withIds(made.macros, 200_000),
      views: withIds(made.views, 300_000),
    }));
