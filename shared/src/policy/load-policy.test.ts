import { POLICY_TEXT, policyTextWith, policyTextWithConditions } from '../../testing/policy-text.ts';
import { saidOf } from '../../testing/said-of.ts';
import { loadPolicy } from './load-policy.ts';

function isGood(text: string): boolean {
  return loadPolicy(text, 'policy.yaml').ok;
}

describe('a valid policy', () => {
  it('loads with defaults filled in and without problems', () => {
    const result = loadPolicy(POLICY_TEXT, 'policy.yaml');
    expect(result).toMatchObject({
      ok: true,
      warnings: [],
      policy: {
        default_survey: 'csat',
        surveys: { ces: { delay: '8bh', sample: '100%' } },
        zendesk: { writes_per_minute: 60, decision_note: false },
      },
    });
  });

  it('may define a list of words once and reuse it', () => {
    const text = policyTextWithConditions(
      '{ any: [{ field: subject, operator: includes_any, value: &words [refund] }, { field: comment, operator: includes_any, value: *words }] }',
    );
    expect(saidOf(text)).toEqual([]);
  });
});

describe('reports a mistake with its place, what is allowed and the nearest name', () => {
  test.each([
    [
      'an unknown key',
      'company: Northwind Outdoor',
      'compny: Northwind Outdoor',
      /^line 2, column 1: "compny" is not known at the top of the file\. Did you mean "company"\? Allowed: version, company/,
    ],
    [
      'a category that does not exist',
      'default_category: other',
      'default_category: refnd',
      /^line 14, column 19: category "refnd" does not exist\. Did you mean "refund"\? Allowed: refund, bug, other$/,
    ],
    [
      'a tier that does not exist',
      'name: Bug, tier: t2',
      'name: Bug, tier: t9',
      /^line 12, column 33: tier "t9" does not exist\. Allowed: t1, t2$/,
    ],
    [
      'a category a trigger names',
      'category: refund,',
      'category: reffund,',
      /^line 24, column 26: category "reffund" does not exist\. Did you mean "refund"\?/,
    ],
    [
      'a time zone that is misspelt',
      'America/New_York',
      'America/New_Yrok',
      /^line 3, column 12: "America\/New_Yrok" is not a time zone.* Did you mean "America\/New_York"\?$/,
    ],
    [
      'a time zone without summer time of its own',
      'America/New_York',
      'EST',
      /^line 3, column 12: "EST" is not a time zone/,
    ],
    [
      'a number where text belongs',
      'Northwind Outdoor',
      '1984',
      /^line 2, column 10: company must be text; put it in quotes: "1984"$/,
    ],
    [
      'a key without value',
      'company: Northwind Outdoor',
      'company:',
      /^line 2, column 1: company has no value; add one or remove the key$/,
    ],
    [
      'a duration without unit',
      'delay: 24h',
      'delay: 24',
      /^line 28, column 18: delay has no unit: write 24m for minutes, 24h for hours/,
    ],
    ['a duration in words', 'contact_at_most_every: 30d', 'contact_at_most_every: monthly', /not "monthly"$/],
    [
      'a duration of more than a year',
      'contact_at_most_every: 30d',
      'contact_at_most_every: 400d',
      /is longer than a year: 400d$/,
    ],
    [
      'surveys that are forgotten before the customer may be asked again',
      'contact_at_most_every: 30d',
      'contact_at_most_every: 30d\nretention: { surveys: 20d }',
      /surveys must be at least as long as surveys.contact_at_most_every, which is 30d: otherwise past contacts are deleted too early/,
    ],
    [
      'a retention without unit',
      'contact_at_most_every: 30d',
      'contact_at_most_every: 30d\nretention: { decisions: 400 }',
      /decisions.*400/,
    ],
    [
      'a retention of nothing there is',
      'contact_at_most_every: 30d',
      'contact_at_most_every: 30d\nretention: { decision: 400d }',
      /Did you mean "decisions"/,
    ],
    [
      'a link that never works',
      'expires: 14d }\n  ces',
      'expires: 0h }\n  ces',
      /^line 28, column 46: expires must be longer than 0$/,
    ],
    [
      'a percentage without sign',
      'sample: 100%',
      'sample: 50',
      /^line 28, column 31: sample has no percent sign: write 50%$/,
    ],
    ['a percentage above 100', 'sample: 100%', 'sample: 101%', /sample must be a percentage from 0% to 100%$/],
    [
      'a version there is not',
      'version: 1',
      'version: 2',
      /^line 1, column 10: version must be 1, the only version there is$/,
    ],
    [
      'a view newest first',
      'oldest_first',
      'newest_first',
      /^line 26, column 33: newest_first is not offered: .* waited longest is answered last\. Write oldest_first/,
    ],
    [
      'a view without a name',
      'title: Unassigned, ',
      '',
      /^line 26, column 5: entry 1 of views has neither title nor id/,
    ],
    ['a view with two names', 'title: Unassigned,', 'title: Unassigned, id: 3,', /named by title or by id, not both/],
    [
      'an option that does not exist',
      'keep: enforce',
      'keep: enforced',
      /keep cannot be "enforced"\. Did you mean "enforce"\? Allowed: enforce, warn$/,
    ],
    [
      'a survey that is not described',
      '  ces: { delay: 8bh, expires: 14d }\n',
      '',
      /^line 11, column 51: survey ces is not defined; add it under surveys/,
    ],
    ['a day that does not exist', 'sat:', 'saturday:', /"saturday" is not a day.* Did you mean "sat"\?/],
    [
      'a range to a day that does not exist',
      'mon-fri:',
      'mon-fry:',
      /^line 5, column 15: "mon-fry" is not a day.* Did you mean "mon-fri"\?/,
    ],
    [
      'a day named twice',
      'sat:',
      'fri:',
      /^line 5, column 39: "fri" includes fri, which "mon-fri" already includes; remove one$/,
    ],
    [
      'hours that end before they begin',
      '"10:00-14:00"',
      '"22:00-06:00"',
      /ends before it begins; split a stretch over midnight/,
    ],
    ['hours that overlap', '"10:00-14:00"', '"10:00-14:00, 13:00-15:00"', /overlap or are out of order/],
    ['a time no clock shows', '"10:00-14:00"', '"10:00-14:75"', /no clock shows/],
    [
      'a date that does not exist',
      '2026-12-25',
      '2026-02-30',
      /^line 6, column 14: entry 1 of holidays must be a date that exists/,
    ],
    [
      'an id that could not be a tag',
      '{ id: bug,',
      '{ id: Bug Report,',
      /^line 12, column 11: id "Bug Report" may hold only small letters/,
    ],
    ['a tag with a space', 'add_tags: [money]', 'add_tags: [money back]', /would split into two tags; use _/],
    ['a tag in capitals', 'add_tags: [money]', 'add_tags: [Money]', /Did you mean "money"\?/],
    [
      'a tag that Deskwright sets itself',
      'add_tags: [money]',
      'add_tags: [tier__t1]',
      /"tier__t1" is a tag that Deskwright sets itself/,
    ],
    [
      'a trigger that does nothing',
      '{ category: refund, priority: high, add_tags: [money] }',
      '{}',
      /^line 24, column 14: actions does nothing/,
    ],
    [
      'more writes than Zendesk allows',
      'views:',
      'zendesk: { writes_per_minute: 200 }\nviews:',
      /writes_per_minute "200" is more than the 100 ticket updates/,
    ],
    ['a key written twice', 'views:', 'company: Other\nviews:', /^line 25, column 1: "company" is defined twice/],
    ['a tier that escalates to itself', 'escalates_to: t2', 'escalates_to: t1', /tiers escalate in a circle: t1 -> t1/],
    [
      'two tiers with one group',
      'group: Support Tier 2',
      'group: Support Tier 1',
      /^line 9, column 36: the group of tier "Support Tier 1" is already used by entry 1 of tiers$/,
    ],
    [
      'a missing key',
      'company: Northwind Outdoor\n',
      '',
      /^line 1, column 1: company is missing; write for example company: Northwind Outdoor$/,
    ],
    [
      'a missing key in a list entry',
      'name: Bug, ',
      '',
      /^line 12, column 5: name is missing in entry 2 of categories; write for example name: Refunds$/,
    ],
    [
      'a block where a list belongs',
      'views:\n  - { title: Unassigned, order: oldest_first, keep: enforce }',
      'views: { title: Unassigned }',
      /^line 25, column 8: views must be a list/,
    ],
  ])('%s', (_, replace, by, expected) => {
    const text = policyTextWith({ replace, by });
    expect(saidOf(text)).toEqual([expect.stringMatching(expected)]);
    expect(isGood(text)).toBe(false);
  });
});

describe('a warning does not prevent loading', () => {
  test.each([
    [
      'a holiday twice',
      policyTextWith({ replace: '2027-01-01', by: '2026-12-25' }),
      /holiday 2026-12-25 is a duplicate/,
    ],
    [
      'a tier to which nothing leads',
      policyTextWith({
        replace: 'group: Support Tier 2 }',
        by: 'group: Support Tier 2 }\n  - { id: t3, name: T, group: G }',
      }),
      /no category or tier uses tier "t3"/,
    ],
    [
      'a survey nobody asks',
      policyTextWith({ replace: ', survey: ces', by: '' }),
      /neither a category nor default_survey uses ces/,
    ],
  ])('%s', (_, text, expected) => {
    expect(saidOf(text)).toEqual([expect.stringMatching(expected)]);
    expect(isGood(text)).toBe(true);
  });
});
