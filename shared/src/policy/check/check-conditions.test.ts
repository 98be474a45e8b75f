import { policyTextWithConditions } from '../../../testing/policy-text.ts';
import { saidOf as saidOfText } from '../../../testing/said-of.ts';

/** Without the place: conditions stand in one line. */
const saidOf = (conditions: string) =>
  saidOfText(policyTextWithConditions(conditions)).map((said) => said.replace(/line \d+, column \d+: /, ''));

const all = (...conditions: string[]) => `{ all: [${conditions.map((condition) => `{ ${condition} }`).join(', ')}] }`;

describe('a condition that makes no sense is an error', () => {
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
    ['an empty word', all('field: text, operator: includes_any, value: [""]'), 'entry 1 of value is empty'],
    [
      'a number among words',
      all('field: text, operator: includes_any, value: [5]'),
      'must be text; put it in quotes: "5"',
    ],
    [
      '* within a word',
      all('field: text, operator: includes_any, value: ["re*fund"]'),
      '"re*fund" has * inside a word',
    ],
    ['* alone', all('field: text, operator: includes_any, value: ["money * back"]'), '"*" must be attached to a word'],
    ['* before one letter', all('field: text, operator: includes_any, value: ["*a*"]'), 'matches nearly every text'],
    ['~ before a word', all('field: text, operator: includes_any, value: ["~refund"]'), 'starts with ~'],
    [
      '~ at a short word of a phrase',
      all('field: text, operator: includes_any, value: ["money back~"]'),
      '~ does nothing for "back~": misspellings are matched only in words of at least 5 letters, and "back" has 4',
    ],
    [
      '~ at a number',
      all('field: text, operator: includes_any, value: ["12345~"]'),
      'misspellings are not matched in numbers',
    ],
    [
      '~ where no script is',
      all('field: text, operator: includes_any, value: ["返金する~"]'),
      'scripts without spaces',
    ],
    [
      '~ with any beginning',
      all('field: text, operator: includes_any, value: ["*rechnung~"]'),
      'in words that start with *',
    ],
    ['~ at a tag', all('field: tags, operator: includes_any, value: [refund~]'), 'tags are compared exactly'],
    ['~ with exact:', all('field: text, operator: includes_any, value: ["exact:refund~"]'), 'combines exact: with ~'],
    [
      'exact: of nothing',
      all('field: text, operator: includes_any, value: ["exact: !"]'),
      'contains no letter or digit',
    ],
    [
      'exact: as a key',
      all('field: text, operator: includes_any, value: [{ exact: US }]'),
      'write exact: without a space after it',
    ],
    ['a pattern with \\B', all("field: subject, operator: matches, value: 'a\\Bb'"), 'contains \\B'],
    [
      'exact values that exclude one another',
      all('field: subject, operator: is, value: Größe', 'field: subject, operator: is_not, value: grosse'),
      'never',
    ],
    [
      'a word without letters',
      all('field: text, operator: includes_any, value: ["?!"]'),
      'contains no letter or digit',
    ],
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
    ['a field that is missing', all('operator: is, value: a'), 'field is missing; name a field'],
    [
      'a key that is misspelt',
      all('feild: group, operator: present'),
      '"feild" is not a key of a condition. Did you mean "field"? Allowed: field, operator, value',
    ],
    [
      'a pattern with a bracket missing',
      all("field: subject, operator: matches, value: 'a(b'"),
      'value is not a valid RE2 pattern: missing closing ): `a(b`',
    ],
    [
      'a pattern with look-ahead',
      all("field: subject, operator: matches, value: 'a(?=b)'"),
      'it uses look-ahead or look-behind',
    ],
    [
      'a pattern that refers back',
      all("field: subject, operator: matches, value: '(a)\\1'"),
      'it uses a back-reference',
    ],
    ['a pattern in double quotes', all('field: subject, operator: matches, value: "\\brefund"'), 'use single quotes'],
    ['a pattern found in everything', all("field: subject, operator: matches, value: 'a*'"), 'matches every text'],
    ['a group without conditions', '{}', 'conditions is an empty group of conditions'],
    ['an empty list of conditions', '{ any: [] }', 'any is empty; write a condition or remove any'],
    ['a group inside that is empty', '{ all: [{ any: [] }] }', 'any is empty'],
    [
      'a condition without a group',
      '{ field: subject, operator: present }',
      'conditions must start with all, any or none',
    ],
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
      'more than 5 levels deep',
    ],
  ])('%s', (_, conditions, expected) => {
    expect(saidOf(conditions)).toEqual([expect.stringContaining(expected)]);
  });
});
