import { POLICY_TEXT, policyTextWith } from '../../testing/policy-text.ts';
import { saidOf } from '../../testing/said-of.ts';
import { loadPolicy } from './load-policy.ts';

describe('several mistakes', () => {
  it('are all reported at once, in the order of the file', () => {
    const text = policyTextWith({ replace: 'tier: t2 }', by: 'tier: t7 }' })
      .replace('America', 'Amerika')
      .replace('default_category: other', 'default_category: none')
      .replace('operator: less_than', 'operator: below')
      .replace('sample: 100%', 'sample: all');
    const result = loadPolicy(text, 'policy.yaml');
    expect(result.ok ? [] : result.problems.map(({ line, path }) => [line, path])).toEqual([
      [3, 'time_zone'],
      [12, 'categories[1].tier'],
      [14, 'default_category'],
      [20, 'triggers[0].conditions.all[0].operator'],
      [28, 'surveys.csat.sample'],
    ]);
  });

  it('about one value are reported once', () => {
    expect(saidOf(policyTextWith({ replace: 'id: bug', by: 'id: ""' }))).toHaveLength(1);
  });

  it('below a duplicate key refer to the last one, which counts', () => {
    const said = saidOf(`${POLICY_TEXT}default_category: nothing\n`);
    expect(said).toEqual([
      expect.stringMatching(/^line 31, column 1: .*defined twice/),
      expect.stringMatching(/^line 31, column 19: category "nothing"/),
    ]);
  });
});
