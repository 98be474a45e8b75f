import { loadPolicy } from '../load-policy.ts';

const policyWith = (conditions: string, triggers = '[]'): string => `version: 1
company: Northwind
time_zone: Europe/Berlin
tiers: [{ id: t1, name: Tier 1, group: Support }]
categories: [{ id: refunds, name: Refunds, tier: t1 }, { id: other, name: Other, tier: t1 }]
default_category: other
default_survey: csat
triggers: ${triggers}
surveys: { csat: { delay: 24h, expires: 14d, conditions: ${conditions} } }
`;

function messagesOf(text: string): string[] {
  const loaded = loadPolicy(text, 'policy.yaml');
  const problems = loaded.ok ? loaded.warnings : loaded.problems;
  return problems.map(({ path, message, didYouMean }) => `${path}: ${message}${didYouMean ? ` → ${didYouMean}` : ''}`);
}

test('the fields of solved tickets are known beside those of triggers', () => {
  const conditions = `{ all: [
    { field: solved_by, operator: is_not, value: automation }, { field: reopened, operator: is, value: false },
    { field: first_reply_business_minutes, operator: less_than, value: 60 }, { field: tags, operator: includes_any, value: [vip] },
    { field: brand, operator: is, value: Kids }, { field: assignee, operator: is_not, value: ana@northwind.test },
    { field: organization, operator: is, value: Acme }, { field: form, operator: is, value: Returns },
    { any: [{ field: category, operator: includes_any, value: [refunds] }, { field: tier, operator: is, value: t1 }] } ] }`;
  expect(messagesOf(policyWith(conditions))).toEqual([]);
});

test.each([
  ['{ field: solvd_by, operator: is, value: agent }', /"solvd_by".* → solved_by/],
  ['{ field: solved_by, operator: is, value: robot }', /"robot"/],
  ['{ field: escalated, operator: is, value: "yes" }', /value must be true or false/],
  ['{ field: escalated, operator: present }', /operator present does not fit the field escalated/],
  ['{ field: requester_wait_minutes, operator: less_than, value: 2h }', /a number of minutes, without a unit/],
  ['{ field: category, operator: is, value: refund }', /category "refund" does not exist|"refund".* → refunds/],
  ['{ field: tier, operator: includes_any, value: [t1, t9] }', /"t9"/],
  [
    '{ field: comment, operator: includes_any, value: [thanks] }',
    /comment cannot be used in the conditions of a survey/,
  ],
])('%s is refused in the conditions of a survey', (condition, message) => {
  const messages = messagesOf(policyWith(`{ all: [${condition}] }`));
  expect(messages.join('\n')).toMatch(message);
  expect(messages.join('\n')).toContain('surveys.csat.conditions.all[0]');
});

test('conditions of NPS may use the facts of the newest ticket, its organization and form included, but no comments', () => {
  const ofNps = (conditions: string) =>
    policyWith('{}').replace(', conditions: {} }', ` }, nps: { expires: 14d, conditions: ${conditions} }`);
  const known = `{ all: [{ field: organization, operator: is, value: Acme }], none: [{ field: form, operator: is, value: Returns }] }`;
  expect(messagesOf(ofNps(known))).toEqual([]);
  const comment = '{ all: [{ field: comment, operator: includes_any, value: [thanks] }] }';
  expect(messagesOf(ofNps(comment))).toEqual([
    'surveys.nps.conditions.all[0].field: comment cannot be used in the conditions of a survey, because comments are not stored; use tags, group, language or another field',
  ]);
});

test('conditions that no ticket can meet are a warning', () => {
  const twice = `{ all: [{ field: solved_by, operator: is, value: agent }, { field: solved_by, operator: is, value: customer }] }`;
  expect(messagesOf(policyWith(twice)).join()).toContain('so csat is never sent');
});

test('a trigger may not ask for what is known after the solve only', () => {
  const trigger =
    '[{ id: a, title: A, conditions: { all: [{ field: solved_by, operator: is, value: agent }] }, actions: { category: refunds } }]';
  const anything = '{ all: [{ field: tags, operator: present }] }';
  expect(messagesOf(policyWith(anything, trigger)).join()).toContain(
    'solved_by is known only after a ticket is solved, so it can be used only in conditions under surveys: csat or ces',
  );
});

test.each([
  ['csat: { delay: 24h, expires: 14d, remind_after: 14d }', ['surveys.csat.remind_after: no reminder is sent']],
  [
    'csat: { delay: 24h, expires: 14d, remind_after: 5d }, pulse: { every: 14d, expires: 15d }',
    ['surveys.pulse.every: surveys: contact_at_most_every', 'surveys.pulse.expires: a round is still open'],
  ],
  [
    'csat: { delay: 24h, expires: 14d }, nps: { expires: 14d }, contact_at_most_every: 100d',
    ['surveys.nps: surveys: contact_at_most_every'],
  ],
  [
    'csat: { delay: 24h, expires: 14d }, nps: { expires: 14d }, pulse: { every: 30d, expires: 7d, remind_after: 24h }',
    [],
  ],
])('times that do not fit together are a warning: %s', (surveys, expected) => {
  const messages = messagesOf(policyWith('{}').replace(/surveys: .*/, `surveys: { ${surveys} }`));
  expect(messages).toEqual(expected.map((message) => expect.stringContaining(message)));
});

test.each([
  [
    '[{ brand: Kids }, { brand: Kids }]',
    'surveys.brands[1].brand: brand "Kids" is already used by entry 1 of surveys.brands',
  ],
  ['[{ name: Kids }]', 'surveys.brands[0].brand: brand is missing in entry 1 of brands'],
  ['[{ brand: Kids, colour: red }]', 'surveys.brands[0].colour: "colour" is not known in entry 1 of brands → color'],
  ['[{ brand: Kids, color: red }]', 'surveys.brands[0].color: color "red" must be a colour such as #0f6b5c'],
  [
    '[{ brand: Kids, logo: "http://kids.test/a.png" }]',
    'surveys.brands[0].logo: logo "http://kids.test/a.png" must be an address that begins with https://',
  ],
  [
    '[{ brand: Kids, logo: "https://[kids/a.png" }]',
    'surveys.brands[0].logo: logo must be an address that begins with https://',
  ],
  [
    '[{ brand: Kids, sender: { address: help } }]',
    'surveys.brands[0].sender.address: address "help" must be an e-mail address',
  ],
  [
    '[{ brand: Kids, texts: { en: { csat: { question: "{compny}?" } } } }]',
    'surveys.brands[0].texts.en.csat.question: ',
  ],
])('brands: %s is refused', (brands, message) => {
  const text = policyWith('{}').replace(
    /surveys: .*/,
    `surveys: { csat: { delay: 24h, expires: 14d }, brands: ${brands} }`,
  );
  expect(messagesOf(text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  [
    '[{ brand: Kids, name: Polar }, { brand: Outdoor, name: Polar }]',
    '',
    ['the name of brand "Polar" is already used'],
  ],
  ['[{ brand: Kids, thank_you: { link: "https://a.test" } }]', '', ['has no effect, because nobody is thanked']],
  [
    '[{ brand: Kids }, { brand: Outdoor, thank_you: { link: "https://a.test" } }]',
    'thank_you: { link: "https://b.test" }',
    ['customers of "Kids" are sent to the link of surveys.nps.thank_you'],
  ],
])('brands: %s is a warning', (brands, thanks, expected) => {
  const surveys = `csat: { delay: 24h, expires: 14d }, nps: { every: 90d, expires: 14d, ${thanks} }, brands: ${brands}`;
  const messages = messagesOf(policyWith('{}').replace(/surveys: .*/, `surveys: { ${surveys} }`));
  expect(messages).toEqual(expected.map((message) => expect.stringContaining(message)));
});
