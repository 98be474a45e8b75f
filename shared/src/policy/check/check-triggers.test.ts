import { POLICY_TEXT, policyTextWithConditions } from '../../../testing/policy-text.ts';
import { saidOf as saidOfText } from '../../../testing/said-of.ts';
import { loadPolicy } from '../load-policy.ts';

const saidOf = (conditions: string) => saidOfText(policyTextWithConditions(conditions));

const all = (...conditions: string[]) => `{ all: [${conditions.map((condition) => `{ ${condition} }`).join(', ')}] }`;

describe('warns about a trigger that never fires or has no effect', () => {
  test.each([
    [
      'two different statuses',
      all('field: status, operator: is, value: new', 'field: status, operator: is, value: open'),
    ],
    ['nothing comes before new', all('field: status, operator: less_than, value: new')],
    ['nothing comes after urgent', all('field: priority, operator: greater_than, value: urgent')],
    [
      'no status lies between',
      all('field: status, operator: greater_than, value: open', 'field: status, operator: less_than, value: pending'),
    ],
    [
      'hours that leave no room',
      all(
        'field: waiting_hours, operator: greater_than, value: 8',
        'field: waiting_hours, operator: less_than, value: 8',
      ),
    ],
    ['fewer than no hours', all('field: created_hours_ago, operator: less_than, value: 0')],
    [
      'waiting for hours, and not waiting',
      all('field: waiting_hours, operator: greater_than, value: 8', 'field: waiting_hours, operator: absent'),
    ],
    ['two names for one group', all('field: group, operator: is, value: A', 'field: group, operator: is, value: B')],
    [
      'a channel by both its names',
      all('field: via, operator: is, value: email', 'field: channel, operator: is, value: web'),
    ],
    [
      'is and is not, in other letters',
      all('field: group, operator: is, value: Billing', 'field: group, operator: is_not, value: billing'),
    ],
    [
      'a word that must and must not be there',
      all(
        'field: tags, operator: includes_any, value: [vip]',
        'field: tags, operator: includes_none, value: [vip, old]',
      ),
    ],
    [
      'empty, and with a word',
      all('field: organization, operator: absent', 'field: organization, operator: includes_any, value: [acme]'),
    ],
    [
      'the same in all and in none',
      '{ all: [{ field: subject, operator: present }], none: [{ field: subject, operator: present }] }',
    ],
    [
      'the same through a group of one',
      '{ any: [{ all: [{ field: status, operator: is, value: new }] }], all: [{ field: status, operator: is, value: hold }] }',
    ],
    [
      'none of all statuses',
      '{ none: [{ field: status, operator: less_than, value: closed }, { field: status, operator: is, value: closed }] }',
    ],
  ])('never fires: %s', (_, conditions) => {
    expect(saidOf(conditions)).toEqual([
      expect.stringMatching(/^warning line \d+, column \d+: no ticket can ever meet this together/),
    ]);
  });

  test.each([
    [
      'one of several statuses',
      '{ any: [{ field: status, operator: is, value: new }, { field: status, operator: is, value: open }] }',
    ],
    [
      'a list that may hold both',
      all('field: custom_field:1, operator: is, value: a', 'field: custom_field:1, operator: is, value: b'),
    ],
    [
      'no priority is not a low one',
      all('field: priority, operator: is_not, value: low', 'field: priority, operator: absent'),
    ],
    [
      'an age between two bounds',
      all(
        'field: waiting_hours, operator: greater_than, value: 4',
        'field: waiting_hours, operator: less_than, value: 8',
      ),
    ],
    ['not more than no hours', '{ none: [{ field: created_hours_ago, operator: greater_than, value: 0 }] }'],
    [
      'not waiting, and not longer than 8 hours',
      '{ all: [{ field: waiting_hours, operator: absent }], none: [{ field: waiting_hours, operator: greater_than, value: 8 }] }',
    ],
    [
      'one word without the other',
      all('field: text, operator: includes_any, value: [a, b]', 'field: text, operator: includes_none, value: [b]'),
    ],
    [
      'a choice of groups',
      '{ none: [{ any: [{ field: subject, operator: present }] }], all: [{ field: subject, operator: present }] }',
    ],
  ])('may fire: %s', (_, conditions) => {
    expect(saidOf(conditions)).toEqual([]);
  });

  const second = (conditions: string, actions = '{ category: bug }') =>
    POLICY_TEXT.replace(
      'views:',
      `  - { id: second, title: Second, conditions: ${conditions}, actions: ${actions} }\nviews:`,
    );
  const warningsOf = (text: string) => {
    const result = loadPolicy(text, 'policy.yaml');
    return result.ok ? result.warnings.map((warning) => warning.message) : ['refused'];
  };
  const first =
    'all: [{ operator: less_than, field: status, value: solved }], any: [{ field: text, operator: includes_any, value: [refund, "money back"] }]';

  it('says when a trigger above always sets the category first', () => {
    expect(warningsOf(second(`{ ${first} }`))).toEqual([
      'trigger "refund-wording" above always sets the category first, so this one has no effect; move or remove it',
    ]);
    expect(warningsOf(second(`{ ${first}, none: [{ field: group, operator: is, value: A }] }`))).toHaveLength(1);
  });

  it('does not say so of a trigger that does more or requires less', () => {
    expect(warningsOf(second(`{ ${first} }`, '{ category: bug, add_tags: [x] }'))).toEqual([]);
    expect(warningsOf(second('{ all: [{ field: status, operator: less_than, value: solved }] }'))).toEqual([]);
  });
});
