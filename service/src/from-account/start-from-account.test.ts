import { loadPolicy } from '@deskwright/shared';
import fc from 'fast-check';
import type { AccountSetup } from '../zendesk/create-zendesk.ts';
import { startFromAccount } from './start-from-account.ts';

const EMPTY: AccountSetup = {
  groups: [
    { id: 11, name: 'First line', default: true, deleted: false },
    { id: 12, name: 'Second line', deleted: false },
  ],
  views: [],
  triggers: [],
  automations: [],
  macros: [],
  ticketFields: [],
  brands: [{ id: 5, name: 'Acme', default: true }],
  forms: [],
  users: [{ id: 1, email: 'owner@acme.test', role: 'admin', active: true }],
  organizations: [],
  ruleChanges: null,
  unread: [],
};

const is = (field: string, value: unknown, operator = 'is') => ({ field, operator, value });
let next = 100;
const trigger = (part: { all?: unknown[]; any?: unknown[]; actions?: unknown[] } & Record<string, unknown>) => {
  const { all = [], any = [], actions = [{ field: 'group_id', value: '12' }], ...rest } = part;
  const id = next++;
  return {
    id,
    title: `Trigger ${id}`,
    description: 'Ask Ana.',
    active: true,
    position: id,
    conditions: { all, any },
    actions,
    ...rest,
  };
};
const start = (part: Partial<AccountSetup>) => startFromAccount({ ...EMPTY, ...part });
const codes = (part: Partial<AccountSetup>) => start(part).faults.map(({ code }) => code);

function policyOf(part: Partial<AccountSetup>) {
  const { text } = start(part);
  const loaded = loadPolicy(text, 'deskwright.yaml');
  if (!loaded.ok) throw new Error(`${JSON.stringify(loaded.problems)}\n${text}`);
  return loaded.policy;
}

describe('startFromAccount', () => {
  it('makes tiers of groups, categories of the drop-down, triggers in the opposite order, and keeps views', () => {
    const policy = policyOf({
      ticketFields: [
        {
          id: 7,
          type: 'tagger',
          title: 'Contact reason',
          custom_field_options: [
            { name: 'Money::Refund', value: 'refund' },
            { name: 'Bug', value: 'bug' },
          ],
        },
      ],
      triggers: [
        trigger({
          title: 'Refunds',
          all: [is('update_type', 'Create'), is('status', 'solved', 'less_than')],
          any: [is('subject_includes_word', 'refund "money"', 'includes'), is('comment_includes_word', 'money back')],
          actions: [
            { field: 'custom_fields_7', value: 'refund' },
            { field: 'group_id', value: '12' },
            { field: 'priority', value: 'high' },
            { field: 'current_tags', value: 'money vip' },
          ],
        }),
        trigger({
          title: 'Refunds',
          all: [is('current_tags', 'vip', 'includes')],
          actions: [{ field: 'priority', value: 'urgent' }],
        }),
      ],
      views: [
        {
          id: 9,
          title: 'All open',
          active: true,
          conditions: { all: [], any: [] },
          execution: { sort_by: 'created', sort_order: 'asc' },
        },
      ],
    });

    expect(policy.tiers.map(({ group }) => group)).toEqual(['First line', 'Second line']);
    expect(policy.categories).toMatchObject([
      { id: 'money_refund', tier: 'second_line' },
      { id: 'bug', tier: 'first_line' },
      { id: 'other' },
    ]);
    expect(policy.triggers.map(({ id }) => id)).toEqual(['refunds-2', 'refunds']);
    expect(policy.triggers[1]).toMatchObject({
      conditions: {
        all: [{ field: 'status', operator: 'less_than', value: 'solved' }],
        any: [
          { field: 'subject', operator: 'includes_any', value: ['refund', '"money"'] },
          { field: 'comment', operator: 'includes_any', value: ['money back'] },
        ],
      },
      actions: { category: 'money_refund', priority: 'high', add_tags: ['money', 'vip'] },
    });
    expect(policy.views).toEqual([{ title: 'All open', order: 'oldest_first', keep: 'warn' }]);
  });

  it.each<[string, Partial<AccountSetup>, string[]]>([
    [
      'conditions that exclude one another',
      { triggers: [trigger({ all: [is('status', 'new'), is('status', 'pending')] })] },
      ['never_fires'],
    ],
    [
      'a view that can show nothing',
      { views: [{ id: 1, title: 'V', conditions: { all: [is('priority', 'low'), is('priority', 'high')] } }] },
      ['never_fires'],
    ],
    [
      'changed to one status and in another',
      { triggers: [trigger({ all: [is('status', 'open', 'value'), is('status', 'solved')] })] },
      ['never_fires'],
    ],
    [
      'made and changed at once',
      { triggers: [trigger({ all: [is('update_type', 'Create'), is('update_type', 'Change')] })] },
      ['never_fires'],
    ],
    [
      'two options of one drop-down',
      {
        ticketFields: [{ id: 7, type: 'tagger', title: 'X', custom_field_options: [] }],
        triggers: [trigger({ all: [is('custom_fields_7', 'a'), is('custom_fields_7', 'b')] })],
      },
      ['never_fires'],
    ],
    [
      'a group that was deleted',
      { triggers: [trigger({ all: [is('group_id', '99')], actions: [{ field: 'status', value: 'open' }] })] },
      ['gone'],
    ],
    [
      'a ticket to a deleted group',
      { triggers: [trigger({ all: [is('status', 'new')], actions: [{ field: 'group_id', value: '99' }] })] },
      ['gone'],
    ],
    ['two that say the same', { triggers: [1, 2].map(() => trigger({ all: [is('via_id', 4)] })) }, ['says_the_same']],
    [
      'two that say the same in another order, by what only Zendesk knows',
      {
        triggers: [0, 1].map((turn) => {
          const ordered = <T>(list: T[]): T[] => (turn === 0 ? list : list.toReversed());
          return trigger({
            all: ordered([is('status', 'new'), is('satisfaction_score', 'bad')]),
            actions: ordered([
              { field: 'group_id', value: '12' },
              { field: 'priority', value: 'high' },
            ]),
          });
        }),
      },
      ['says_the_same'],
    ],
    [
      'one whose group another always replaces',
      {
        triggers: [
          trigger({ all: [is('priority', 'high'), is('status', 'new')] }),
          trigger({ all: [is('priority', 'high')], actions: [{ field: 'group_id', value: '11' }] }),
        ],
      },
      ['always_overwritten'],
    ],
    [
      'one whose group another replaces for some',
      {
        triggers: [
          trigger({ all: [is('priority', 'high')] }),
          trigger({ all: [is('status', 'new')], actions: [{ field: 'group_id', value: '11' }] }),
        ],
      },
      ['overlaps'],
    ],
    [
      'two that cannot meet',
      {
        triggers: [
          trigger({ all: [is('priority', 'high')] }),
          trigger({ all: [is('priority', 'low')], actions: [{ field: 'group_id', value: '11' }] }),
        ],
      },
      [],
    ],
    [
      'a view with the newest on top',
      { views: [{ id: 1, title: 'V', execution: { sort: { id: 'created', order: 'desc' } } }] },
      ['newest_first'],
    ],
    [
      'a trigger of somebody who left',
      { triggers: [trigger({ id: 1, all: [is('status', 'new')] })], ruleChanges: [{ source_id: 1, actor_id: 77 }] },
      ['no_owner'],
    ],
    [
      'a trigger of somebody who is here',
      {
        triggers: [trigger({ id: 1, description: '', all: [is('status', 'new')] })],
        ruleChanges: [{ source_id: 1, actor_id: 1 }],
      },
      [],
    ],
    [
      'categories that are only tags',
      {
        triggers: [
          trigger({
            all: [is('subject_includes_word', 'refund', 'includes')],
            actions: [{ field: 'current_tags', value: 'refund' }],
          }),
        ],
      },
      ['category_only_in_tags'],
    ],
    [
      'a trigger that is switched off',
      { triggers: [trigger({ active: false, all: [is('status', 'new'), is('status', 'open')] })] },
      [],
    ],
  ])('finds %s', (_, part, expected) => {
    expect(codes(part)).toEqual(expected);
  });

  it('shows the ticket that proves an overlap as a person writes it', () => {
    const { faults } = start({
      triggers: [
        trigger({ all: [is('priority', 'high')] }),
        trigger({ all: [is('current_tags', 'vip', 'includes')], actions: [{ field: 'group_id', value: '11' }] }),
      ],
    });

    const [ticket = ''] = faults.flatMap(({ proof }) => proof);
    expect(JSON.parse(ticket.replace('such a ticket: ', ''))).toEqual({
      subject: '',
      description: '',
      priority: 'high',
      tags: ['vip'],
    });
  });

  it('says of each rule, condition and action whether it was carried over, or why not', () => {
    const { notCarried, carried, undecided } = start({
      triggers: [
        trigger({ title: 'A', all: [is('satisfaction_score', 'bad'), is('status', 'new')] }),
        trigger({
          title: 'B',
          all: [is('status', 'new')],
          actions: [
            { field: 'group_id', value: '12' },
            { field: 'notification_user', value: ['requester_id', 'Hi', 'secret text'] },
          ],
        }),
        trigger({ title: 'C', all: [is('status', 'new')], actions: [{ field: 'webhook_of_tomorrow', value: null }] }),
      ],
      automations: [{ id: 3, title: 'Close', conditions: { all: [is('SOLVED', '96')] }, actions: [] }],
      macros: [{ id: 4, title: 'Hello', actions: [] }],
    });

    expect([...carried].map(({ title }) => title)).toEqual(['B']);
    expect(notCarried.map(({ rule, part }) => `${rule.title}: ${part}`)).toEqual([
      'A: satisfaction_score is bad',
      'A: null',
      'B: notification_user',
      'C: webhook_of_tomorrow',
      'C: null',
      'Close: null',
      'Hello: null',
    ]);
    expect(undecided.join('\n')).toContain(
      'trigger "A" can ever fire depends on conditions that only Zendesk can evaluate',
    );
  });

  it('takes records of any shape, and always writes a valid policy', () => {
    const junk = fc.anything({ maxDepth: 2 });
    const condition = fc.record({
      field: fc.oneof(
        fc.constantFrom(
          'status',
          'priority',
          'group_id',
          'current_tags',
          'via_id',
          'subject_includes_word',
          'custom_fields_7',
          'NEW',
          'x',
        ),
        junk,
      ),
      operator: fc.oneof(fc.constantFrom('is', 'is_not', 'less_than', 'includes', 'changed', 'value', 'present'), junk),
      value: fc.oneof(fc.constantFrom('', '11', 'new', 'high', 'a b', '*~ ~', '{{dc.x}}', '返金'), junk),
    });
    const rule = fc.oneof(
      junk,
      fc.record({
        id: junk,
        title: fc.oneof(fc.string(), junk),
        active: junk,
        conditions: fc.oneof(
          junk,
          fc.record({
            all: fc.array(condition, { maxLength: 3 }),
            any: fc.oneof(junk, fc.array(condition, { maxLength: 2 })),
          }),
        ),
        actions: fc.oneof(
          junk,
          fc.array(
            fc.record({
              field: fc.constantFrom('group_id', 'priority', 'current_tags', 'custom_fields_7'),
              value: fc.oneof(fc.constantFrom('11', '12', 'high', 'a b'), junk),
            }),
            { maxLength: 3 },
          ),
        ),
        execution: junk,
      }),
    );
    const rules = fc.array(rule, { maxLength: 4 });
    const named = fc.array(
      fc.oneof(
        junk,
        fc.record({
          id: fc.constantFrom(11, 12, '13'),
          name: fc.oneof(fc.string(), junk),
          title: junk,
          type: fc.constantFrom('tagger', 'text'),
          custom_field_options: junk,
        }),
      ),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(rules, rules, rules, named, named, (triggers, views, macros, groups, ticketFields) => {
        policyOf({ triggers, views, macros, automations: triggers, groups, ticketFields, brands: groups });
      }),
      { numRuns: 150 },
    );
  });
});
