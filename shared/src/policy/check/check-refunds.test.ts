import { formatProblems } from '../format-problems.ts';
import { loadPolicy } from '../load-policy.ts';

const policy = (refunds: string) => `version: 1
company: C
time_zone: UTC
business_hours: { weekdays: { mon-fri: "09:00-17:00" } }
tiers: [{ id: t1, name: T, group: G, escalates_to: t2 }, { id: t2, name: U, group: H }]
categories: [{ id: fees, name: Fees, tier: t1 }, { id: other, name: Other, tier: t1 }]
default_category: other
refunds: { currency: USD, ${refunds} }
`;
const problemsOf = (refunds: string): string => {
  const loaded = loadPolicy(policy(refunds), 'policy.yaml');
  return formatProblems(loaded.ok ? loaded.warnings : loaded.problems);
};
const limits = (text: string) => `limits: [${text}]`;
const T1 = 'tier: t1, per_refund: 50, per_agent_per_day: 200';

it('accepts limits by tier, agents, role and category, as amounts and percentages', () => {
  expect(
    problemsOf(`
      needs_payment: true, needs_verified_customer_above: 100,
      limits: [
        { ${T1}, per_customer: { amount: 300, days: 30 }, per_ticket: 50%, days_since_payment: 60 },
        { tier: t1, categories: [fees], per_refund: 12.5%, per_agent_per_day: 200 },
        { role: admin, per_refund: 15%, per_agent_per_day: "99.50" },
        { agents: [a@b.test], name: Trainees, per_refund: 0, per_agent_per_day: 0 } ],
      approve_above_limit: [lead@b.test],
      approvals: { tiers: [t2], expires: 8bh, escalate_after: 2h, escalate_to: [head@b.test], slack: leads }`),
  ).toBe('');
});

const evidence = (text: string) => `limits: [{ ${T1} }], disputes: { evidence: [${text}] }`;

it('accepts a checklist of evidence, for all disputes and for some', () => {
  expect(problemsOf(evidence('{ id: a, text: A }, { id: b, text: B, reasons: [fraudulent, general] }'))).toBe('');
});

it.each([
  [
    'a reason code twice',
    `${limits(`{ ${T1} }`)}, reason_codes: [{ id: a, name: A }, { id: a, name: B }]`,
    'reason code "a" is already used by entry 1',
  ],
  ['no evidence', evidence(''), 'is empty; write what is needed'],
  ['evidence twice', evidence('{ id: a, text: A }, { id: a, text: B }'), 'evidence "a" is already used by entry 1'],
  ['evidence for an unknown reason', evidence('{ id: a, text: A, reasons: [fraud] }'), '"fraud"'],
  ['evidence for no reason', evidence('{ id: a, text: A, reasons: [] }'), 'is empty; write a reason'],
  ['a percentage of a day', limits('{ tier: t1, per_refund: 5, per_agent_per_day: 15% }'), 'must be an amount'],
  ['more than all of a payment', limits('{ tier: t1, per_refund: 150%, per_agent_per_day: 5 }'), 'from 0% to 100%'],
  ['a limit of a tier and a role', limits(`{ ${T1}, role: admin }`), 'for a tier or for a role, not both'],
  [
    'an unknown category',
    limits(`{ ${T1}, categories: [fee] }`),
    'category "fee" does not exist. Did you mean "fees"?',
  ],
  [
    'a category limited twice',
    limits(`{ ${T1}, categories: [fees] }, { ${T1}, categories: [other, fees] }`),
    'tier "t1" already has a limit for category "fees", in entry 1 of refunds.limits',
  ],
  ['a customer without days', limits(`{ ${T1}, per_customer: { amount: 5 } }`), 'days is missing'],
  ['half a day', limits(`{ ${T1}, days_since_payment: 0.5 }`), 'must be a whole number of days'],
  ['three decimals of a ticket', limits(`{ ${T1}, per_ticket: "9.999" }`), 'has 3 decimals, and USD has 2 decimals'],
  [
    'one refund above what a customer may get',
    limits(`{ ${T1}, per_customer: { amount: 40, days: 3 } }`),
    'warning: line 8, column 60: per_refund is above per_customer.amount, so no refund can reach it; lower it',
  ],
  [
    'a share above that of the ticket',
    limits('{ tier: t1, per_refund: 20%, per_agent_per_day: 9, per_ticket: 10% }'),
    'above per_ticket',
  ],
  [
    'approvals by nobody',
    `${limits(`{ ${T1} }`)}, approvals: { expires: 2h }`,
    'there are no approvers, so requests are refused',
  ],
  ['an unknown tier of approvers', 'approvals: { tiers: [t3] }', 'tier "t3" does not exist'],
  ['an escalation to nobody', 'approvals: { escalate_after: 2h }', 'needs escalate_to; add escalate_to'],
  [
    'an escalation after the request has expired',
    'approvals: { expires: 1h, escalate_after: 90m, escalate_to: [a@b.test] }',
    'escalate_after is not before expires (1h), so nothing is ever escalated; lower it',
  ],
  [
    'an escalation when the request expires after the default time',
    'approvals: { escalate_after: 25h, escalate_to: [a@b.test] }',
    'escalate_after is not before expires (24h)',
  ],
  ['an escalation at no time', 'approvals: { escalate_to: [a@b.test] }', 'needs escalate_after'],
])('tells of %s', (_, refunds, message) => {
  expect(problemsOf(refunds)).toContain(message);
});

const escalation = (after: string, expires: string): string[] => {
  const loaded = loadPolicy(
    policy(
      `${limits(`{ ${T1} }`)}, approvals: { expires: ${expires}, escalate_after: ${after}, escalate_to: [a@b.test] }`,
    ),
    'policy.yaml',
  );
  return (loaded.ok ? loaded.warnings : loaded.problems).map(({ severity }) => severity);
};

it.each([
  ['90m', '1h'],
  ['24h', '24h'],
  ['1d', '1d'],
  ['2d', '36h'],
  ['25h', '1d'],
  ['1d', '23h'],
  ['8bh', '8bh'],
])('warns of an escalation after %s of a request that expires after %s', (after, expires) => {
  expect(escalation(after, expires)).toEqual(['warning']);
});

it.each([
  ['24h', '1d'],
  ['1d', '24h'],
  ['1d', '2d'],
  ['47h', '2d'],
  ['8h', '4bh'],
])(
  'accepts an escalation after %s of a request that expires after %s: a day may have 23 or 25 hours',
  (after, expires) => {
    expect(escalation(after, expires)).toEqual([]);
  },
);
