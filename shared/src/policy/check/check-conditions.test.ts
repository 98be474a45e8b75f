import { POLICY_TEXT, policyTextWithConditions } from '../../../testing/policy-text.ts';
import { FIELD_NAMES, operatorsOf } from '../condition-fields.ts';
import { CONDITION_OPERATORS, OPERATOR_NAMES } from '../condition-operators.ts';
import { describeProblem } from '../format-problems.ts';
import { loadPolicy } from '../load-policy.ts';
import { checkConditions } from './check-conditions.ts';

function saidOf(conditions: string): string[] {
  const result = loadPolicy(policyTextWithConditions(conditions), 'policy.yaml');
  return (result.ok ? result.warnings : result.problems).map(
    (problem) => `${problem.severity}: ${describeProblem(problem).replace(/^line \d+, column \d+: /, '')}`,
  );
}

const all = (...conditions: string[]) => `{ all: [${conditions.map((condition) => `{ ${condition} }`).join(', ')}] }`;

describe('a condition that cannot be meant is an error', () => {
  test.each([
    [
      'an unknown field',
      all('field: subjct, operator: present'),
      'field "subjct" does not exist. Did you mean "subject"?',
    ],
    ["a field by Zendesk's name", all('field: current_tags, operator: present'), 'Did you mean "tags"?'],
    [
      "a custom field by Zendesk's name",
      all('field: custom_fields_360001, operator: present'),
      'Did you mean "custom_field:360001"?',
    ],
    [
      'a custom field without id',
      all('field: "custom_field:", operator: present'),
      'field "custom_field:" does not exist',
    ],
    [
      'an unknown operator',
      all('field: subject, operator: include_any, value: [a]'),
      'operator "include_any" does not exist. Did you mean "includes_any"?',
    ],
    [
      "an operator by Zendesk's name",
      all('field: tags, operator: not_includes, value: [a]'),
      'Did you mean "includes_none"? Allowed: includes_any, includes_all, includes_none, present, absent',
    ],
    [
      'an operator that does not fit',
      all('field: subject, operator: less_than, value: 3'),
      'operator less_than does not fit the field subject. Allowed: is, is_not, includes_any',
    ],
    [
      'asking whether there is a status',
      all('field: status, operator: absent'),
      'operator absent does not fit the field status',
    ],
    [
      'a status that does not exist',
      all('field: status, operator: is, value: Solved'),
      'value "Solved" does not exist. Did you mean "solved"? Allowed: new, open, pending, hold, solved, closed',
    ],
    [
      'a priority that does not exist',
      all('field: priority, operator: includes_any, value: [high, top]'),
      'value "top" does not exist. Allowed: low, normal, high, urgent',
    ],
    [
      'one word where a list belongs',
      all('field: text, operator: includes_any, value: refund'),
      'operator includes_any takes a list, also for one word: [refund]',
    ],
    [
      'a list where one value belongs',
      all('field: status, operator: is, value: [new]'),
      'operator is takes one value, not a list',
    ],
    ['an empty list', all('field: text, operator: includes_any, value: []'), 'the list is empty'],
    ['an empty word', all('field: text, operator: includes_any, value: [""]'), 'entry 1 of value is empty text'],
    [
      'a number among words',
      all('field: text, operator: includes_any, value: [5]'),
      'must be text; put it in quotes: "5"',
    ],
    ['a word without letters', all('field: text, operator: includes_any, value: ["?!"]'), 'has no letter or digit'],
    [
      'hours with a unit',
      all('field: waiting_hours, operator: greater_than, value: 8h'),
      'value must be a number of hours, without a unit',
    ],
    [
      'hours below nothing',
      all('field: waiting_hours, operator: greater_than, value: -1'),
      'value must be 0 hours or more',
    ],
    [
      'a value that is not wanted',
      all('field: group, operator: present, value: true'),
      'operator present takes no value; remove it',
    ],
    ['a value that is missing', all('field: group, operator: is'), 'value is missing; operator is needs one'],
    ['a field that is missing', all('operator: is, value: a'), 'field is missing; say what to look at'],
    [
      'a key that is misspelt',
      all('feild: group, operator: present'),
      '"feild" is not known in a condition. Did you mean "field"? Allowed: field, operator, value',
    ],
    [
      'a pattern with a bracket missing',
      all("field: subject, operator: matches, value: 'a(b'"),
      'value is not a pattern RE2 can read: missing closing ): `a(b`',
    ],
    [
      'a pattern with look-ahead',
      all("field: subject, operator: matches, value: 'a(?=b)'"),
      'it uses look-ahead or look-behind',
    ],
    [
      'a pattern that refers back',
      all("field: subject, operator: matches, value: '(a)\\1'"),
      'it refers back to a group',
    ],
    ['a pattern in double quotes', all('field: subject, operator: matches, value: "\\brefund"'), 'use single quotes'],
    [
      'a pattern found in everything',
      all("field: subject, operator: matches, value: 'a*'"),
      'value is found in everything',
    ],
    ['a group without conditions', '{}', 'conditions is an empty group of conditions'],
    ['an empty list of conditions', '{ any: [] }', 'any is empty; write a condition or remove any'],
    ['a group inside that is empty', '{ all: [{ any: [] }] }', 'any is empty'],
    ['a condition without a group', '{ field: subject, operator: present }', 'conditions starts with all, any or none'],
    [
      'a group that is no list',
      '{ all: { field: subject, operator: present } }',
      'all must be a list; put "- " before each condition',
    ],
    [
      'a list without a group',
      '[{ field: subject, operator: present }]',
      'conditions must be a block with all, any or none',
    ],
    ['a group key that is misspelt', '{ al: [{ field: subject, operator: present }] }', '"al" is not known here'],
    ['a word where a condition belongs', '{ all: [refund] }', 'entry 1 of all must be a condition'],
    [
      'groups six deep',
      `${'{ all: ['.repeat(6)}{ field: subject, operator: present }${'] }'.repeat(6)}`,
      'more than 5 deep',
    ],
  ])('%s', (_, conditions, expected) => {
    expect(saidOf(conditions)).toEqual([expect.stringContaining(expected)]);
  });
});

describe('a trigger that never fires, or never matters, is a warning', () => {
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
    expect(saidOf(conditions)).toEqual([expect.stringMatching(/^warning: no ticket can ever meet this together/)]);
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

  it('says when a trigger above always takes the category first', () => {
    expect(warningsOf(second(`{ ${first} }`))).toEqual([
      'trigger "refund-wording" above always sets the category first, so this one has no effect',
    ]);
    expect(warningsOf(second(`{ ${first}, none: [{ field: group, operator: is, value: A }] }`))).toHaveLength(1);
  });

  it('does not say so of one that also does something else, or asks less', () => {
    expect(warningsOf(second(`{ ${first} }`, '{ category: bug, add_tags: [x] }'))).toEqual([]);
    expect(warningsOf(second('{ all: [{ field: status, operator: less_than, value: solved }] }'))).toEqual([]);
  });
});

describe('every field with every operator that fits it', () => {
  const VALUES = { status: 'open', priority: 'high', type: 'incident' } as Record<string, string>;
  const pairs = [...FIELD_NAMES, 'custom_field:360001'].flatMap((field) =>
    operatorsOf(field).map((operator) => ({ field, operator })),
  );

  function valueFor(field: string, operator: keyof typeof CONDITION_OPERATORS): Record<string, unknown> {
    const word = VALUES[field] ?? 'word';
    switch (CONDITION_OPERATORS[operator].shape) {
      case 'none':
        return {};
      case 'words':
        return { value: [word] };
      case 'pattern':
        return { value: 'x+' };
      case 'one':
        return {
          value:
            field.endsWith('hours') ||
            field.endsWith('ago') ||
            (field.startsWith('custom') && operator.endsWith('than'))
              ? 3
              : word,
        };
    }
  }

  test.each(pairs)('$field $operator is accepted', ({ field, operator }) => {
    expect(checkConditions({ all: [{ field, operator, ...valueFor(field, operator) }] })).toEqual([]);
  });

  it('uses every operator somewhere', () => {
    expect(new Set(pairs.map((pair) => pair.operator))).toEqual(new Set(OPERATOR_NAMES));
  });
});
