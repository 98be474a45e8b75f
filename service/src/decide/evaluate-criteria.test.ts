import type { Policy } from '@deskwright/shared';
import { compilePolicy } from './compile-policy.ts';
import { criteriaSteps, evaluateCriteria } from './escalation.ts';
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
  evaluateCriteria(aTicket(facts), finish(criteriaSteps(escalation(CRITERIA))), tier, new Set(unknown));

test('says of each criterion of the tier whether it holds, in order; entries for a tier add up', () => {
  expect(judge({ description: 'Hear from my LAWYER', brand: 'Basic' })).toEqual([
    { text: 'Lawyer', holds: true },
    { text: 'Judge yourself', holds: null },
    { text: 'Brand', holds: false },
    { text: 'Lawyer', holds: true },
  ]);
});

test('leaves a criterion on an unknown field to people, even if an empty field would make it hold', () => {
  expect(judge({}, 't1', ['brand'])[2]?.holds).toBeNull();
  expect(judge({}, 't2', ['custom_field'])).toEqual([{ text: 'Not gold', holds: null }]);
  expect(judge({}, 't2')).toEqual([{ text: 'Not gold', holds: true }]);
});

test('returns none for a tier without criteria', () => {
  expect(judge({}, 't9')).toEqual([]);
});

test('evaluates each ticket by its own facts', () => {
  const compiled = finish(criteriaSteps(escalation(CRITERIA)));
  const holds = (description: string) =>
    evaluateCriteria(aTicket({ description }), compiled, 't1', new Set()).map((criterion) => criterion.holds)[0];
  expect([holds('my lawyer'), holds('my tent'), holds('a lawyer')]).toEqual([true, false, true]);
});

test("the policy's fields include those of its criteria, so that their names are fetched", () => {
  const { asks } = compilePolicy(aPolicy([], { escalation: escalation(CRITERIA) }));
  expect([...asks].toSorted()).toEqual(['brand', 'custom_field:7', 'text']);
});
