import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { examplePolicyText } from '../../../testing/pipeline-deps.ts';
import { type Harness, startHarness } from '../../../testing/start-harness.ts';
import { readPolicyFile } from '../../policy/read-policy-file.ts';
import { openAccount } from '../open-account.ts';
import { openOperatorDatabase } from '../operator-database.ts';
import { type Check, ok, runChecks } from './check.ts';
import { depsOf, tryToOpen } from './parts.ts';
import { runDoctor } from './run-doctor.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ zendesk: { backlog: 20, trickle: { start: 'off' } } });
});
afterAll(() => harness.stop());

interface Faults {
  env?: NodeJS.ProcessEnv;
  now?: Date;
  /** In place of the example policy. */
  policy?: string;
  databaseUrl?: string;
}

async function doctor({ env = {}, now = new Date(), policy, databaseUrl = harness.database.url }: Faults = {}) {
  const policyPath = policy === undefined ? harness.policyPath : join(dirname(harness.policyPath), 'faulty.yaml');
  if (policy !== undefined) writeFileSync(policyPath, policy);
  const settings = {
    DATABASE_URL: databaseUrl,
    ZENDESK_BASE_URL: harness.zendesk.url,
    ZENDESK_OAUTH_CLIENT_ID: 'deskwright',
    ZENDESK_OAUTH_CLIENT_SECRET: 'deskwright',
    PUBLIC_URL: harness.serviceUrl,
    SMTP_URL: harness.zendesk.smtpUrl,
    ...env,
  };
  const database = await tryToOpen(() => openOperatorDatabase(settings, { migrates: false }));
  const lines: string[] = [];
  const code = await runDoctor({
    database,
    account: await tryToOpen(() => openAccount(database.ok ? database.value.db : null, settings)),
    policyPath,
    policyFile: await readPolicyFile(policyPath, { runsTests: false }),
    fetch,
    now: () => now,
    json: true,
    // A busy machine may take longer than the command waits.
    limitMs: 120_000,
    out: (line) => lines.push(line),
  });
  if (database.ok) await database.value.close();
  const { checks } = JSON.parse(lines.join('')) as { checks: { name: string; verdict: string; message: string }[] };
  const verdicts = Object.fromEntries(checks.map(({ name, verdict }) => [name, verdict]));
  return { code, verdicts, message: (name: string) => checks.find((each) => each.name === name)?.message };
}

test('an installation that works: each step has its verdict, the webhook is tried with a real round trip', async () => {
  const { code, verdicts, message } = await doctor();

  expect(verdicts).toEqual({
    configuration: 'ok',
    policy: 'ok',
    database: 'ok',
    login: 'ok',
    token: 'ok',
    scopes: 'ok',
    'rate limit': 'ok',
    clock: 'ok',
    app: 'warning',
    queue: 'ok',
    writes: 'ok',
    service: 'ok',
    webhook: 'ok',
    mail: 'ok',
    views: 'ok',
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

  const { code, verdicts, message } = await doctor({
    env: { ZENDESK_APP_ID: '4711', SMTP_URL: 'smtp://127.0.0.1:1' },
    now: new Date(Date.now() + 3_600_000),
    policy: examplePolicyText()
      .replaceAll('Tier 1 queue', 'No such view')
      .replace(/group: Support Tier 2/g, 'group: No such group')
      .replace('csat: { delay: 24h,', 'csat: { follow_up: { group: Nor this }, delay: 24h,'),
  });

  expect(verdicts).toMatchObject({
    clock: 'failed',
    app: 'failed',
    service: 'failed',
    webhook: 'failed',
    mail: 'failed',
    views: 'warning',
    'tickets in no view': 'warning',
    groups: 'warning',
  });
  expect(message('groups')).toMatch(
    /no group "No such group".*no group "Nor this".*Nobody is in the group "Engineering Support"/,
  );
  expect(message('views')).toContain('No such view');
  expect(code).toBe(1);
  expect((await doctor({ env: { ZENDESK_WEBHOOK_SECRET: 'another' } })).message('webhook')).toContain(
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

  const { verdicts, message } = await doctor({ env: token, now: new Date('2027-04-20T00:00:00Z') });
  expect([verdicts['login'], verdicts['token'], message('token')]).toEqual([
    'ok',
    'warning',
    'API token: Zendesk stops accepting it on 2027-04-30, in 10 days.',
  ]);

  const wrong = await doctor({ env: { ZENDESK_OAUTH_CLIENT_SECRET: 'wrong' } });
  expect(wrong.verdicts).toMatchObject({ login: 'failed', token: 'skipped', database: 'ok' });
  expect(wrong.message('token')).toBe('Not known, since the login failed.');
  expect(wrong.code).toBe(1);
});

test.each<[string, () => Faults, Record<string, string>, [string, RegExp]]>([
  [
    'the database',
    () => ({ databaseUrl: 'postgresql://deskwright@127.0.0.1:1/none' }),
    { database: 'failed', queue: 'skipped', drift: 'skipped', login: 'ok', policy: 'ok', views: 'ok' },
    ['database', /127\.0\.0\.1:1/],
  ],
  [
    'a setting',
    () => ({ env: { LOG_LEVEL: 'loud', PORT: 'x' } }),
    { configuration: 'failed', login: 'skipped', webhook: 'skipped', database: 'ok', queue: 'ok' },
    ['configuration', /PORT is "x"[^]*LOG_LEVEL is "loud"/],
  ],
  [
    'a test of the policy',
    () => ({ policy: examplePolicyText().replace('expect: { category: refunds,', 'expect: { category: delivery,') }),
    { policy: 'failed', views: 'ok', login: 'ok' },
    ['policy', /test "money back goes to tier 1/],
  ],
  [
    'the policy',
    () => ({ policy: 'version: 1\n' }),
    { policy: 'failed', groups: 'skipped', login: 'ok', database: 'ok' },
    ['policy', /has mistakes/],
  ],
])('%s that is broken stops no other check', async (_, faults, expected, [name, words]) => {
  const { code, verdicts, message } = await doctor(faults());

  expect(verdicts).toMatchObject(expected);
  expect(message(name)).toMatch(words);
  expect(code).toBe(1);
});

test('migrations that are not applied are told, and not applied', async () => {
  const { $client } = harness.database.db;
  const newest = 'created_at = (SELECT max(created_at) FROM drizzle.__drizzle_migrations)';
  const { rows } = await $client.query(`DELETE FROM drizzle.__drizzle_migrations WHERE ${newest} RETURNING *`);

  const { verdicts, message } = await doctor();
  const pending = message('database');
  await $client.query(
    'INSERT INTO drizzle.__drizzle_migrations SELECT * FROM json_populate_recordset(NULL::drizzle.__drizzle_migrations, $1)',
    [JSON.stringify(rows)],
  );

  expect(verdicts['database']).toBe('failed');
  expect(pending).toMatch(/; not applied migrations of this version: 1/);
});

test('a check that hangs is ended at its limit, and the others still run', async () => {
  const hanging = (): Promise<never> => new Promise(() => undefined);
  const checks: Check[] = [
    { name: 'hangs', run: hanging },
    { name: 'is long', isLong: true, run: hanging },
    { name: 'works', run: async () => ok('Fine.') },
  ];
  const none = { ok: false, reason: 'not opened' } as const;
  const policyFile = { outcome: 'unreadable', reason: 'none' } as const;
  const parts = { database: none, account: none, policyPath: '', policyFile, fetch, now: () => new Date() };

  const results = await runChecks(checks, depsOf(parts), { onResult: () => undefined, limitMs: 20 });

  expect(results.map(({ verdict }) => verdict)).toEqual(['failed', 'skipped', 'ok']);
});
