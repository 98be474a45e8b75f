import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { STRIPE_READ_ONLY_KEY, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET } from '@deskwright/local-zendesk';
import { examplePolicyText } from '../../../testing/pipeline-deps.ts';
import { type Harness, startHarness } from '../../../testing/start-harness.ts';
import { readPolicyFile } from '../../policy/read-policy-file.ts';
import { noteEvent } from '../../refunds/api/receive-events.ts';
import { noteReconcileFailure } from '../../refunds/reconciliation/comparison-state.ts';
import { openAccount } from '../open-account.ts';
import { openOperatorDatabase } from '../operator-database.ts';
import { type Check, ok, runChecks } from './check.ts';
import { runDoctor } from './doctor.ts';
import { depsOf, tryToOpen } from './parts.ts';

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
    stripe: 'skipped',
    'stripe webhook': 'skipped',
    'refund books': 'skipped',
    'refund rights': 'ok',
    views: 'ok',
    'tickets in no view': 'ok',
    groups: 'ok',
    drift: 'ok',
  });
  expect(message('webhook')).toMatch(/^Zendesk sent a test event to .* and the service took it \(20\d\)/);
  expect(message('refund rights')).toMatch(
    /^The database refuses changes of the books of refunds\. Role \w+ owns them/,
  );
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

test('Stripe: rights that the key lacks, a webhook that is missing or silent, and books that differ are told', async () => {
  const { db } = harness.database;
  const stripe = { STRIPE_BASE_URL: harness.zendesk.url, STRIPE_SECRET_KEY: STRIPE_READ_ONLY_KEY };
  const poor = await doctor({ env: stripe });
  expect(poor.verdicts).toMatchObject({ stripe: 'failed', 'stripe webhook': 'warning', 'refund books': 'ok' });
  expect(poor.message('stripe')).toContain('STRIPE_SECRET_KEY may not write Refunds; allow it.');
  expect(poor.message('stripe webhook')).toContain('STRIPE_WEBHOOK_SECRET is not set');

  const full = { ...stripe, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET };
  const silent = await doctor({ env: full });
  expect(silent.verdicts).toMatchObject({ stripe: 'ok', 'stripe webhook': 'warning' });
  expect(silent.message('stripe webhook')).toContain('no event of Stripe has been received');
  // After any comparison of the harness's service.
  const at = new Date(Date.now() + 60_000);
  await noteEvent(db, at);
  await noteReconcileFailure(db, new Error('Stripe answered 500'), at, at);
  const heard = await doctor({ env: full });
  expect(heard.message('stripe webhook')).toBe(`The last event of Stripe was received at ${at.toISOString()}.`);
  expect(heard.verdicts['refund books']).toBe('warning');
  expect(heard.message('refund books')).toContain(`could not be compared with Stripe at ${at.toISOString()}`);
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
