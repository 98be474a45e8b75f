import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalZendesk, startLocalZendesk } from '@deskwright/local-zendesk';
import { startFromAccount } from '../from-account/index.ts';
import { readPolicyFile } from '../policy/read-policy-file.ts';
import { runInitFromAccount } from './init-from-account.ts';
import { zendeskFrom } from './open-account.ts';

let zendesk: LocalZendesk;
beforeAll(async () => {
  zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, seed: 'empty', trickle: { start: 'off' } });
});
afterAll(() => zendesk.stop());

const is = (field: string, value: string, operator = 'is') => ({ field, operator, value });
const env = (): NodeJS.ProcessEnv => ({
  ZENDESK_BASE_URL: zendesk.url,
  ZENDESK_OAUTH_CLIENT_ID: 'deskwright',
  ZENDESK_OAUTH_CLIENT_SECRET: 'deskwright',
});
const made = <T>(result: { ok: boolean; value?: T }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return (result as { value: T }).value;
};

/** One planted fault of each kind. */
function breakAccount({ account }: LocalZendesk): void {
  const by = { id: account.ownerId };
  const somebodyWhoLeft = { id: 424_242 };
  const group = (name: string) => made(account.groups.create({ name }, by)).id;
  const [first, second, left] = [group('First line'), group('Second line'), group('Left')];
  const trigger = (
    title: string,
    all: ReturnType<typeof is>[],
    to: number,
    more: { field: string; value: string }[] = [],
    maker = by,
  ) =>
    made(
      account.triggers.create(
        {
          title,
          description: 'Ask Ana.',
          conditions: { all, any: [] },
          actions: [{ field: 'group_id', value: String(to) }, ...more],
        },
        maker,
      ),
    );
  trigger('Never', [is('status', 'new'), is('status', 'solved')], second);
  trigger('To a group that left', [is('priority', 'urgent'), is('type', 'problem')], left);
  trigger('Twice', [is('priority', 'low'), is('type', 'task')], second);
  trigger('Twice again', [is('type', 'task'), is('priority', 'low')], second);
  trigger('Always replaced', [is('priority', 'low'), is('type', 'question')], second);
  trigger('Replaces', [is('priority', 'low'), is('type', 'question')].slice(1), first);
  trigger('Some replaced', [is('type', 'incident'), is('current_tags', 'vip', 'includes')], second);
  trigger('Replaces some', [is('priority', 'high'), is('type', 'incident')], first);
  trigger(
    'Sorts by tag',
    [is('type', 'problem'), is('priority', 'normal'), is('subject_includes_word', 'refund', 'includes')],
    second,
    [{ field: 'current_tags', value: 'refund_request' }],
  );
  trigger(
    'Of somebody who left',
    [is('current_tags', 'vip_only', 'includes'), is('priority', 'urgent'), is('type', 'question')],
    first,
    [],
    somebodyWhoLeft,
  );
  made(
    account.views.create(
      {
        title: 'Newest on top',
        all: [is('status', 'solved', 'less_than')],
        output: {
          columns: ['status', 'created'],
          group_by: null,
          group_order: 'asc',
          sort_by: 'created',
          sort_order: 'desc',
        },
      },
      by,
    ),
  );
  made(account.groups.delete(left, by));
}

test('an account without a fault has none reported', async () => {
  const { account } = zendesk;
  const by = { id: account.ownerId };
  const [technical, lead] = ['Technical', 'Leads'].map((name) => made(account.groups.create({ name }, by)).id);
  const rules = [
    ['Bugs to Technical', [is('type', 'problem'), is('subject_includes_word', 'bug', 'includes')], technical],
    ['Urgent questions to Leads', [is('priority', 'urgent'), is('type', 'question')], lead],
  ] as const;
  const triggers = rules.map(([title, all, to]) =>
    made(
      account.triggers.create(
        {
          title,
          description: 'Ask Ana.',
          conditions: { all: [...all], any: [] },
          actions: [{ field: 'group_id', value: String(to) }],
        },
        by,
      ),
    ),
  );

  expect(startFromAccount(await zendeskFrom(env()).readSetup()).faults).toEqual([]);
  for (const { id } of triggers) made(account.triggers.delete(id, by));
});

test('a broken account: each fault is reported once, and nothing else; the policy is valid, and nothing was changed there', async () => {
  breakAccount(zendesk);
  const setup = await zendeskFrom(env()).readSetup();
  const folder = mkdtempSync(join(tmpdir(), 'from-account-'));
  const said: string[] = [];
  const run = () =>
    runInitFromAccount({
      folder,
      dryRun: false,
      read: () => zendeskFrom(env()).readSetup(),
      out: (line) => said.push(line),
    });

  expect(startFromAccount(setup).faults.map(({ code, rule }) => `${code}: ${rule?.title ?? ''}`)).toEqual([
    'never_fires: Never',
    'gone: To a group that left',
    'newest_first: Newest on top',
    'says_the_same: Twice',
    'always_overwritten: Always replaced',
    'overlaps: Some replaced',
    'no_owner: Of somebody who left',
    'category_only_in_tags: ',
  ]);
  expect(await run()).toBe(0);
  const policy = await readPolicyFile(join(folder, 'config/deskwright.yaml'));
  expect(policy.outcome).toBe('loaded');
  expect(readFileSync(join(folder, 'config/account-report.md'), 'utf8')).toContain('What is wrong there');
  expect(await run()).toBe(1);
  expect(await zendeskFrom(env()).readSetup()).toEqual(setup);
});
