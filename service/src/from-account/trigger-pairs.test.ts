import { readRules } from './account-setup.ts';
import { findEqualRules, triggerPairs } from './trigger-pairs.ts';

const word = (value: string) => ({ field: 'subject_includes_word', operator: 'includes', value });
const group = (value: string) => ({ field: 'group_id', value });
const rulesOf = (...records: Array<{ any: unknown[]; actions: unknown[] }>) =>
  readRules(
    'trigger',
    records.map(({ any, actions }, id) => ({ id, position: id, conditions: { any }, actions })),
  ).rules;

test('equal rules are found in whatever order they are written, each with the next; the last action of a field counts', () => {
  const [a, b, high] = [word('refund'), word('money'), { field: 'priority', value: 'high' }];
  const rules = rulesOf(
    { any: [a, b], actions: [group('1'), high] },
    { any: [a], actions: [group('1'), high] },
    { any: [b, a, b], actions: [high, group('1')] },
    { any: [a, b], actions: [high, group('1')] },
    { any: [a], actions: [group('2'), group('1')] },
    { any: [a], actions: [group('1'), group('2')] },
  );

  expect([...findEqualRules(rules)].toSorted(([a], [b]) => a - b)).toEqual([
    [0, 2],
    [2, 3],
  ]);
});

test('pairs with the same actions come first, then those that have most in common; those that set nothing differently are none', () => {
  const rules = rulesOf(
    { any: [word('parcel')], actions: [group('1')] },
    { any: [word('login')], actions: [group('1'), { field: 'status', value: 'open' }] },
    { any: [word('invoice tax')], actions: [group('2')] },
    { any: [word('parcel late')], actions: [group('2')] },
  );
  const judged = rules.map((rule) => ({
    translated: { rule, conditions: null, proof: {}, isExact: true, notCarried: [], gone: [] },
    actions: {
      sets: new Map(rule.actions.map(({ field, values }) => [field, values.join(' ')])),
      groupId: null,
      priority: null,
      tags: [],
      fields: new Map(),
      staying: [],
      gone: [],
    },
  }));

  expect(triggerPairs(judged).map(({ earlier, later, targets }) => [earlier, later, targets])).toEqual([
    [2, 3, []],
    [0, 3, ['group_id']],
    [0, 2, ['group_id']],
    [1, 2, ['group_id']],
    [1, 3, ['group_id']],
  ]);
});
