import { loadPolicy } from '@deskwright/shared';
import { policyTextWith, policyTextWithConditions, SIDEBAR_POLICY_TEXT } from '../../../shared/testing/policy-text.ts';
import { type AccountNames, findUnknownNames } from './find-unknown-names.ts';
import { formatUnknownName } from './format-policy.ts';

const ACCOUNT = {
  groups: ['Support Tier 1', 'Support Tier 2', 'Warehouse', 'Finance'],
  agentEmails: ['Lead@northwind.test', 'trainee@northwind.test', 'lena@northwind.test'],
  brands: ['Northwind', 'Northwind Kids'],
};

function told(text: string, account: AccountNames = ACCOUNT): string[] {
  const loaded = loadPolicy(text, 'policy.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return findUnknownNames(loaded.policy, account, loaded.places).map(formatUnknownName);
}

test('a policy whose names all exist has no findings; addresses are compared without case', () => {
  expect(told(SIDEBAR_POLICY_TEXT)).toEqual([]);
});

test.each([
  [
    { replace: 'group: Support Tier 2', by: 'group: Suport Tier 2' },
    'policy.yaml line 9, tier t2: Zendesk has no group "Suport Tier 2". Did you mean "Support Tier 2"? Until then its tickets are tagged but not moved',
  ],
  [
    { replace: 'group: Support Tier 2', by: 'group: support tier 2' },
    'policy.yaml line 9, tier t2: Zendesk has no group "support tier 2". Did you mean "Support Tier 2"? Until then its tickets are tagged but not moved',
  ],
  [
    { replace: 'group: Finance', by: 'group: Legal counsel' },
    'policy.yaml line 52, department finance: Zendesk has no group "Legal counsel". Until then no ticket can be handed to it',
  ],
  [
    { replace: '[trainee@northwind.test]', by: '[trainee@northwind.test, trainees@northwind.test]' },
    'policy.yaml line 58, limit 2 of refunds: no agent in Zendesk has the address "trainees@northwind.test". Did you mean "trainee@northwind.test"? Until then the limit applies to nobody',
  ],
  [
    { replace: '[lead@northwind.test]', by: '[leed@northwind.test]' },
    'policy.yaml line 59, approve_above_limit: no agent in Zendesk has the address "leed@northwind.test". Did you mean "Lead@northwind.test"? Until then agents are told to ask a person who does not exist',
  ],
])('%j is reported with its key and effect', (change, expected) => {
  expect(told(policyTextWith(change, SIDEBAR_POLICY_TEXT))).toEqual([expected]);
});

test('conditions on a whole name are checked, however deeply nested; those on a part of a name are not', () => {
  const text = policyTextWithConditions(
    '{ all: [{ field: group, operator: is, value: finance }, { any: [{ field: group, operator: is, value: Finanz }, { field: assignee, operator: is_not, value: lenna@northwind.test }] }, { field: group, operator: includes_any, value: [Tier] }] }',
  );
  expect(told(text)).toEqual([
    'policy.yaml line 18, trigger refund-wording: Zendesk has no group "Finanz". Did you mean "Finance"? Until then the condition never holds',
    'policy.yaml line 18, trigger refund-wording: no agent in Zendesk has the address "lenna@northwind.test". Did you mean "lena@northwind.test"? Until then the condition always holds',
  ]);
});

test('groups of follow-ups, and of conditions on who is asked, are checked', () => {
  const asked = 'conditions: { none: [{ field: group, operator: is, value: Finanz }] }';
  const surveys = `csat: { delay: 24h, expires: 14d, ${asked}, follow_up: { action: reopen, group: Warehuose } }
  nps: { expires: 14d, follow_up: { group: Warehouse } }
  follow_ups: { recorded_by: { agents: [leed@northwind.test] } }`;
  const change = { replace: 'csat: { delay: 24h, sample: 100%, expires: 14d }', by: surveys };
  expect(told(policyTextWith(change, SIDEBAR_POLICY_TEXT))).toEqual([
    'policy.yaml line 28, conditions of csat: Zendesk has no group "Finanz". Did you mean "Finance"? Until then the condition never holds',
    'policy.yaml line 28, follow_up of csat: Zendesk has no group "Warehuose". Did you mean "Warehouse"? Until then bad answers get no follow-up',
    'policy.yaml line 30, recorded_by of follow-ups: no agent in Zendesk has the address "leed@northwind.test". Did you mean "Lead@northwind.test"? Until then nobody with that address records outcomes',
  ]);
});

test('brands of surveys are checked where the account’s are known', () => {
  const by =
    'brands: [{ brand: Northwind }, { brand: Northwind Kid }]\n  csat: { delay: 24h, sample: 100%, expires: 14d }';
  const text = policyTextWith({ replace: 'csat: { delay: 24h, sample: 100%, expires: 14d }', by }, SIDEBAR_POLICY_TEXT);
  expect(told(text)).toEqual([
    'policy.yaml line 28, brands of surveys: Zendesk has no brand "Northwind Kid". Did you mean "Northwind Kids"? Until then nobody is asked under it',
  ]);
  expect(told(text, { ...ACCOUNT, brands: null })).toEqual([]);
});

test('an address is compared by the part before the @, so that not every colleague is suggested', () => {
  const change = { replace: '[lead@northwind.test]', by: '[head-of-shop@northwind.test, lead@nortwind.test]' };
  expect(told(policyTextWith(change, SIDEBAR_POLICY_TEXT))).toEqual([
    expect.stringMatching(/"head-of-shop@northwind.test"\. Until/),
    expect.stringMatching(/"lead@nortwind.test"\. Did you mean "Lead@northwind.test"\?/),
  ]);
});

test('an account without visible groups is reported too', () => {
  expect(told(SIDEBAR_POLICY_TEXT, { ...ACCOUNT, groups: [] })).toHaveLength(4);
});
