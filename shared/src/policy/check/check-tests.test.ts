import { POLICY_TEXT, SIDEBAR_POLICY_TEXT } from '../../../testing/policy-text.ts';
import { saidOf } from '../../../testing/said-of.ts';
import { loadPolicy } from '../load-policy.ts';

const LINES = POLICY_TEXT.split('\n').length;
const withTest = (test: string, policy = POLICY_TEXT) => `${policy}tests:\n  - ${test}\n`;

it('a policy may have no tests, and tests do not change its hash', () => {
  const [without, withOne] = [POLICY_TEXT, withTest('{ name: A, given: {}, expect: { category: other } }')].map(
    (text) => loadPolicy(text, 'policy.yaml'),
  );
  if (!without?.ok || !withOne?.ok) throw new Error('not valid');
  expect(without.policy.tests).toEqual([]);
  expect(withOne.policy.tests).toHaveLength(1);
  expect(withOne.hash).toBe(without.hash);
  expect(withOne.places['tests[0].expect.category']).toMatchObject({ line: LINES + 1 });
});

it('accepts every field of a ticket, custom fields, an agent and a refund', () => {
  const given = `{ subject: a, description: b, comment: c, tags: [vip], status: open, priority: low, type: incident, via: chat,
      group: G, assignee: a@x.test, requester: R, requester_email: r@x.test, organization: O, brand: B, form: F, language: de,
      created_hours_ago: 5, waiting_hours: 2.5, "custom_field:123": red, "custom_field:9": [a, b], agent: a@x.test,
      agent_tier: t2, refund: "12.50", refunded_today: 3 }`;
  const expected = `{ category: refund, tier: t1, priority: none, tags: [], tags_include: [a], survey: none, trigger: none,
      escalation_criteria: [Somebody threatens with a lawyer], refund_limit: 50, refund: allowed }`;
  expect(saidOf(withTest(`{ name: All, given: ${given}, expect: ${expected} }`, SIDEBAR_POLICY_TEXT))).toEqual([]);
});

it.each([
  ['{ given: {}, expect: { category: other } }', 'column 5: name is missing in entry 1 of tests'],
  ['{ name: A, expect: { category: other } }', 'column 5: given is missing in entry 1 of tests'],
  ['{ name: A, given: {} }', 'column 5: expect is missing in entry 1 of tests'],
  ['{ name: A, given: {}, expect: {} }', 'expect is empty; add at least one key'],
  ['{ name: A, given: {}, expect: { categry: other } }', '"categry" is not known in expect. Did you mean "category"?'],
  ['{ name: A, given: {}, expect: { category: refnd } }', 'category "refnd" does not exist. Did you mean "refund"?'],
  ['{ name: A, given: {}, expect: { tier: t9 } }', 'tier "t9" does not exist. Allowed: t1, t2'],
  ['{ name: A, given: {}, expect: { trigger: refund-wordng } }', 'Did you mean "refund-wording"?'],
  ['{ name: A, given: {}, expect: { priority: hgh } }', 'priority cannot be "hgh". Did you mean "high"?'],
  ['{ name: A, given: {}, expect: { tags: [Money] } }', 'contains capital letters, which Zendesk changes'],
  ['{ name: A, given: {}, expect: { tags: [category__refund] } }', 'is a tag that Deskwright sets itself'],
  ['{ name: A, given: { subjct: x }, expect: { tier: t1 } }', 'Did you mean "subject"?'],
  ['{ name: A, given: { custom_fields_12: x }, expect: { tier: t1 } }', 'Did you mean "custom_field:12"?'],
  [
    '{ name: A, given: { text: x }, expect: { tier: t1 } }',
    'under subject and description. Did you mean "description"?',
  ],
  ['{ name: A, given: { status: opn }, expect: { tier: t1 } }', 'status cannot be "opn". Did you mean "open"?'],
  ['{ name: A, given: { via: chat, channel: chat }, expect: { tier: t1 } }', 'channel is the same as via'],
  ['{ name: A, given: { created_hours_ago: -1 }, expect: { tier: t1 } }', 'cannot be less than 0'],
  [
    '{ name: A, given: { created_hours_ago: 1, waiting_hours: 2 }, expect: { tier: t1 } }',
    'a customer cannot wait longer than the ticket exists',
  ],
  ['{ name: A, given: { custom_field:12: { a: 1 } }, expect: { tier: t1 } }', 'must be text, a number, true or false'],
  ['{ name: A, given: { agent_tier: t3 }, expect: { tier: t1 } }', 'tier "t3" does not exist'],
  ['{ name: A, given: { agent: ana }, expect: { tier: t1 } }', 'must be an e-mail address'],
  ['{ name: A, given: {}, expect: { refund_limit: 50 } }', 'needs refunds.limits, which the policy does not define'],
  ['{ name: A, given: {}, expect: { escalation_criteria: [X] } }', 'criterion "X" does not exist'],
  ['{ name: A, given: { comment: slow }, expect: { drivers: [speed] } }', 'drivers needs surveys.lexicon'],
])('%s: %s', (test, message) => {
  const said = saidOf(withTest(test));
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(`line ${LINES + 1}, `);
  expect(said[0]).toContain(message);
});

it.each([
  ['{ name: A, given: {}, expect: { refund: allowed } }', 'given has no refund'],
  ['{ name: A, given: {}, expect: { refund_limit: 1.234 } }', 'has 3 decimals, and USD has 2 decimals'],
  ['{ name: A, given: {}, expect: { escalation_criteria: [The steps are done] } }', 'a test cannot evaluate it'],
])('with refunds and criteria, %s: %s', (test, message) => {
  expect(saidOf(withTest(test, SIDEBAR_POLICY_TEXT))).toEqual([expect.stringContaining(message)]);
});

it('names are unique', () => {
  const two = 'tests: [{ name: A, given: {}, expect: { tier: t1 } }, { name: A, given: {}, expect: { tier: t1 } }]\n';
  expect(saidOf(POLICY_TEXT + two)).toEqual([expect.stringContaining('test "A" is already used by entry 1 of tests')]);
});

const LEXICON = `${POLICY_TEXT}  lexicon: [{ driver: speed, words: { en: [slow, "wait*"] } }]
`;

it.each([
  [
    '{ name: A, given: { comment: slow }, expect: { drivers: [sped] } }',
    'driver "sped" does not exist. Did you mean "speed"?',
  ],
  ['{ name: A, given: {}, expect: { drivers: [] } }', 'given has no comment to read'],
])('with a lexicon %s: %s', (test, message) => {
  expect(saidOf(withTest(test, LEXICON)).join()).toContain(message);
});

it.each([
  ['{ driver: speed, words: { en: [""] } }', 'is empty; write the words'],
  ['{ driver: speed, words: { en: ["!!"] } }', 'no letter or digit'],
  [
    '{ driver: speed, words: { en: [slow] } }, { driver: speed, words: { es: [lento] } }',
    'driver "speed" is already used',
  ],
  ['{ driver: speed }', 'words is missing'],
])('a lexicon with %s: %s', (entries, message) => {
  expect(saidOf(`${POLICY_TEXT}  lexicon: [${entries}]\n`).join()).toContain(message);
});
