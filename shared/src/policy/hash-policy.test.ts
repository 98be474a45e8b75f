import { POLICY_TEXT, policyTextWith } from '../../testing/policy-text.ts';
import { loadPolicy } from './load-policy.ts';

describe('the hash', () => {
  const hashOf = (text: string) => {
    const result = loadPolicy(text, 'policy.yaml');
    return result.ok ? result.hash : 'refused';
  };

  it('is the same when only comments, layout, key order or written-out defaults change', () => {
    const { replace, by } = {
      replace: 'version: 1\ncompany: Northwind Outdoor\n',
      by: '# hello\ncompany: "Northwind Outdoor"\nversion: 1\ndefault_survey: csat\n',
    };
    expect(hashOf(policyTextWith({ replace, by }))).toBe(hashOf(POLICY_TEXT));
    expect(hashOf(POLICY_TEXT)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('changes with the content of the policy', () => {
    expect(hashOf(policyTextWith({ replace: '24h', by: '25h' }))).not.toBe(hashOf(POLICY_TEXT));
  });
});
