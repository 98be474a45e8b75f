// Tests users and rules with node-zendesk as it comes from npm, including its known faults.
import { until } from '../testing/until.ts';
import { aNodeZendesk, type DrivenApi, type NodeZendesk } from './testing/a-node-zendesk.ts';
import type { TestApi } from './testing/an-api.ts';

let driven: DrivenApi;
let api: TestApi;
// Its types name fewer parameters than its methods take.
let zendesk: Record<keyof NodeZendesk, Record<string, (...given: unknown[]) => Promise<unknown>>>;

beforeEach(async () => {
  driven = await aNodeZendesk();
  api = driven.api;
  zendesk = driven.zendesk as unknown as typeof zendesk;
});

afterEach(() => driven.stop());

interface Answer {
  response: { status: number };
  result: { id: number; job_status?: { id: string } };
}

const call = async (resource: keyof NodeZendesk, method: string, ...given: unknown[]): Promise<Answer> =>
  (await zendesk[resource][method]?.(...given)) as Answer;

const rows = async (resource: keyof NodeZendesk, method: string, ...given: unknown[]): Promise<unknown[]> =>
  (await zendesk[resource][method]?.(...given)) as unknown[];

const finished = async (started: Answer): Promise<{ success?: boolean }[]> =>
  until(async () => {
    const { result } = await call('jobstatuses', 'show', started.result.job_status?.id);
    const { status, results } = (
      result as unknown as { job_status: { status: string; results: { success?: boolean }[] } }
    ).job_status;
    return status === 'completed' ? results : undefined;
  });

const unsolved = { field: 'status', operator: 'less_than', value: 'solved' };
const actions = [{ field: 'status', value: 'closed' }];

it('manages people, singly and in jobs', async () => {
  const made = await call('users', 'create', { user: { name: 'Zoe', email: 'zoe@example.com' } });
  expect(made.response.status).toBe(201);
  await call('users', 'update', made.result.id, { user: { notes: 'Likes tents' } });
  expect(api.account.users.find(made.result.id)?.notes).toBe('Likes tents');
  await call('users', 'suspend', made.result.id);
  expect(api.account.users.find(made.result.id)?.suspended).toBe(true);
  expect(await rows('users', 'search', { query: 'zoe@example.com' })).toMatchObject([{ id: made.result.id }]);
  expect(await rows('users', 'listByGroup', api.group.id)).toHaveLength(1);
  const users = [{ name: 'Ann', email: 'ann@example.com' }];
  expect(await finished(await call('users', 'createMany', { users }))).toMatchObject([{ success: true }]);
  expect(await finished(await call('users', 'createOrUpdateMany', { users }))).toMatchObject([{ status: 'Updated' }]);
  await call('users', 'delete', made.result.id);
  expect(api.account.users.find(made.result.id)?.active).toBe(false);
});

it('manages organizations and memberships', async () => {
  const { result } = await call('organizations', 'create', { organization: { name: 'Acme', external_id: 'a' } });
  await call('organizations', 'createOrUpdate', { organization: { name: 'Acme Ltd', external_id: 'a' } });
  expect(api.account.organizations.find(result.id)?.name).toBe('Acme Ltd');
  await finished(await call('organizations', 'createMany', { organizations: [{ name: 'Beta' }] }));
  await finished(await call('organizations', 'updateMany', { organizations: [{ id: result.id, notes: 'n' }] }));
  expect(await rows('organizations', 'list')).toMatchObject([{ notes: 'n' }, { name: 'Beta' }]);
  expect(await rows('organizations', 'autocomplete', { name: 'ac' })).toHaveLength(1);
  await finished(await call('organizations', 'bulkDelete', [result.id]));
  expect(api.account.organizations.find(result.id)).toBeUndefined();
  const membership = { user_id: api.admin.id, group_id: api.group.id };
  await finished(await call('groupmemberships', 'bulkCreate', [membership]));
  expect(await rows('groupmemberships', 'list')).toHaveLength(2);
});

it('manages triggers', async () => {
  const { result } = await call('triggers', 'create', {
    trigger: { title: 'T', conditions: { all: [unsolved] }, actions },
  });
  await call('triggers', 'update', result.id, { trigger: { title: 'T2' } });
  expect(await rows('triggers', 'list')).toMatchObject([{ title: 'T2' }]);
  expect(await rows('triggers', 'listActive')).toHaveLength(1);
  await call('triggers', 'reorder', [result.id]);
  await call('triggers', 'delete', result.id);
  expect(api.account.triggers.list()).toEqual([]);
});

it('manages automations', async () => {
  const all = [unsolved, { field: 'SOLVED', operator: 'greater_than', value: '96' }];
  const { result } = await call('automations', 'create', { automation: { title: 'A', all, actions } });
  await call('automations', 'update', result.id, { automation: { title: 'A2' } });
  expect(await rows('automations', 'list')).toMatchObject([{ id: result.id, title: 'A2' }]);
  expect(await rows('automations', 'listActive')).toHaveLength(1);
  await call('automations', 'bulkDelete', [result.id]);
  expect(api.account.automations.list()).toEqual([]);
});

it('manages macros', async () => {
  const { aTicket } = api;
  const ticket = aTicket();
  await call('macros', 'create', { macro: { title: 'Close::now', actions } });
  const [macro] = (await rows('macros', 'list')) as { id: number }[];
  expect(JSON.stringify(await call('macros', 'applyTicket', ticket.id, macro?.id))).toContain('"status":"closed"');
  expect(JSON.stringify(await call('macros', 'categories'))).toContain('Close');
  await call('macros', 'update', macro?.id, { macro: { title: 'Close' } });
  await call('macros', 'delete', macro?.id);
  expect(api.account.macros.list()).toEqual([]);
});

it('executes views, searches, and polls jobs', async () => {
  const ticket = api.aTicket();
  const { result } = await call('views', 'create', { view: { title: 'V', all: [unsolved] } });
  expect(await rows('views', 'listActive')).toHaveLength(1);
  // It does not know the list's name and leaves the page as it came.
  expect(await rows('views', 'tickets', result.id)).toMatchObject([{ tickets: [{ id: ticket.id }], count: 1 }]);
  expect((await call('views', 'showCounts', [result.id])).result).toMatchObject({ view_counts: [{ value: 1 }] });
  expect(await rows('search', 'queryAll', 'type:ticket')).toHaveLength(1);
  expect(await rows('search', 'exportResults', 'wet', 'ticket', 2)).toHaveLength(1);
  expect((await call('search', 'showResultsCount', 'type:ticket')).result).toEqual({ count: 1 });
  const started = await call('tickets', 'updateMany', [ticket.id], { ticket: { priority: 'low' } });
  const watched = await call('jobstatuses', 'watch', started.result.job_status?.id, 10, 500);
  expect(watched).toMatchObject({ status: 'completed' });
});

it('manages webhooks: patch, secret, invocations', async () => {
  const fields = {
    name: 'W',
    endpoint: 'http://127.0.0.1:1/',
    status: 'active',
    http_method: 'POST',
    request_format: 'json',
  };
  const { result } = await call('webhooks', 'create', {
    webhook: { ...fields, subscriptions: ['conditional_ticket_events'] },
  });
  await call('webhooks', 'patch', result.id, { webhook: { name: 'W2' } });
  expect(await rows('webhooks', 'list')).toMatchObject([{ name: 'W2' }]);
  expect((await call('webhooks', 'listInvocations', result.id)).result).toMatchObject({ invocations: [] });
  expect((await call('webhooks', 'resetSigningSecret', result.id)).response.status).toBe(201);
  await call('webhooks', 'delete', result.id);
  expect(api.account.webhooks.list()).toEqual([]);
});

describe('faults of node-zendesk 6.0.1 itself', () => {
  it('a 429 is returned and not thrown', async () => {
    const narrow = await aNodeZendesk({ limits: { account: 1 } });
    await narrow.zendesk.users.me();
    const { result } = (await narrow.zendesk.users.me()) as unknown as { result: unknown };
    expect(String(result)).toContain('Zendesk rate limits');
    await narrow.stop();
  });

  it('a 204 returns an error as its result', async () => {
    const { response, result } = await call('tickets', 'delete', api.aTicket().id);
    expect(response.status).toBe(204);
    expect(result).toEqual(new Error('No Content'));
  });

  it('updateTags replaces all tags', async () => {
    const ticket = api.aTicket({ tags: ['a'] });
    await call('tickets', 'updateTags', ticket.id, { tags: ['b'] });
    expect(api.account.tickets.find(ticket.id)?.tags).toEqual(['b']);
  });

  it('views.delete calls itself endlessly', async () => {
    await expect(call('views', 'delete', 1)).rejects.toThrow(RangeError);
  });

  it.each(['reorder', 'listActiveShared'])('views.%s calls a path that does not exist in Zendesk', async (method) => {
    await expect(call('views', method, [1])).rejects.toThrow(/404|400/);
  });

  it('the cursor export sends the cursor "undefined"', async () => {
    await expect(call('ticketexport', 'exportCursor', 1)).rejects.toThrow('400');
  });
});
