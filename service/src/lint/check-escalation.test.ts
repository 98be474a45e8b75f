// Checks what is proved about criteria for escalation; the engine confirms each example.
import { loadPolicy } from '@deskwright/shared';
import { compilePolicy } from '../decide/compile-policy.ts';
import { evaluateCriteria } from '../decide/escalation.ts';
import { factsOfExample } from '../decide/prove/example-ticket.ts';
import { checkEscalation } from './check-escalation.ts';

const words = (...list: string[]): string => `{ field: text, operator: includes_any, value: [${list.join(', ')}] }`;
const waits = (operator: string, hours: number): string =>
  `{ field: waiting_hours, operator: ${operator}, value: ${hours} }`;
type When = readonly (readonly [text: string, conditions: string, tier?: string])[];
const criteriaOf = (tier: string, when: When): string =>
  `    - { tier: ${tier}, when: [${when.map(([text, conditions]) => `{ text: ${text}, conditions: ${conditions} }, `).join('')}{ text: Or the agent thinks so }] }\n`;
const policyOf = (when: When) => {
  const loaded = loadPolicy(
    `version: 1
company: Northwind Outdoor
time_zone: America/New_York
tiers: [{ id: t1, name: Tier 1, group: Support, escalates_to: t2 }, { id: t2, name: Tier 2, group: Experts, escalates_to: t3 }, { id: t3, name: Tier 3, group: Developers }]
categories: [{ id: other, name: Other, tier: t1 }]
default_category: other
escalation:
  criteria:
${['t1', 't2']
  .map((tier) =>
    criteriaOf(
      tier,
      when.filter(([, , own = 't1']) => own === tier),
    ),
  )
  .join('')}`,
    'policy.yaml',
  );
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.policy;
};

const SENSIBLE = ['Legal', `{ any: [${words('lawyer', 'attorney')}] }`] as const;

test.each<[string, Parameters<typeof policyOf>[0], RegExp]>([
  [
    'criterion-never-holds',
    [SENSIBLE, ['Waits', `{ all: [${waits('greater_than', 48)}, ${waits('less_than', 8)}] }`]],
    /^the criterion "Waits" can never hold/,
  ],
  [
    'criterion-always-holds',
    [['All', '{ any: [{ field: priority, operator: present }, { field: priority, operator: absent }] }'], SENSIBLE],
    /^the criterion "All" is met by every ticket/,
  ],
  [
    'criteria-say-the-same',
    [SENSIBLE, ['Lawyers', `{ any: [${words('attorney', 'lawyer', '"lawyer up"')}] }`]],
    /^the criterion "Lawyers" holds for exactly the same tickets as "Legal"/,
  ],
  [
    'undecided',
    [
      SENSIBLE,
      [
        'Odd',
        "{ all: [{ field: text, operator: matches, value: 'refunds+' }], none: [{ field: text, operator: matches, value: 'refund' }] }",
      ],
    ],
    /^it could not be shown that the criterion "Odd" holds for some tickets only/,
  ],
])('%s is found once, and nothing else', (code, when, message) => {
  const policy = policyOf(when);

  const found = checkEscalation(policy);

  expect(found).toEqual([expect.objectContaining({ code, message: expect.stringMatching(message) })]);
  const [{ example, proof } = { proof: [] }] = found;
  expect(proof.length > 0).toBe(code !== 'undecided');
  if (code === 'criterion-never-holds' || code === 'undecided') return;
  if (example === undefined) throw new Error('It has no example');
  const held = evaluateCriteria(factsOfExample(example), compilePolicy(policy).criteria, 't1', new Set())
    .filter(({ holds }) => holds)
    .map(({ text }) => text);
  expect(held).toEqual(code === 'criterion-always-holds' ? ['All'] : ['Legal', 'Lawyers']);
});

test('the same criterion of another tier, a more special one, and one without conditions are no finding', () => {
  expect(checkEscalation(policyOf([SENSIBLE, [...SENSIBLE, 't2'], ['More', `{ any: [${words('lawyer')}] }`]]))).toEqual(
    [],
  );
});
