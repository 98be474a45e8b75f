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
  limits:
    - { tier: t1, per_refund: 50, per_agent_per_day: 200 }
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
  ['given: { agent_tier: t2 }, expect: { refund_limit: 0 }'],
  ['given: { refund: 30 }, expect: { refund: allowed }'],
  ['given: { refund: 30.01 }, expect: { refund: needs_verified_customer }'],
  ['given: { refund: 50.01 }, expect: { refund: above_limit }'],
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
    'trigger crash fired too, and refund-wording stands above it',
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
  ['given: {}, expect: { survey: none }', 'survey', 'none', 'csat', 'names no survey, so default_survey stands'],
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
  ['given: {}, expect: { refund_limit: 60 }', 'refund_limit', '$60', '$50', 'the limit of tier t1: $50 each'],
  [
    'given: { refund: 10, agent: trainee@northwind.test }, expect: { refund: allowed }',
    'refund',
    'allowed',
    'above_limit',
    'the limit of trainee@northwind.test: $0 each',
  ],
])('%s fails, and says why', (test, key, expected, got, because) => {
  expect(differencesOf(test)).toEqual([{ key, expected, got, because: expect.stringContaining(because) }]);
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
