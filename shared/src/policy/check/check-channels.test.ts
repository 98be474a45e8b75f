import { POLICY_TEXT, policyTextWithConditions, SIDEBAR_POLICY_TEXT } from '../../../testing/policy-text.ts';
import { loadPolicy } from '../load-policy.ts';

function warningsOf(text: string) {
  const loaded = loadPolicy(text, 'policy.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.warnings.map(({ message, didYouMean }) => `${message}${didYouMean ? ` (${didYouMean})` : ''}`);
}

const asking = (condition: string) => policyTextWithConditions(`{ all: [{ ${condition} }] }`);

describe('a condition on the channel', () => {
  test.each([
    'field: via, operator: is, value: email',
    'field: channel, operator: is, value: Web',
    'field: channel, operator: is_not, value: native_messaging',
    'field: via, operator: includes_any, value: [email, api, sms]',
    'field: via, operator: includes_any, value: [messaging, "native messaging", tele*]',
    'field: via, operator: matches, value: "^sunshine"',
    'field: via, operator: absent',
    'field: subject, operator: is, value: mail',
  ])('gets no warning for a known channel: %s', (condition) => {
    expect(warningsOf(asking(condition))).toEqual([]);
  });

  test.each([
    ['field: via, operator: is, value: mail', 'email'],
    ['field: channel, operator: is, value: web_form', 'web'],
    ['field: via, operator: is_not, value: web_service', 'api'],
    ['field: via, operator: is, value: "4"', 'email'],
    ['field: via, operator: includes_any, value: [email, phone_call_inbound]', 'voice'],
    ['field: via, operator: includes_none, value: [helpcenter]', 'help_center'],
  ])("gets the right word for another of Zendesk's: %s", (condition, channel) => {
    expect(warningsOf(asking(condition))).toEqual([
      expect.stringMatching(new RegExp(`^no ticket has the channel .* is read as "${channel}" \\(${channel}\\)$`)),
    ]);
  });

  test('gets a warning for a word that Zendesk does not document', () => {
    expect(warningsOf(asking('field: via, operator: is, value: carrier_pigeon'))).toEqual([
      expect.stringContaining('Zendesk documents no channel "carrier_pigeon"'),
    ]);
    expect(warningsOf(asking('field: via, operator: is, value: e-mail'))).toEqual([expect.stringContaining('(email)')]);
  });

  test('is checked in a nested group, an escalation criterion and a target too', () => {
    const nested = policyTextWithConditions(
      '{ any: [{ all: [{ field: via, operator: is, value: mail }, { field: subject, operator: present }] }] }',
    );
    expect(warningsOf(nested)).toHaveLength(1);
    expect(warningsOf(SIDEBAR_POLICY_TEXT.replace('{ channel: email,', '{ channel: mail,'))).toHaveLength(1);
    const criterion = SIDEBAR_POLICY_TEXT.replace(
      'field: text, operator: includes_any, value: [lawyer]',
      'field: via, operator: includes_any, value: [mail]',
    );
    expect(warningsOf(criterion)).toHaveLength(1);
    expect(warningsOf(POLICY_TEXT)).toEqual([]);
  });
});
