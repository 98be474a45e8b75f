import { policyTextWith, SIDEBAR_POLICY_TEXT } from '../../../testing/policy-text.ts';
import { saidOf } from '../../../testing/said-of.ts';
import { loadPolicy } from '../load-policy.ts';

const textWith = (replace: string, by: string) => policyTextWith({ replace, by }, SIDEBAR_POLICY_TEXT);

it('accepts a policy with everything the sidebar shows', () => {
  expect(saidOf(SIDEBAR_POLICY_TEXT)).toEqual([]);
});

it('accepts a policy with none of it', () => {
  const loaded = loadPolicy(policyTextWith({ replace: 'version: 1', by: 'version: 1' }), 'policy.yaml');
  expect(loaded).toMatchObject({
    ok: true,
    policy: {
      targets: [],
      departments: [],
      escalation: {
        criteria: [],
        fields: [{ id: 'summary' }, { id: 'steps_tried' }, { id: 'customer_impact', required: true }],
      },
      promises: expect.arrayContaining(['get back to you']),
    },
  });
});

describe('reports a mistake with its place, what is allowed and the nearest name', () => {
  test.each([
    [
      'guidance outside the folder',
      'name: Bug, tier: t2',
      'name: Bug, tier: t2, guidance: ../bug.md',
      /^line 12, column 47: guidance must be in the folder/,
    ],
    [
      'guidance by its full name',
      'name: Bug, tier: t2',
      'name: Bug, tier: t2, guidance: /etc/bug.md',
      /guidance must be a path relative to the folder/,
    ],
    [
      'guidance in the web',
      'name: Bug, tier: t2',
      'name: Bug, tier: t2, guidance: "https://a.test/b.md"',
      /guidance must be a path relative to the folder/,
    ],
    [
      'guidance of Windows',
      'name: Bug, tier: t2',
      "name: Bug, tier: t2, guidance: 'guidance\\bug.md'",
      /has \\; separate folders .* Did you mean "guidance\/bug\.md"\?/,
    ],
    [
      'guidance that is no Markdown',
      'name: Bug, tier: t2',
      'name: Bug, tier: t2, guidance: bug.docx',
      /must be a Markdown file, whose name ends in \.md/,
    ],
    ['guidance without a name', 'name: Bug, tier: t2', 'name: Bug, tier: t2, guidance: " "', /guidance is empty/],
    ['a tone of nothing', 'Warm and plain.', '" "', /^line 31, column 16: tone_of_voice is empty$/],
    [
      'a tone of a page',
      'Warm and plain.',
      'a'.repeat(141),
      /longer than 140 characters; it must fit on a line or two$/,
    ],
    [
      'a target of an unknown tier',
      'tier: t1, priority: urgent',
      'tier: t7, priority: urgent',
      /^line 33, column 13: tier "t7" does not exist\. Allowed: t1, t2$/,
    ],
    [
      'a target of a tier by its name',
      'tier: t1, priority: urgent',
      'tier: tier1, priority: urgent',
      /^line 33, column 13: tier "tier1" does not exist\. Did you mean "t1"\? Allowed: t1, t2$/,
    ],
    [
      'a target of an unknown priority',
      'priority: urgent',
      'priority: urgnt',
      /priority cannot be "urgnt"\. Did you mean "urgent"\?/,
    ],
    [
      'a target that promises nothing',
      'urgent, first_reply: 1h',
      'urgent',
      /^line 33, column 5: entry 1 of targets has neither first_reply nor next_reply/,
    ],
    ['a target without a unit', 'first_reply: 1h', 'first_reply: 1', /first_reply has no unit: write 1m for minutes/],
    [
      'a channel in capitals',
      'channel: email',
      'channel: Native Messaging',
      /^line 34, column 16: "Native Messaging" is not a valid channel.* Did you mean "native_messaging"\?/,
    ],
    [
      'two fields of one id',
      'id: steps_tried',
      'id: summary',
      /^line 38, column 13: field "summary" is already used by entry 1 of escalation\.fields$/,
    ],
    [
      'two fields of one label',
      'label: Steps tried',
      'label: Summary',
      /^line 38, column 33: the label "Summary" is already used/,
    ],
    ['a field with a blank label', 'label: Summary', 'label: ""', /^line 37, column 29: label is empty$/],
    [
      'no fields at all',
      '  fields:\n    - { id: summary, label: Summary }\n    - { id: steps_tried, label: Steps tried, hint: One a line, required: false }\n',
      '  fields: []\n',
      /fields .*is empty; remove the key for the usual fields/,
    ],
    [
      'criteria of an unknown tier',
      'tier: t1\n      when',
      'tier: tier_1\n      when',
      /^line 40, column 13: tier "tier_1" does not exist/,
    ],
    ['a criterion without words', 'text: The steps are done', 'text: "  "', /text is empty$/],
    [
      'a criterion on an unknown field',
      'field: text, operator: includes_any, value: [lawyer]',
      'field: txt, operator: includes_any, value: [lawyer]',
      /^line 43, column 40: field "txt" does not exist\. Did you mean "text"\?/,
    ],
    [
      'a criterion with a bad operator',
      'operator: includes_any, value: [lawyer]',
      'operator: greater_than, value: 3',
      /operator greater_than does not fit the field text/,
    ],
    [
      'a criterion with an empty group',
      '{ any: [{ field: text, operator: includes_any, value: [lawyer] }] }',
      '{}',
      /is an empty group of conditions/,
    ],
    [
      'two departments of one id',
      'id: finance',
      'id: warehouse',
      /^line 52, column 11: department "warehouse" is already used by entry 1 of departments$/,
    ],
    [
      'two departments of one name',
      'name: Finance',
      'name: Warehouse',
      /the name of department "Warehouse" is already used/,
    ],
    [
      'two departments in one group',
      'group: Finance',
      'group: Warehouse',
      /the group of department "Warehouse" is already used/,
    ],
    [
      "a department in a tier's group",
      'group: Finance',
      'group: Support Tier 2',
      /^line 52, column 42: the group "Support Tier 2" is that of tier "t2"; a department needs its own group$/,
    ],
    [
      'hours on a day there is not',
      'mon-fri: "07:00',
      'mon-fry: "07:00',
      /^line 49, column 26: "mon-fry" is not a day.* Did you mean "mon-fri"\?/,
    ],
    [
      'hours that no clock shows',
      '"07:00-16:00"',
      '"07:00-16:75"',
      /^line 49, column 35: "07:00-16:75" has a time that no clock shows/,
    ],
    [
      'a holiday of a department there is not',
      'holidays: [2026-12-25] }\n    answers',
      'holidays: [2026-12-32] }\n    answers',
      /entry 1 of holidays must be a date that exists/,
    ],
    [
      'two fields of a department',
      'fields: [{ id: parcel, label: Parcel }]',
      'fields: [{ id: parcel, label: Parcel }, { id: parcel, label: Other }]',
      /field "parcel" is already used by entry 1 of fields$/,
    ],
    [
      'a key of a department that is misspelt',
      'contact: Ana',
      'contct: Ana',
      /"contct" is not known in entry 2 of departments\. Did you mean "contact"\?/,
    ],
    [
      'a currency in small letters',
      'currency: USD',
      'currency: usd',
      /^line 54, column 13: "usd" is not a currency.* Did you mean "USD"\?/,
    ],
    ['a currency by its name', 'currency: USD', 'currency: Dollar', /"Dollar" is not a currency/],
    [
      'a limit of nobody',
      'tier: t1, per_refund',
      'per_refund',
      /^line 57, column 7: entry 1 of limits has no tier, agents or role/,
    ],
    [
      'a limit of a tier and of people',
      'tier: t1, per_refund',
      'tier: t1, agents: [a@b.test], per_refund',
      /^line 57, column 19: a limit is for a tier or for agents, not both/,
    ],
    [
      'a name for a tier of a limit',
      'tier: t1, per_refund',
      'tier: t1, name: Tier one, per_refund',
      /^line 57, column 19: a limit for a tier uses the name of the tier; remove name$/,
    ],
    [
      'a category that is perhaps about money',
      'name: Bug, tier: t2',
      'name: Bug, tier: t2, money: maybe',
      /^line 12, column 44: money must be true or false/,
    ],
    ['a limit of an unknown tier', 'tier: t1, per_refund', 'tier: t8, per_refund', /tier "t8" does not exist/],
    [
      'a tier limited twice',
      'agents: [trainee@northwind.test]',
      'tier: t1',
      /^line 58, column 15: tier "t1" already has a limit, in entry 1 of refunds\.limits$/,
    ],
    [
      'an agent limited twice, in other letters',
      '[trainee@northwind.test]',
      '[a@b.test, A@b.test]',
      /^line 58, column 28: agent "A@b\.test" already has a limit, in entry 2/,
    ],
    [
      'an agent who is no address',
      '[trainee@northwind.test]',
      '[Lena]',
      /entry 1 of agents .*must be an e-mail address/,
    ],
    [
      'a limit without an amount',
      'per_refund: "49.90", ',
      '',
      /^line 57, column 7: per_refund is missing in entry 1 of limits; write for example per_refund: 50$/,
    ],
    [
      'an amount with the currency',
      '"49.90"',
      '$49.90',
      /^line 57, column 31: per_refund must be an amount .*, not "\$49\.90": the currency belongs in refunds\.currency\. Did you mean "49\.90"\?$/,
    ],
    ['an amount with a comma', '"49.90"', '"1.049,90"', /not "1\.049,90"\. Did you mean "1049\.90"\?$/],
    ['an amount below nothing', '"49.90"', '-5', /not "-5": it cannot be less than 0$/],
    ['an amount beyond all reason', '"49.90"', '12345678901', /: it is too large$/],
    ['an amount that a computer has counted', '"49.90"', '49.900000000000006', /no currency has so many decimals$/],
    [
      'an amount with too many decimals',
      '"49.90"',
      '49.999',
      /^line 57, column 31: "49\.999" has 3 decimals, and USD has 2 decimals$/,
    ],
    [
      'decimals where the currency has none',
      'currency: USD',
      'currency: JPY',
      /"49\.90" has 2 decimals, and JPY has no decimals$/,
    ],
    ['an approver who is no address', '[lead@northwind.test]', '[lead]', /must be an e-mail address/],
    [
      'a lookup whose example does not fit',
      'promises: [',
      "lookups: [{ name: order_number, pattern: 'NW-?\\d{5}', example: NW-123 }]\npromises: [",
      /^line 60, column 64: "NW-123" does not match the pattern; correct one of them$/,
    ],
    [
      'a lookup with a pattern that RE2 does not have',
      'promises: [',
      "lookups: [{ name: order_number, pattern: '(?=a)b', example: b }]\npromises: [",
      /is not a valid RE2 pattern: it uses look-ahead/,
    ],
    [
      'two lookups of one name',
      'promises: [',
      'lookups: [{ name: a1, pattern: a, example: a }, { name: a1, pattern: b, example: b }]\npromises: [',
      /"a1" is already used by entry 1 of lookups$/,
    ],
    [
      'a phrase to avoid that is never found',
      'promises: [',
      'avoid: [{ phrase: "?!" }]\npromises: [',
      /"\?!" contains no letter or digit, so it never matches/,
    ],
    [
      'a phrase to avoid without its key',
      'promises: [',
      'avoid: [calm down]\npromises: [',
      /^line 60, column 9: entry 1 of avoid must be a block of keys$/,
    ],
    [
      'a key of a phrase to avoid that is misspelt',
      'promises: [',
      'avoid: [{ phrase: calm down, insted: breathe }]\npromises: [',
      /"insted" is not known in entry 1 of avoid\. Did you mean "instead"\?/,
    ],
    ['a promise of nothing', '[get back to you', '[""', /entry 1 of promises is empty/],
    ['a promise of signs', '[get back to you', '["?!"', /contains no letter or digit, so it never matches/],
    ['a promise that is a number', '[get back to you', '[7', /entry 1 of promises must be text/],
  ])('%s', (_, replace, by, expected) => {
    const text = textWith(replace, by);
    expect(saidOf(text)).toEqual([expect.stringMatching(expected)]);
    expect(loadPolicy(text, 'policy.yaml').ok).toBe(false);
  });

  it('reports several mistakes at once', () => {
    const text = textWith('currency: USD', 'currency: JPY')
      .replace('group: Finance', 'group: Warehouse')
      .replace('[get back to you', '[" "');
    expect(saidOf(text)).toHaveLength(3);
  });
});

describe('a warning does not prevent loading', () => {
  test.each([
    [
      'a target below one for everything',
      'targets:',
      'targets:\n  - { first_reply: 8bh }',
      [/^warning line 34, column 5: entry 1 of targets comes first and matches all these tickets/, /^warning line 35/],
    ],
    [
      'a target written twice',
      '  - { channel: email,',
      '  - { tier: t1, priority: urgent, next_reply: 1h }\n  - { channel: email,',
      [/^warning line 34, column 5: entry 1 of targets comes first/],
    ],
    [
      'criteria for the last tier',
      'tier: t1\n      when',
      'tier: t2\n      when',
      [
        /^warning line 40, column 13: tier "t2" has no escalates_to, so these criteria have no effect; add escalates_to or remove them$/,
      ],
    ],
    [
      'a criterion that never holds',
      '{ any: [{ field: text, operator: includes_any, value: [lawyer] }] }',
      '{ all: [{ field: status, operator: less_than, value: new }] }',
      [/^warning line 43, column 31: no ticket can ever meet this.* so the criterion never holds$/],
    ],
    [
      'a criterion written twice',
      'text: The steps are done',
      'text: Somebody threatens with a lawyer',
      [/this criterion is a duplicate; remove one$/],
    ],
    [
      "a department's holiday twice",
      'holidays: [2026-12-25] }',
      'holidays: [2026-12-25, 2026-12-25] }',
      [/^warning line 49, column 75: holiday 2026-12-25 is a duplicate; remove one$/],
    ],
    [
      'a refund above what a day allows',
      'per_agent_per_day: 200',
      'per_agent_per_day: "49.89"',
      [/^warning line 57, column 31: per_refund is above per_agent_per_day/],
    ],
    [
      'an approver named twice',
      '[lead@northwind.test]',
      '[lead@northwind.test, Lead@northwind.test]',
      [/"Lead@northwind\.test" is a duplicate; remove one$/],
    ],
    [
      'refunds that nobody may make',
      /  limits:\n.*\n.*\n/.exec(SIDEBAR_POLICY_TEXT)?.[0] ?? '',
      '',
      [/^warning line 53, column 1: there are no limits/],
    ],
    [
      'a phrase to avoid written twice',
      'promises: [',
      'avoid: [{ phrase: Calm down }, { phrase: calm  down }]\npromises: [',
      [/^warning line 60, column 42: "calm down" is a duplicate; remove one$/],
    ],
    [
      'a promise written twice',
      'let you know]',
      'Get  back to you]',
      [/"get back to you" is a duplicate; remove one$/],
    ],
    [
      'two categories of one name',
      'name: Bug',
      'name: Refund',
      [/^warning line 12, column 22: the name of category "Refund" is already used/],
    ],
  ])('%s', (_, replace, by, expected) => {
    const text = textWith(replace, by);
    expect(saidOf(text)).toEqual(expected.map((said) => expect.stringMatching(said)));
    expect(loadPolicy(text, 'policy.yaml').ok).toBe(true);
  });

  it('gives no warning for a target that applies to other tickets', () => {
    const text = textWith(
      'targets:',
      'targets:\n  - { tier: t1, channel: chat, first_reply: 10m }\n  - { tier: t2, first_reply: 1h }',
    );
    expect(saidOf(text)).toEqual([]);
  });
});
