import { type Harness, startHarness } from '../../../testing/start-harness.ts';
import { readPolicyFile } from '../../policy/read-policy-file.ts';
import { openAccount } from '../open-account.ts';
import { runDoctor } from './run-doctor.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ zendesk: { backlog: 20, trickle: { start: 'off' } } });
});
afterAll(() => harness.stop());

async function doctor(env: NodeJS.ProcessEnv = {}, now = new Date()) {
  const { db } = harness.database;
  const read = await readPolicyFile(harness.policyPath);
  if (read.outcome !== 'loaded') throw new Error(read.outcome);
  const account = await openAccount(db, {
    ZENDESK_BASE_URL: harness.zendesk.url,
    ZENDESK_OAUTH_CLIENT_ID: 'deskwright',
    ZENDESK_OAUTH_CLIENT_SECRET: 'deskwright',
    PUBLIC_URL: harness.serviceUrl,
    SMTP_URL: harness.zendesk.smtpUrl,
    ...env,
  });
  const lines: string[] = [];
  const options = { ...account, db, policy: read.loaded.policy, fetch, now: () => now, json: true };
  const code = await runDoctor({ ...options, out: (line) => lines.push(line) });
  const { checks } = JSON.parse(lines.join('')) as { checks: { name: string; verdict: string; message: string }[] };
  const verdicts = Object.fromEntries(checks.map(({ name, verdict }) => [name, verdict]));
  return { code, verdicts, message: (name: string) => checks.find((each) => each.name === name)?.message };
}

test('an installation that works: each step has its verdict, the webhook is tried with a real round trip', async () => {
  const { code, verdicts, message } = await doctor();

  expect(verdicts).toEqual({
    login: 'ok',
    token: 'ok',
    scopes: 'ok',
    'rate limit': 'ok',
    clock: 'ok',
    app: 'warning',
    database: 'ok',
    queue: 'ok',
    service: 'ok',
    webhook: 'ok',
    mail: 'ok',
    'tickets in no view': 'ok',
    groups: 'ok',
    drift: 'ok',
  });
  expect(message('webhook')).toMatch(/^Zendesk sent a test event to .* and the service took it \(20\d\)/);
  expect(code).toBe(0);
});

test('each thing that is broken is found', async () => {
  const { account } = harness.zendesk;
  const by = { id: account.ownerId };
  for (const view of account.views.list())
    account.views.update(view.id, { all: [{ field: 'status', operator: 'is', value: 'pending' }] }, by);
  const group = account.groups.list().find(({ name }) => name === 'Engineering Support')!;
  for (const { id } of account.groups.memberships({ group_id: group.id })) account.groups.removeMember(id, by);
  await harness.stopService();

  const { code, verdicts, message } = await doctor(
    { ZENDESK_APP_ID: '4711', SMTP_URL: 'smtp://127.0.0.1:1' },
    new Date(Date.now() + 3_600_000),
  );

  expect(verdicts).toMatchObject({
    clock: 'failed',
    app: 'failed',
    service: 'failed',
    webhook: 'failed',
    mail: 'failed',
    'tickets in no view': 'warning',
    groups: 'warning',
  });
  expect(message('groups')).toContain('"Engineering Support"');
  expect(code).toBe(1);
  expect((await doctor({ ZENDESK_WEBHOOK_SECRET: 'another' })).message('webhook')).toContain(
    'is not the webhook’s secret',
  );
  await harness.startService();
});

test('an API token is told with the days that are left; a wrong login fails and the rest is still checked', async () => {
  const { users, oauth, ownerId } = harness.zendesk.account;
  oauth.addApiToken('old');
  const token = {
    ZENDESK_EMAIL: users.find(ownerId)?.email ?? '',
    ZENDESK_API_TOKEN: 'old',
    ZENDESK_OAUTH_CLIENT_ID: '',
  };

  const { verdicts, message } = await doctor(token, new Date('2027-04-20T00:00:00Z'));
  expect([verdicts['login'], verdicts['token'], message('token')]).toEqual([
    'ok',
    'warning',
    'API token: Zendesk stops accepting it on 2027-04-30, in 10 days.',
  ]);

  const wrong = await doctor({ ZENDESK_OAUTH_CLIENT_SECRET: 'wrong' });
  expect(wrong.verdicts).toMatchObject({ login: 'failed', database: 'ok' });
  expect(wrong.code).toBe(1);
});
