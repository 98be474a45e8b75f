import { loadPolicy, type Policy } from '@deskwright/shared';
import { POLICY_TEXT } from '../../../../shared/testing/policy-text.ts';
import { compilePolicy } from '../../decide/compile-policy.ts';
import { measureCoverage } from './coverage.ts';
import { failedTests, runTests } from './run-tests.ts';

const POLICY = `${POLICY_TEXT.slice(0, POLICY_TEXT.indexOf('triggers:'))}triggers:
  - id: refund-wording
    title: Asks for money back
    conditions:
      all: [{ field: status, operator: less_than, value: solved }]
      any:
        - { field: text, operator: includes_any, value: [refund, "money back"] }
        - { field: subject, operator: matches, value: 'return' }
      none: [{ field: tags, operator: includes_any, value: [spam] }]
    actions: { category: refund, priority: high, add_tags: [money] }
  - id: old
    title: Waits long
    conditions: { all: [{ field: waiting_hours, operator: greater_than, value: 48 }] }
    actions: { priority: urgent, add_tags: [late] }
  - id: crash
    title: Says that it crashes
    conditions:
      any:
        - { field: description, operator: includes_any, value: ["crash*"] }
        - { field: "custom_field:77", operator: is, value: bug }
        - { field: full_text, operator: includes_any, value: [stacktrace] }
    actions: { category: bug }
escalation:
  criteria:
    - tier: t1
      when:
        - { text: Threatens with a lawyer, conditions: { any: [{ field: text, operator: includes_any, value: [lawyer] }] } }
        - { text: About money, conditions: { all: [{ field: tags, operator: includes_any, value: [money] }] } }
        - text: The steps are done
refunds:
  currency: USD
  needs_verified_customer_above: 30
  approve_above_limit: [lead@northwind.test]
  limits:
    - { tier: t1, per_refund: 50, per_agent_per_day: 200, per_ticket: 100, per_customer: { amount: 300, days: 30 } }
    - { tier: t2, per_refund: 15%, per_agent_per_day: 200 }
    - { role: admin, per_refund: 500, per_agent_per_day: 900, days_since_payment: 60 }
    - { agents: [trainee@northwind.test], per_refund: 0, per_agent_per_day: 0 }
surveys:
  csat: { delay: 24h, expires: 14d }
  ces:
    delay: 2h
    expires: 14d
    conditions:
      all: [{ field: tier, operator: includes_any, value: [t1] }, { field: status, operator: is, value: solved }]
      none:
        - { field: solved_by, operator: is, value: automation }
        - { field: escalated, operator: is, value: true }
        - { field: requester_wait_minutes, operator: greater_than, value: 2880 }
  lexicon:
    - { driver: speed, words: { en: [slow, waiting~], es: [lento] } }
    - { driver: price, words: { en: ["price*"] } }
`;

function load(...tests: string[]): { policy: Policy; places: Parameters<typeof failedTests>[0]['places'] } {
  const written = tests.map((test, index) => `  - { name: Test ${index + 1}, ${test} }\n`).join('');
  const loaded = loadPolicy(`${POLICY}tests:\n${written}`, 'policy.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded;
}

const differencesOf = (test: string) => runTests(load(test).policy)[0]?.differences ?? [];

it.each([
  ['given: { subject: Money back! }, expect: { category: refund, tier: t1, priority: high, survey: ces }'],
  ['given: { subject: Money back! }, expect: { trigger: refund-wording, tags: [money], tags_include: [money] }'],
  ['given: {}, expect: { category: other, trigger: none, priority: none, tags: [], survey: csat }'],
  ['given: { status: solved, subject: refund }, expect: { category: other }'],
  ['given: { tags: [spam], subject: refund }, expect: { category: other }'],
  // Who is asked depends on the solve too.
  ['given: { subject: Money back!, solved_by: customer, escalated: false }, expect: { survey: ces }'],
  ['given: { subject: Money back!, solved_by: automation }, expect: { survey: none }'],
  ['given: { subject: Money back!, escalated: true }, expect: { survey: none }'],
  ['given: { subject: Money back!, requester_wait_minutes: 2881 }, expect: { survey: none }'],
  ['given: { solved_by: automation }, expect: { survey: csat }'],
  // Its own priority stays if no trigger sets one.
  ['given: { priority: low }, expect: { priority: low }'],
  ['given: { priority: low, subject: refund }, expect: { priority: high }'],
  ['given: { waiting_hours: 49, subject: refund }, expect: { priority: urgent, tags: [late, money] }'],
  ['given: { created_hours_ago: 49 }, expect: { tags: [late] }'],
  ['given: { created_hours_ago: 49, status: pending }, expect: { tags: [] }'],
  ['given: { created_hours_ago: 49, waiting_hours: 1 }, expect: { tags: [] }'],
  ['given: { "custom_field:77": bug }, expect: { category: bug, tier: t2 }'],
  // Quoted history is not what the customer says now, as in real tickets.
  ['given: { description: "Hello\\n> my app crashes" }, expect: { category: other }'],
  ['given: { description: "Hello\\n> a stacktrace" }, expect: { category: bug }'],
  // The ticket as it then is, with the tags that triggers added.
  ['given: { subject: refund }, expect: { escalation_criteria: [About money] }'],
  ['given: { description: My lawyer }, expect: { escalation_criteria: [Threatens with a lawyer] }'],
  ['given: {}, expect: { refund_limit: 50 }'],
  ['given: { refunded_today: "170.50" }, expect: { refund_limit: "29.50" }'],
  ['given: { agent: trainee@northwind.test }, expect: { refund_limit: 0 }'],
  ['given: { refund: 30 }, expect: { refund: allowed }'],
  ['given: { refund: 30.01 }, expect: { refund: needs_verified_customer }'],
  ['given: { refund: 50.01 }, expect: { refund: above_limit }'],
  ['given: { refund: 30.01, customer_verified: true }, expect: { refund: allowed, refund_rule: none }'],
  ['given: { refund: 30.01 }, expect: { refund: needs_verification, refund_rule: needs_verified_customer_above }'],
  ['given: { refund: 20, refunded_today: 190 }, expect: { refund: needs_approval, refund_rule: per_agent_per_day }'],
  [
    'given: { refund: 20, refunded_on_ticket: 90 }, expect: { refund: needs_approval, refund_rule: per_ticket, refund_limit: 10 }',
  ],
  ['given: { refund: 20, refunded_to_customer: 295 }, expect: { refund_rule: per_customer, refund_limit: 5 }'],
  ['given: { refund: 20, same_refund_before: true }, expect: { refund: needs_confirmation, refund_rule: same_again }'],
  [
    'given: { refund: 20, payment: { paid: 40, refunded: 25 } }, expect: { refund: refused, refund_rule: payment, refund_limit: 15 }',
  ],
  ['given: { refund: 20, payment: { paid: 40, disputed: true } }, expect: { refund: refused, refund_rule: dispute }'],
  [
    'given: { refund: 20, agent_role: admin, payment: { paid: 40, days_ago: 60 } }, expect: { refund: allowed, refund_limit: 40 }',
  ],
  [
    'given: { refund: 20, agent_role: admin, payment: { paid: 40, days_ago: 61 } }, expect: { refund_rule: days_since_payment }',
  ],
  [
    'given: { refund: 20, agent_tier: t2, payment: { paid: 100 } }, expect: { refund: needs_approval, refund_limit: 15 }',
  ],
  ['given: { refund: 20, agent: trainee@northwind.test }, expect: { refund: refused, refund_rule: may_refund }'],
  ['given: { comment: Good prices but I was waitng }, expect: { drivers: [speed, price] }'],
  ['given: { comment: Kind people }, expect: { drivers: [] }'],
])('%s passes', (test) => expect(differencesOf(test)).toEqual([]));

it.each([
  [
    'given: { description: It crashed }, expect: { category: refund }',
    'category',
    'refund',
    'bug',
    'the description says "crashed" (trigger "Says that it crashes"); trigger refund-wording did not fire: text includes_any "refund", "money back"; subject matches "return"',
  ],
  [
    'given: { subject: refund, description: It crashed }, expect: { trigger: crash }',
    'trigger',
    'crash',
    'refund-wording',
    'trigger crash fired too, and refund-wording is above it',
  ],
  [
    'given: { subject: refund, tags: [spam] }, expect: { category: refund }',
    'category',
    'refund',
    'other',
    'no trigger fits, so the default category stands; trigger refund-wording did not fire: tags includes_none "spam" (saw ["spam"])',
  ],
  [
    'given: { comment: Muy lento }, expect: { drivers: [price] }',
    'drivers',
    'price',
    'speed',
    'none of the words of price is in it; speed: it says "lento"',
  ],
  ['given: { subject: refund }, expect: { tier: t2 }', 'tier', 't2', 't1', 'follows from the category "refund"'],
  ['given: {}, expect: { survey: none }', 'survey', 'none', 'csat', 'names no survey, so default_survey is used'],
  ['given: {}, expect: { priority: urgent }', 'priority', 'urgent', 'none', 'trigger old did not fire: waiting_hours'],
  ['given: { subject: refund }, expect: { tags: [] }', 'tags', 'none', 'money', 'money: the text says "refund"'],
  ['given: {}, expect: { tags_include: [late] }', 'tags_include', 'late', 'none', 'trigger old did not fire'],
  [
    'given: { description: lawyer }, expect: { escalation_criteria: [] }',
    'escalation_criteria',
    'none',
    'Threatens with a lawyer',
    'criteria of tier t1',
  ],
  [
    'given: {}, expect: { refund_limit: 60 }',
    'refund_limit',
    '$60',
    '$50',
    'refunds.limits of tier t1 allows it; at most per_refund $50, per_agent_per_day $200',
  ],
  [
    'given: { refund: 10, agent: trainee@northwind.test }, expect: { refund: allowed }',
    'refund',
    'allowed',
    'refused',
    'trainee@northwind.test may refund nothing; at most per_refund $0',
  ],
])('%s fails, and says why', (test, key, expected, got, because) => {
  expect(differencesOf(test)).toEqual([{ key, expected, got, because: expect.stringContaining(because) }]);
});

it('a rule of refunds that decides otherwise is named, with what each allows', () => {
  const test = 'given: { refund: 60, payment: { paid: 80 } }, expect: { refund: allowed, refund_rule: none }';
  const because =
    'refunds.limits of tier t1: per_refund decides it; at most payment $80, per_refund $50, per_agent_per_day $200, per_customer $300, per_ticket $100, needs_verified_customer_above $30';
  expect(differencesOf(test)).toEqual([
    { key: 'refund', expected: 'allowed', got: 'needs_approval', because },
    { key: 'refund_rule', expected: 'none', got: 'per_refund', because },
  ]);
});

it('a test that fails is a mistake of the policy, at the line of what was expected', () => {
  const { policy, places } = load(
    'given: {}, expect: { category: other }',
    'given: {}, expect: { tier: t1, category: bug }',
  );
  const lines = POLICY.split('\n').length;
  expect(failedTests({ policy, places })).toEqual([
    {
      severity: 'error',
      file: 'policy.yaml',
      line: lines + 2,
      column: 62,
      path: 'tests[1].expect.category',
      message: expect.stringMatching(/^test "Test 2" fails: category is other, expected bug, because no trigger fits/),
    },
  ]);
});

it('says how many fail when a trigger breaks them all', () => {
  const problems = failedTests(load(...Array(120).fill('given: {}, expect: { category: bug }')));
  expect(problems).toHaveLength(51);
  expect(problems.at(-1)?.message).toBe('120 of 120 tests fail; see all with: npx deskwright test');
});

it('coverage of refunds: each rule of each limit, kept and broken', () => {
  const { policy } = load(
    'given: { refund: 20 }, expect: { refund: allowed }',
    'given: { refund: 60 }, expect: { refund_rule: per_refund }',
    'given: { refund: 20, agent: trainee@northwind.test }, expect: { refund: refused }',
  );
  const { refunds } = measureCoverage(policy, compilePolicy(policy));
  expect([refunds.tried, refunds.all]).toEqual([3, 11]);
  expect(refunds.untried.map(({ path, never }) => `${path} ${never}`)).toEqual([
    'refunds.limits[0].per_agent_per_day broken',
    'refunds.limits[0].per_customer broken',
    'refunds.limits[0].per_ticket broken',
    'refunds.limits[1].per_refund kept or broken',
    'refunds.limits[1].per_agent_per_day kept or broken',
    'refunds.limits[2].per_refund kept or broken',
    'refunds.limits[2].per_agent_per_day kept or broken',
    'refunds.limits[2].days_since_payment kept or broken',
  ]);
});

it('coverage: what no test tries, conditions inside none as they are written', () => {
  const { policy } = load(
    'given: { subject: refund }, expect: { tier: t1 }',
    'given: { tags: [spam], description: My lawyer }, expect: { tier: t1 }',
  );
  const { triggers, conditions, categories } = measureCoverage(policy, compilePolicy(policy));
  expect(triggers).toEqual({ fired: 1, all: 3, neverFired: ['old', 'crash'] });
  expect(categories).toEqual({ tried: 2, all: 3, untried: ['bug'] });
  expect(conditions).toMatchObject({ tried: 4, all: 10 });
  expect(conditions.untried.map(({ path, never }) => [path, never])).toEqual([
    ['triggers[0].conditions.all[0]', 'unmet'],
    ['triggers[0].conditions.any[1]', 'met'],
    ['triggers[1].conditions.all[0]', 'met'],
    ['triggers[2].conditions.any[0]', 'met'],
    ['triggers[2].conditions.any[1]', 'met'],
    ['triggers[2].conditions.any[2]', 'met'],
  ]);
});
