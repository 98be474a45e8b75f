import { POLICY_TEXT, policyTextWith } from '../../testing/policy-text.ts';
import { saidOf } from '../../testing/said-of.ts';
import { replaceTabs } from './replace-tabs.ts';

describe('explains text that is not YAML in plain words', () => {
  test.each([
    ['a tab', 'version: 1\n\tcompany: x', /^line 2, column 1: a tab is used to indent/],
    ['a quote that is not closed', 'company: "x', /^line 1, column 12: a quote is opened and never closed$/],
    [
      'two documents',
      'version: 1\n---\nversion: 1',
      /^line 2, column 1: a line of three dashes starts a second document/,
    ],
    ['a tag of YAML', 'company: !!js/function x', /^line 1, column 10: a word that begins with ! is a YAML tag/],
    ['a word with a star', 'company: *bold', /^line 1, column 10: \*bold stands for a part of the file/],
    ['an empty file', '', /^line 1, column 1: the file is empty$/],
    ['only comments', '# nothing\n', /^line 1, column 1: the file is empty$/],
    ['another kind of file', '[1, 2]', /a policy begins with keys/],
    ['a block that contains itself', 'tiers: &a [*a]', /is part of the value it repeats/],
    ['brackets without end', `a: ${'['.repeat(20_000)}`, /too deep inside one another/],
    ['as many brackets as a file may hold', '{'.repeat(1_999_990), /line 1: .*too deep inside one another/],
    ['brackets that are not closed, one in the other', `\n${'{a: ['.repeat(300_000)}`, /line 2: .*too deep/],
    ['lists that begin on one line', '- '.repeat(999_990), /line 1: .*too deep inside one another/],
    ['keys that begin on one line', '? '.repeat(999_990), /too deep inside one another/],
    ['more values than any policy has', `[${'[],'.repeat(600_000)}]`, /the file has more words and entries up to here/],
    ['a file that is far too large', '#'.repeat(2_000_001), /larger than 2 MB/],
  ])('%s', (_, text, expected) => {
    expect(saidOf(text)).toContainEqual(expect.stringMatching(expected));
  });

  it('refuses a small file that would expand to a huge one', () => {
    const levels = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(10)}]`);
    expect(saidOf(['l0: &l0 [x,x]', ...levels].join('\n'))).toEqual([expect.stringMatching(/repeated too often/)]);
  });

  describe('reports a tab once, without the errors that follow from it', () => {
    const tab = (line: number, column = 1) =>
      `line ${line}, column ${column}: a tab is used to indent; YAML allows only spaces`;

    test.each([
      ['before an entry of a list', '  - { id: t1,', '\t- { id: t1,', tab(8)],
      ['before a key with siblings', '    title: Asks', '\ttitle: Asks', tab(17)],
      ['after spaces', '    title: Asks', '  \ttitle: Asks', tab(17, 3)],
      ['before a key that holds a list', '      any:', '\tany:', tab(21)],
      ['before the last key of a block', '    actions:', '\tactions:', tab(24)],
      ['two of them', '  weekdays:', '\t\tweekdays:', tab(5)],
    ])('%s', (_, replace, by, expected) => {
      expect(saidOf(policyTextWith({ replace, by }))).toEqual([expected]);
    });

    it('still reports another mistake on its line or below, in its place', () => {
      const without = policyTextWith({ replace: 'name: Bug, tier: t2 }', by: 'name: Bug, "tier: t2 }' });
      const other = saidOf(without);
      const withTab = policyTextWith({ replace: '  weekdays: { mon', by: '\t\tweekdays: { mon' }, without);
      expect(other).not.toEqual([]);
      expect(saidOf(withTab)).toEqual([tab(5), ...other].slice(0, 3));

      expect(saidOf(policyTextWith({ replace: '  - { id: bug, name: Bug', by: '\t- { id: bug, name: *Bug' }))).toEqual([
        tab(12),
        expect.stringMatching(/^line 12, column 21: \*Bug stands for a part of the file/),
      ]);
    });

    it('limits the reports for a file indented with tabs', () => {
      const text = POLICY_TEXT.replace(/^ +/gm, (spaces) => '\t'.repeat(Math.ceil(spaces.length / 2)));
      expect(saidOf(text)).toEqual([tab(5), tab(6), tab(8)]);
    });

    it("reports only the parser's errors for a file too large to read again", () => {
      const categories = Array.from({ length: 3_000 }, (_, n) => `  - { id: c${n}, name: Category ${n}, tier: t1 }\n`);
      const large = policyTextWith({ replace: 'default_category', by: `${categories.join('')}default_category` });
      const tabbed = policyTextWith({ replace: '    title: Asks', by: '\ttitle: Asks' }, large).replaceAll(
        '  - { id: c',
        '\t- { id: c',
      );
      expect(saidOf(tabbed)[0]).toBe(tab(14));
      expect(replaceTabs(tabbed, 3)).toMatchObject({ text: tabbed, tabs: [] });
      expect(replaceTabs(tabbed.slice(0, 1_000), 3).tabs).not.toEqual([]);
    });

    it('accepts a tab inside text of several lines', () => {
      expect(saidOf(`tone_of_voice: |\n  a\n  \tb\ncompany: "x`)).toEqual([
        expect.stringMatching(/a quote is opened and never closed/),
      ]);
    });
  });

  it('limits the reports that follow from one mistake in the brackets, on their lines', () => {
    const said = saidOf(policyTextWith({ replace: 'escalates_to: t2 }\n', by: 'escalates_to: $' }));
    expect(said).toHaveLength(3);
    expect(said[0]).toMatch(/^line 8, column 66: a list or block of lines begins inside brackets; is a closing/);
    expect(said[2]).toMatch(/^line 10, column 3: /);
  });
});
