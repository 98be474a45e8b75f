import { SIDEBAR_POLICY_TEXT } from '../../../testing/policy-text.ts';
import { saidOf } from '../../../testing/said-of.ts';

const goal = (figure: string, target: string, more = '') =>
  `goals:\n  - { id: g, name: A goal, figure: ${figure}, target: ${target}, owner: Ana${more} }\n`;
const report = (keys: string) => `reports:\n  - { id: r, ${keys} }\n`;
const said = (added: string) =>
  saidOf(SIDEBAR_POLICY_TEXT + added).map((line) => line.replace(/^(warning )?line \d+, column \d+: /, '$1'));

test.each([
  goal('first_reply_time', '1h'),
  goal('first_reply_time', '8bh'),
  goal('oldest_wait', '2d'),
  goal('replies_within_target', '90%'),
  goal('csat', '100%'),
  goal('csat_mean', '4.2'),
  goal('waiting', '0'),
  goal('days_to_clear', '2.5'),
  goal(
    'csat',
    '90%',
    ', every: quarter, tier: t1, category: bug, benchmark: { text: Others reach 80%, source: A study }',
  ),
  report('every: day, mail_to: [lead@northwind.test]'),
  report('every: week, on: fri, at: "17:30", slack: leads, department: warehouse, categories: [bug]'),
  'alarms: { other_above: 20%, oldest_wait_above: 2d, webhooks_silent_for: 1h, slack: leads }\n',
  'reminders: { at: [80%, 100%, 200%], promises: false, slack: support }\n',
])('accepts %s', (added) => {
  expect(said(added)).toEqual([]);
});

describe('says what to write', () => {
  test.each([
    [goal('csat', '90'), 'target has no percent sign: write 90%'],
    [goal('csat', '"90"'), 'target has no percent sign: write 90%'],
    [goal('csat', '0.9'), 'target has no percent sign: write 90%'],
    [goal('csat', '1'), 'target has no percent sign: write 1%'],
    [goal('csat', '120%'), 'target must be a percentage from 0% to 100%'],
    [goal('csat', '1h'), 'target must be a share for csat, such as 90%'],
    [goal('first_reply_time', '1'), /^target has no unit: write 1m for minutes, 1h for hours/],
    [goal('first_reply_time', '0h'), 'target must be longer than 0'],
    [
      goal('first_reply_time', '90%'),
      'target must be a time for first_reply_time, such as 1h or 8bh; the share is the figure replies_within_target',
    ],
    [goal('csat_mean', '"4.2"'), 'target must be written without quotes: 4.2'],
    [goal('csat_mean', '90%'), 'target must be a number for csat_mean, such as 4.2; the share is the figure csat'],
    [goal('csat_mean', '42'), 'target must be from 1 to 5, the answers that customers can give'],
    [goal('ces_mean', '7.5'), 'target must be from 1 to 7, the answers that customers can give'],
    [goal('waiting', '50 tickets'), 'target must be a number for waiting, such as 50'],
    [goal('waiting', '-1'), 'target must be a number for waiting, such as 50'],
    [goal('first_reply', '1h'), /^figure cannot be "first_reply"\./],
    [goal('csat', '90%', ', tier: t9'), 'tier "t9" does not exist. Allowed: t1, t2'],
    [goal('csat', '90%', ', category: refunds'), /^category "refunds" does not exist\. Did you mean "refund"\?/],
    [goal('csat', '90%', ', benchmark: Others reach 80%'), 'benchmark must be a block of keys'],
    [goal('csat', '90%', ', benchmark: { text: x }'), /^source is missing in benchmark/],
    [goal('csat', '90%', ', every: monthly'), /^every cannot be "monthly"\. Did you mean "month"\?/],
    [report('every: day'), 'warning this report has no recipients; add mail_to or slack'],
    [report('every: day, mail_to: []'), 'warning this report has no recipients; add mail_to or slack'],
    [
      report('every: day, on: mon, slack: leads'),
      'on is for weekly reports, but this one is sent every day; remove the key',
    ],
    [report('every: weekly, slack: leads'), /^every cannot be "weekly"\. Did you mean "week"\?/],
    [report('every: day, slack: leads, at: 8:00'), 'at must have two digits for hours and minutes: write "08:00"'],
    [report('every: day, slack: leads, at: 8'), 'at must have two digits for hours and minutes: write "08:00"'],
    [report('every: day, slack: leads, at: 24:00'), /^at must be a time of day from "00:00" to "23:59"/],
    [report('every: day, slack: leads, at: 8am'), /^at must be a time of day from "00:00" to "23:59"/],
    [report('every: day, mail_to: [Ana]'), 'entry 1 of mail_to "Ana" must be an e-mail address'],
    [
      report('every: day, slack: leads, department: werehouse'),
      /^department "werehouse" does not exist\. Did you mean "warehouse"\?/,
    ],
    [report('every: day, slack: leads, categories: []'), /^categories is empty; name a category/],
    [
      report('every: week, lists: at_risk, survey: nps, slack: leads'),
      'lists: at_risk covers all customers and surveys; remove survey',
    ],
    ['alarms: { other_above: 0.2 }\n', 'other_above has no percent sign: write 20%'],
    ['alarms: { oldest_wait_above: 2 }\n', /^oldest_wait_above has no unit/],
    ['reminders: { at: [80, 1.5] }\n', 'entry 1 of at has no percent sign: write 80%'],
    ['reminders: { at: [1.5] }\n', 'entry 1 of at has no percent sign: write 150%'],
    ['reminders: { at: ["0%"] }\n', 'entry 1 of at must be a percentage of the target, such as 80% or 150%'],
  ])('%s', (added, expected) => {
    const [first = ''] = said(added);
    expect(typeof expected === 'string' ? first === expected || first : expected.test(first) || first).toBe(true);
  });
});

test('two goals of one id are an error, of one name a warning', () => {
  const line = (id: string, name: string) =>
    `  - { id: ${id}, name: ${name}, figure: csat, target: 90%, owner: Ana }\n`;
  expect(said(`goals:\n${line('a', 'One')}${line('a', 'Two')}`)).toEqual([
    'goal "a" is already used by entry 1 of goals',
  ]);
  expect(said(`goals:\n${line('a', 'One')}${line('b', 'One')}`)).toEqual([
    'warning the name of goal "One" is already used by entry 1 of goals',
  ]);
});
