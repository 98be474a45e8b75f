import { compileText, findTextMistake } from './fill-text.ts';

test('fills in names, plurals by the rules of the language, and numbers as the language writes them', () => {
  const arabic = compileText('{length, plural, two {حرفان} few {# أحرف} other {# حرفًا}}', 'ar-u-nu-latn');
  expect([arabic({ length: 2 }), arabic({ length: 3 }), arabic({ length: 2_001 })]).toEqual([
    'حرفان',
    '3 أحرف',
    '2,001 حرفًا',
  ]);
  expect(compileText('Bis zu {limit} Zeichen', 'de', ['limit'])({ limit: 2_000 })).toBe('Bis zu 2.000 Zeichen');
});

test('apostrophes and angle brackets are ordinary characters', () => {
  expect(compileText("L'équipe d'{company} <3 it''s", 'fr')({ company: 'Acme' })).toBe("L'équipe d'Acme <3 it''s");
});

test.each([
  ['{company', 'has braces that do not fit together (expect argument closing brace); write {name} or ICU plurals'],
  ['{firm} asks', 'names {firm}, which is not filled in here; it may hold {company}'],
  [
    '{company, plural, one {a}}',
    'has braces that do not fit together (missing other clause); write {name} or ICU plurals',
  ],
  ['{company, select, x {} other {{hidden}}}', 'names {hidden}, which is not filled in here; it may hold {company}'],
])('%s is refused', (text, mistake) => {
  expect(findTextMistake(text, ['company'])).toBe(mistake);
});

test('a text without a mistake has none', () => {
  expect(findTextMistake('{company} asks', ['company'])).toBeNull();
  expect(findTextMistake('{company} asks', [])).toBe('names {company}, which is not filled in here; nothing is');
});
