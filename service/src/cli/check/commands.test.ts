// Checks the comparison of a policy with a local Zendesk, over HTTP.
import { type LocalZendesk, startLocalZendesk } from '@deskwright/local-zendesk';
import { loadPolicy, type Policy } from '@deskwright/shared';
import { examplePolicyText } from '../../../testing/pipeline-deps.ts';
import { readMore } from './commands.ts';

let zendesk: LocalZendesk;
beforeAll(async () => {
  zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, trickle: { start: 'off' } });
});
afterAll(() => zendesk.stop());

function example(): Policy {
  const loaded = loadPolicy(examplePolicyText(), 'policy.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.policy;
}

const findings = async (policy = example()) => {
  const env = {
    ZENDESK_BASE_URL: zendesk.url,
    ZENDESK_OAUTH_CLIENT_ID: 'deskwright',
    ZENDESK_OAUTH_CLIENT_SECRET: 'deskwright',
    DESKWRIGHT_DATA_DIR: '/nonexistent',
  };
  const { more = [] } = (await readMore(env, { readsAccount: true }))(policy);
  return more.map(({ code, message }) => `${code}: ${message}`);
};

test('tells of a trigger that writes what the policy decides, and of a group that nobody is in any more', async () => {
  const before = await findings();
  const { account } = zendesk;
  const by = { id: account.ownerId };
  const group = account.groups.create({ name: 'Support Tier 9' }, by);
  expect(group.ok).toBe(true);
  const made = account.triggers.create(
    {
      title: 'Raises all',
      conditions: { all: [{ field: 'status', operator: 'is', value: 'new' }] },
      actions: [{ field: 'priority', value: 'high' }],
    },
    by,
  );
  expect(made.ok).toBe(true);
  const [first, ...others] = example().tiers;
  const tiers = [{ ...first!, group: 'Support Tier 9' }, ...others];
  const after = await findings({ ...example(), tiers });
  expect(after.filter((each) => !before.includes(each))).toEqual([
    expect.stringMatching(/^group-empty: nobody is in the group "Support Tier 9"/),
    expect.stringMatching(/^zendesk-writes-too: the Zendesk trigger "Raises all" \(\d+\) sets the priority/),
  ]);
});
