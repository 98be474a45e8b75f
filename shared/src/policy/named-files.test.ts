import { policyTextWith } from '../../testing/policy-text.ts';
import { namedFiles } from './named-files.ts';

const namedGuidance = (text: string) => namedFiles(text).guidance;

const text = policyTextWith({ replace: 'name: Bug, tier: t2', by: 'name: Bug, tier: t2, guidance: guidance/bug.md' });

const BUG = {
  categoryId: 'bug',
  categoryName: 'Bug',
  file: 'guidance/bug.md',
  place: { line: 12, column: 47, path: 'categories[1].guidance' },
};

it('returns each file with its category and place', () => {
  expect(namedGuidance(text)).toEqual([BUG]);
});

it('returns them for an invalid policy too', () => {
  expect(namedGuidance(text.replace('default_category: other', 'default_category: othr'))).toEqual([BUG]);
});

it('leaves out invalid file names, and never throws', () => {
  expect(namedGuidance(text.replace('guidance/bug.md', '../bug.md'))).toEqual([]);
  expect(namedGuidance('categories: [{ guidance: a.md }, 7, { id: a, guidance: [b.md] }]')).toEqual([]);
  expect(namedGuidance('a: [')).toEqual([]);
  expect(namedGuidance('')).toEqual([]);
});
