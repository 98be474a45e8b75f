import { loadPolicy } from '../load-policy.ts';
import { shareOf } from './mode-schema.ts';

const policy = (ofTrigger: string, ofFile = 'act'): string => `version: 1
company: Northwind Outdoor
mode: ${ofFile}
time_zone: America/New_York
tiers: [{ id: t1, name: Tier 1, group: Support }]
categories: [{ id: refund, name: Refund, tier: t1 }, { id: other, name: Other, tier: t1 }]
default_category: other
triggers:
  - id: refund
    title: Asks for money back
    conditions: { any: [{ field: text, operator: includes_any, value: [refund] }] }
    actions: { category: refund }
    ${ofTrigger}
  - id: late-refund
    title: Late refund
    conditions: { all: [{ field: text, operator: includes_any, value: [refund] }, { field: type, operator: is, value: incident }] }
    actions: { category: other }
`;
const load = (text: string) => loadPolicy(text, 'policy.yaml');

test.each([
  ['mode: shadow', 0],
  ['mode: 1%', 1],
  ['mode: 10%', 10],
  ['mode: "100%"', 100],
  ['mode: act', 100],
  ['', 100],
])('a trigger may have %j', (written, share) => {
  const loaded = load(policy(written));
  expect(loaded.ok && shareOf(loaded.policy.triggers[0]?.mode)).toBe(share);
});

test.each(['shadow', '25%', 'act', 'observe'])('a file may have the mode %s', (mode) => {
  expect(load(policy('', mode))).toMatchObject({ ok: true, policy: { mode } });
});

test.each([
  ['mode: 10', 'mode must be a whole percentage: write 10%'],
  ['mode: 0%', 'mode must be at least 1%; to act on no ticket, use shadow'],
  ['mode: 12.5%', 'mode must be shadow, act or a whole percentage such as 10%, not "12.5%"'],
  ['mode: 120%', 'mode must be shadow, act or a whole percentage such as 10%, not "120%"'],
  ['mode: observe', 'mode must be shadow, act or a whole percentage such as 10%, not "observe"'],
  ['mode: true', 'mode must be shadow, act or a whole percentage such as 10%, not true'],
  ['mode:', 'mode has no value'],
])('%j is refused with what to write', (written, message) => {
  const loaded = load(policy(written));
  expect(loaded.ok).toBe(false);
  expect(!loaded.ok && loaded.problems.map((problem) => problem.message).join('\n')).toContain(message);
});

test('a mode that says the default is no change of the policy, and any other is', () => {
  const [plain, acts, shadow] = ['', 'mode: act', 'mode: shadow'].map((written) => load(policy(written)));
  expect(plain?.ok && acts?.ok && plain.hash === acts.hash).toBe(true);
  expect(plain?.ok && shadow?.ok && plain.hash !== shadow.hash).toBe(true);
});

test.each([
  ['', 1],
  ['mode: shadow', 0],
  ['mode: 50%', 0],
])('with %j, %i trigger below is said to have no effect', (written, n) => {
  const loaded = load(policy(written));
  const warnings = loaded.ok ? loaded.warnings.filter(({ message }) => message.includes('has no effect')) : [];
  expect(warnings).toHaveLength(n);
});
