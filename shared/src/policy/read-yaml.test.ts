import { POLICY_TEXT, policyTextWith } from '../../testing/policy-text.ts';
import { saidOf } from '../../testing/said-of.ts';

describe('explains text that is not YAML in plain words', () => {
  test.each([
    ['a tab', 'version: 1\n\tcompany: x', /^line 2, column 1: a tab is used to indent/],
    [
      'a quote that is not closed',
      'company: "x',
      /^line 1, column 10: the " opened on line 1, column 10 is never closed; write " where it ends$/,
    ],
    [
      'two documents',
      'version: 1\n---\nversion: 1',
      /^line 2, column 1: a line of three dashes starts a second document/,
    ],
    ['a tag of YAML', 'company: !!js/function x', /^line 1, column 10: a word that begins with ! is a YAML tag/],
    ['a word with a star', 'company: *bold', /^line 1, column 10: \*bold is an alias for &bold/],
    ['an empty file', '', /^line 1, column 1: the file is empty$/],
    ['only comments', '# nothing\n', /^line 1, column 1: the file is empty$/],
    ['another kind of file', '[1, 2]', /the file must contain keys/],
    ['a block that contains itself', 'tiers: &a [*a]', /inside the value it repeats/],
    ['brackets without end', `a: ${'['.repeat(20_000)}`, /too deep inside one another/],
    ['as many brackets as a file may hold', '{'.repeat(1_999_990), /line 1: .*too deep inside one another/],
    ['brackets that are not closed, one in the other', `\n${'{a: ['.repeat(300_000)}`, /line 2: .*too deep/],
    ['lists that begin on one line', '- '.repeat(999_990), /line 1: .*too deep inside one another/],
    ['keys that begin on one line', '? '.repeat(999_990), /too deep inside one another/],
    ['more values than any policy has', `[${'[],'.repeat(600_000)}]`, /the file has more entries up to here/],
    ['a file that is far too large', '#'.repeat(2_000_001), /larger than 2 MB/],
  ])('%s', (_, text, expected) => {
    expect(saidOf(text)).toContainEqual(expect.stringMatching(expected));
  });

  it('refuses a small file that would expand to a huge one', () => {
    const levels = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(10)}]`);
    expect(saidOf(['l0: &l0 [x,x]', ...levels].join('\n'))).toEqual([expect.stringMatching(/used too often/)]);
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

    it('still reports another mistake on a line below', () => {
      const text = policyTextWith({ replace: '  weekdays: { mon', by: '\t\tweekdays: { mon' });
      expect(saidOf(policyTextWith({ replace: 'name: Bug, tier: t2 }', by: 'name: Bug, "tier: t2 }' }, text))).toEqual([
        tab(5),
        expect.stringMatching(/^line 12, column 27: the " opened on line 12, column 27 is never closed/),
      ]);
    });

    it('limits the reports for a file indented with tabs', () => {
      const text = POLICY_TEXT.replace(/^ +/gm, (spaces) => '\t'.repeat(Math.ceil(spaces.length / 2)));
      expect(saidOf(text)).toEqual([tab(5), tab(6), tab(8)]);
    });

    it('accepts a tab inside text of several lines', () => {
      expect(saidOf(`tone_of_voice: |\n  a\n  \tb\ncompany: "x`)).toEqual([
        expect.stringMatching(/^line 4, column 10: the " opened on line 4, column 10 is never closed/),
      ]);
    });
  });

  it('reports a brace that is not closed once, at its line', () => {
    expect(saidOf(policyTextWith({ replace: 'escalates_to: t2 }\n', by: 'escalates_to: $\n' }))).toEqual([
      'line 8, column 5: the { opened on line 8, column 5 is never closed; write } where it ends',
    ]);
  });
});
