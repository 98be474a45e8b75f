// Checks that what is too much for one run is said, and never passes for fine.
import { loadPolicy } from '@deskwright/shared';
import { checkSharedWords } from './check-shared-words.ts';
import { checkTriggers } from './triggers/check-triggers.ts';
import { startStudy } from './triggers/study.ts';

const loaded = loadPolicy(
  `version: 1
company: Northwind Outdoor
time_zone: America/New_York
tiers: [{ id: t1, name: Tier 1, group: Support }]
categories: [{ id: refund, name: Refund, tier: t1 }, { id: order, name: Order, tier: t1 }, { id: other, name: Other, tier: t1 }]
default_category: other
triggers:
${[
  ['a', 'refund', 'money, "money back", parcel'],
  ['b', 'order', 'parcel, order, letter'],
  ['c', 'refund', 'letter, chargeback, "chargeback now"'],
]
  .map(
    ([id, category, words]) =>
      `  - { id: ${id}, title: ${id}, conditions: { any: [{ field: text, operator: includes_any, value: [${words}] }] }, actions: { category: ${category} } }\n`,
  )
  .join('')}`,
  'policy.yaml',
);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const { policy } = loaded;

test('words that are not compared any more are named; each trigger itself is examined all the same', () => {
  const found = (steps?: number) => checkTriggers(startStudy(policy, steps)).map(({ code, path }) => [code, path[1]]);

  expect(found()).toEqual([
    ['condition-changes-nothing', 0],
    ['word-always-beaten', 1],
    ['condition-changes-nothing', 2],
    ['word-always-beaten', 2],
  ]);
  expect(found(0)).toEqual([['not-compared', 0]]);
  expect(found(12)).toEqual([
    ['condition-changes-nothing', 0],
    ['not-compared', 1],
  ]);
});

test('words of two categories that are not examined any more are counted', () => {
  const found = (pairs?: number) => checkSharedWords(startStudy(policy), undefined, pairs).map(({ code }) => code);

  expect(found()).toEqual(['word-in-two-categories', 'word-in-two-categories']);
  expect(found(1)).toEqual(['word-in-two-categories', 'not-compared']);
});
