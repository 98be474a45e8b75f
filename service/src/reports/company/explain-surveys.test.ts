// Checks that the explainer says what the policy says, in each language and format.
import { aPolicy } from '../../surveys/testing/survey-fixtures.ts';
import { explainSurveys, writeExplanation } from './explain-surveys.ts';
import { COMPANY_LANGUAGES } from './texts/company-texts.ts';

const NOW = new Date('2026-11-28T13:00:00Z');
const nps = { every: '90d', ask_again_after: '30d', remind_after: '5d', expires: '14d' } as const;
const csat = { delay: '8bh', sample: '50%', expires: '14d' } as const;

test('it says what is asked, when, on which scale and how it is counted', () => {
  const text = writeExplanation(explainSurveys(aPolicy({ nps, csat }), 'en', NOW), 'md');
  for (const part of [
    '# What the survey scores of Northwind Outdoor mean',
    'Question: How likely are you to recommend Northwind Outdoor to a friend or colleague?',
    'Scale: 0 to 10 (0–6 detractors, 7–8 passives, 9–10 promoters).',
    'Each customer is asked at most once in 90 days',
    'Whoever has not answered is reminded once, after 5 days.',
    'Customers are asked 8 hours of business time after their request was solved.',
    '50% of the customers are asked',
    'Nobody is asked more often than once in 30 days',
    'No benchmark is set in the policy',
    'Made from the settings in force on 28 November 2026.',
  ])
    expect(text).toContain(part);
});

test('it says after which requests each survey is asked, and that conditions limit it', () => {
  const named = (id: string, survey?: 'csat' | 'ces' | 'none') => ({ id, name: id.toUpperCase(), tier: 't1', survey });
  const conditions = { all: [], any: [], none: [{ field: 'tags', operator: 'includes_any', value: ['vip'] }] } as never;
  const policy = {
    ...aPolicy({ csat, ces: { delay: '2h', sample: '100%', expires: '14d', conditions } }),
    default_survey: 'csat',
    categories: [named('bug'), named('order'), named('refunds', 'ces'), named('spam', 'none')],
  } as unknown as Parameters<typeof explainSurveys>[0];
  const sections = explainSurveys(policy, 'en', NOW).sections.map(({ items }) => items.join('\n'));
  const [ofCsat, ofCes] = [
    sections.find((text) => text.includes('4 and 5'))!,
    sections.find((text) => text.includes('6 and 7'))!,
  ];
  expect(ofCsat).toContain(
    '8 hours of business time after their request was solved.\nOnly after requests about: BUG and ORDER.',
  );
  expect(ofCsat).not.toContain('conditions');
  expect(ofCes).toContain(
    'Only after requests about: REFUNDS.\nOf these customers, only those who meet the conditions',
  );
  const most = { ...policy, categories: [...policy.categories, { ...policy.categories[0]!, id: 'x', name: 'X' }] };
  expect(writeExplanation(explainSurveys(most, 'de', NOW), 'md')).toContain(
    'Nach allen Anfragen außer denen zu: REFUNDS und SPAM.',
  );
  const never = { ...policy, default_survey: 'none' } as typeof policy;
  expect(explainSurveys(never, 'en', NOW).sections[0]?.items).toContain('No kind of request is followed by it now.');
  const always = { ...policy, categories: policy.categories.slice(0, 2) };
  expect(writeExplanation(explainSurveys(always, 'en', NOW), 'md')).not.toContain('requests about');
});

test.each(COMPANY_LANGUAGES)('in %s, what takes no time is not told as 0 minutes', (language) => {
  const policy = aPolicy({ contact_at_most_every: '0m', csat: { ...csat, delay: '0m' } });
  expect(writeExplanation(explainSurveys(policy, language, NOW), 'md')).not.toMatch(/[^0-9]0 /);
});

test('it changes with the policy: kinds, wording, brand and benchmarks with their source', () => {
  const policy = aPolicy({
    ces: undefined,
    page: { brand: 'Northwind', ask_to_contact: true, texts: { en: { csat: { question: 'Happy with {company}?' } } } },
  });
  const benchmark = { text: 'Retail reaches 75 to 85 %', source: 'Benchmark 2025, page 14' };
  const goal = { id: 'g', name: 'G', figure: 'csat', target: '80%', every: 'month', owner: 'ana', benchmark } as const;
  const ofNps = { text: 'Online shops reach 40', source: 'NPS benchmark 2025' };
  const surveys = { ...policy.surveys, nps: { ...nps, benchmark: ofNps } };
  const text = writeExplanation(explainSurveys({ ...policy, surveys, goals: [goal] }, 'en', NOW), 'md');
  expect(text).toContain('Question: Happy with Northwind?');
  expect(text).not.toContain('CES:');
  expect(text).toContain('- Retail reaches 75 to 85 % (Benchmark 2025, page 14)');
  expect(text).toContain('- Online shops reach 40 (NPS benchmark 2025)');
});

test.each(COMPANY_LANGUAGES)('in %s, what others wrote is text in both formats', (language) => {
  const policy = { ...aPolicy({ nps }), company: '<b>*Shop*' };
  const explanation = explainSurveys(policy, language, NOW);
  expect(writeExplanation(explanation, 'html')).toContain('&lt;b&gt;*Shop*');
  expect(writeExplanation(explanation, 'html')).not.toContain('<b>');
  expect(writeExplanation(explanation, 'md')).toContain(String.raw`\<b\>\*Shop\*`);
});
