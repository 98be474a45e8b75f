import { POLICY_TEXT, policyTextWith, SIDEBAR_POLICY_TEXT } from '../../../testing/policy-text.ts';
import { saidOf } from '../../../testing/said-of.ts';
import { loadPolicy } from '../load-policy.ts';

const HOURS = /business_hours:\n {2}weekdays.*\n {2}holidays.*\n/;
const withoutHours = (text: string) => text.replace(HOURS, '');
const NONE = withoutHours(policyTextWith({ replace: 'ces: { delay: 8bh', by: 'ces: { delay: 8h' }));

test('a policy without business hours is valid and always open, if nothing counts them', () => {
  const loaded = loadPolicy(NONE, 'policy.yaml');
  expect(loaded).toMatchObject({
    ok: true,
    warnings: [],
    policy: { business_hours: { weekdays: { 'mon-sun': '00:00-24:00' }, holidays: [] } },
  });
});

test.each([
  [
    'a survey',
    'delay: 24h',
    'delay: 8bh',
    /delay counts business hours \(8bh\), but business_hours is not defined; .* or write 8h$/,
  ],
  [
    'how often customers are asked',
    'every: 30d',
    'every: 80bh',
    /contact_at_most_every counts business hours \(80bh\)/,
  ],
  [
    'a goal',
    'surveys:',
    'goals: [{ id: g, name: Quick, figure: first_reply_time, target: 8bh, owner: Ana }]\nsurveys:',
    /target counts business hours \(8bh\)/,
  ],
  ['a target', 'surveys:', 'targets: [{ first_reply: 4bh }]\nsurveys:', /first_reply counts business hours \(4bh\)/],
  [
    'a department',
    'surveys:',
    'departments: [{ id: d, name: D, group: D, answers_within: 4bh }]\nsurveys:',
    /^line \d+, column \d+: answers_within counts business hours \(4bh\)/,
  ],
])('%s that counts them needs them', (_, replace, by, expected) => {
  expect(saidOf(policyTextWith({ replace, by }, NONE))).toEqual([expect.stringMatching(expected)]);
});

test('a department counts its own hours, and text is no duration', () => {
  const text = withoutHours(SIDEBAR_POLICY_TEXT).replaceAll('8bh', '8h').replace('contact: Ana', 'contact: 8bh');
  expect(saidOf(text)).toEqual([]);
});

test('hours that are written hold', () => {
  expect(loadPolicy(POLICY_TEXT, 'policy.yaml')).toMatchObject({ ok: true });
});
