// Checks `check --account` over HTTP: a healthy account has no finding; with one planted fault of each kind each is found once, and nothing else.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalZendesk, startLocalZendesk } from '@deskwright/local-zendesk';
import { runCheck } from '../check.ts';
import { readMore } from './commands.ts';

const POLICY = `version: 1
company: Northwind Outdoor
time_zone: America/New_York
tiers:
  - { id: t1, name: Tier 1, group: First line, escalates_to: t2 }
  - { id: t2, name: Tier 2, group: Second line, escalates_to: t3 }
  - { id: t3, name: Tier 3, group: Developers }
departments:
  - { id: legal, name: Legal, group: Lawyers, handles: Contracts and claims }
categories: [{ id: refund, name: Refund, tier: t1 }, { id: other, name: Other, tier: t2 }]
default_category: other
triggers:
  - id: refund
    title: Refund
    conditions: { any: [{ field: text, operator: includes_any, value: [refund] }] }
    actions: { category: refund, priority: high, add_tags: [money] }
views: [{ title: All open, order: oldest_first }]
surveys: { csat: { delay: 24h, expires: 14d } }
`;

let zendesk: LocalZendesk;
let folder: string;
beforeAll(async () => {
  zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, seed: 'empty', trickle: { start: 'off' } });
  folder = await mkdtemp(join(tmpdir(), 'deskwright-account-'));
  await writeFile(join(folder, 'policy.yaml'), POLICY);
});
afterAll(async () => {
  await zendesk.stop();
  await rm(folder, { recursive: true });
});

const made = <T>(result: { ok: boolean; value?: T }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return (result as { value: T }).value;
};

/** What the command prints with --json. */
async function check(): Promise<{ code: number; problems: { code: string; line: number; message: string }[] }> {
  const env = {
    ZENDESK_BASE_URL: zendesk.url,
    ZENDESK_OAUTH_CLIENT_ID: 'deskwright',
    ZENDESK_OAUTH_CLIENT_SECRET: 'deskwright',
    DESKWRIGHT_DATA_DIR: folder,
  };
  const printed: string[] = [];
  const code = await runCheck({
    policyPath: join(folder, 'policy.yaml'),
    json: true,
    strict: true,
    more: await readMore(env, { readsAccount: true }),
    out: (text) => printed.push(text),
  });
  return { code, ...JSON.parse(printed.join('')) };
}

test('one planted fault of each kind is found once, and nothing else; before, nothing is', async () => {
  const { account } = zendesk;
  const by = { id: account.ownerId };
  const group = (name: string) => made(account.groups.create({ name }, by)).id;
  const agent = (name: string, ...groups: number[]) => {
    const { id } = made(account.users.create({ name, email: `${name}@acme.test`, role: 'agent' }, by));
    return groups.map((one) => made(account.groups.addMember(id, one, by)).id);
  };
  const [first, second, developers, lawyers] = ['First line', 'Second line', 'Developers', 'Lawyers'].map(group);
  if (!first || !second || !developers || !lawyers) throw new Error('A group is missing');
  agent('Ana', first);
  const [bo] = agent('Bo', second);
  agent('Cy', developers);
  const [di] = agent('Di', lawyers);
  const output = {
    columns: ['status', 'created'],
    group_by: null,
    group_order: 'asc',
    sort_by: 'created',
    sort_order: 'asc',
  } as const;
  const open = { field: 'status', operator: 'less_than', value: 'solved' };
  const view = made(account.views.create({ title: 'All open', all: [open], output }, by));

  expect(await check()).toMatchObject({ code: 0, problems: [] });

  const rule = (title: string, ...actions: { field: string; value: string }[]) =>
    made(account.triggers.create({ title, conditions: { all: [open], any: [] }, actions }, by));
  rule('Routes', { field: 'group_id', value: String(first) });
  account.queues.create(
    {
      name: 'Urgent',
      description: '',
      order: 1,
      priority: 1,
      definition: { all: [{ field: 'priority', operator: 'is', value: 'urgent' }], any: [] },
      primary_group_ids: [second],
      secondary_group_ids: [],
    },
    by,
  );
  rule('Tags', { field: 'current_tags', value: 'vip money' });
  rule('Tells', { field: 'notification_user', value: 'requester_id' });
  made(
    account.automations.create(
      {
        title: 'Raises',
        conditions: { all: [open, { field: 'NEW', operator: 'greater_than', value: '4' }], any: [] },
        actions: [{ field: 'priority', value: 'high' }],
      },
      by,
    ),
  );
  made(
    account.automations.create(
      {
        title: 'Closes early',
        conditions: {
          all: [
            { field: 'status', operator: 'is', value: 'solved' },
            { field: 'SOLVED', operator: 'greater_than', value: '12' },
          ],
          any: [],
        },
        actions: [{ field: 'status', value: 'closed' }],
      },
      by,
    ),
  );
  made(account.groups.removeMember(di ?? 0, by));
  made(account.groups.delete(developers, by));
  agent('Em', first, second);
  made(account.groups.removeMember(bo ?? 0, by));
  made(account.views.update(view.id, { all: [open, { field: 'group_id', operator: 'is', value: String(first) }] }, by));

  const { code, problems } = await check();
  expect(code).toBe(1);
  expect(problems.map((one) => `${one.line} ${one.code}: ${one.message}`)).toEqual([
    expect.stringMatching(/^5 zendesk-writes-too: the Zendesk trigger "Routes" \(\d+\) sets the group/),
    expect.stringMatching(/^6 agent-in-two-tiers: Em is in the groups of "Tier 1" and "Tier 2"/),
    expect.stringMatching(/^6 group-in-no-view: none of the views .* the group "Second line"/),
    expect.stringMatching(/^6 zendesk-writes-too: the omnichannel queue "Urgent" hands out .* "Second line" by itself/),
    expect.stringMatching(/^7 group-missing: Zendesk has no group "Developers"/),
    expect.stringMatching(/^9 group-empty: nobody is in the group "Lawyers"/),
    expect.stringMatching(/^16 zendesk-writes-too: the Zendesk automation "Raises" \(\d+\) sets the priority/),
    expect.stringMatching(/^16 zendesk-writes-too: the Zendesk trigger "Tags" \(\d+\) adds the tag money/),
    expect.stringMatching(/^18 survey-after-closing: csat is sent 24h after .* Zendesk closes tickets 0.5 days after/),
  ]);
});
