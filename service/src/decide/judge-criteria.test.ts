import type { Policy } from '@deskwright/shared';
import { compilePolicy } from './compile-policy.ts';
import { criteriaSteps, judgeCriteria } from './judge-criteria.ts';
import { finish } from './steps.ts';
import { aPolicy, aTicket } from './testing/builders.ts';

type Criteria = Policy['escalation']['criteria'];
const escalation = (criteria: Criteria): Policy['escalation'] => ({ fields: [], criteria });
const lawyer = {
  text: 'Lawyer',
  conditions: { any: [{ field: 'text', operator: 'includes_any', value: ['lawyer'] }] },
};
const brand = { text: 'Brand', conditions: { all: [{ field: 'brand', operator: 'is', value: 'Premium' }] } };
const notGold = {
  text: 'Not gold',
  conditions: { none: [{ field: 'custom_field:7', operator: 'is', value: 'gold' }] },
};

const CRITERIA = [
  { tier: 't1', when: [lawyer, { text: 'Judge yourself' }, brand] },
  { tier: 't2', when: [notGold] },
  { tier: 't1', when: [lawyer] },
] as Criteria;
const judge = (facts: Parameters<typeof aTicket>[0], tier = 't1', unknown: string[] = []) =>
  judgeCriteria(aTicket(facts), finish(criteriaSteps(escalation(CRITERIA))), tier, new Set(unknown));

test('each reason of the tier says whether it holds, in order; entries about a tier add up', () => {
  expect(judge({ description: 'Hear from my LAWYER', brand: 'Basic' })).toEqual([
    { text: 'Lawyer', holds: true },
    { text: 'Judge yourself', holds: null },
    { text: 'Brand', holds: false },
    { text: 'Lawyer', holds: true },
  ]);
});

test('what is not known is left to people, also where its absence would make a condition hold', () => {
  expect(judge({}, 't1', ['brand'])[2]?.holds).toBeNull();
  expect(judge({}, 't2', ['custom_field'])).toEqual([{ text: 'Not gold', holds: null }]);
  expect(judge({}, 't2')).toEqual([{ text: 'Not gold', holds: true }]);
});

test('a tier without reasons has none', () => {
  expect(judge({}, 't9')).toEqual([]);
});

test('one ticket after another is judged by its own facts', () => {
  const compiled = finish(criteriaSteps(escalation(CRITERIA)));
  const holds = (description: string) =>
    judgeCriteria(aTicket({ description }), compiled, 't1', new Set()).map((criterion) => criterion.holds)[0];
  expect([holds('my lawyer'), holds('my tent'), holds('a lawyer')]).toEqual([true, false, true]);
});

test('a policy asks for the fields of its criteria too, so that their names are fetched', () => {
  const { asks } = compilePolicy(aPolicy([], { escalation: escalation(CRITERIA) }));
  expect([...asks].toSorted()).toEqual(['brand', 'custom_field:7', 'text']);
});
