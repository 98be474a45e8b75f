// Tests the local Zendesk with node-zendesk, the best known client for Node.
import { until } from '../testing/until.ts';
import { aNodeZendesk, type DrivenApi, type NodeZendesk } from './testing/a-node-zendesk.ts';
import type { TestApi } from './testing/an-api.ts';

let driven: DrivenApi;
let api: TestApi;
let zendesk: NodeZendesk;

beforeAll(async () => {
  driven = await aNodeZendesk();
  ({ api, zendesk } = driven);
});

afterAll(() => driven.stop());

it('manages a ticket from creation to deletion', async () => {
  const made = await zendesk.tickets.create({
    ticket: { subject: 'Leak', comment: { body: 'It leaks' }, tags: ['a'] },
  });
  const { id } = made.result as { id: number };
  expect((await zendesk.tickets.show(id)).result).toMatchObject({ subject: 'Leak', status: 'new' });
  await zendesk.tickets.update(id, { ticket: { priority: 'high', additional_tags: ['b'] } } as never);
  // As shipped it sends a list of tags nowhere; only an object becomes the body.
  await zendesk.tickets.addTags(id, { tags: ['c'] } as never);
  expect(api.account.tickets.find(id)).toMatchObject({ priority: 'high', tags: ['a', 'b', 'c'] });
  expect(await zendesk.tickets.getComments(id)).toHaveLength(1);
  expect((await zendesk.tickets.listMetrics(id)) as unknown).toBeDefined();
  expect((await zendesk.tickets.showMany([id])).result).toHaveLength(1);
  expect(await zendesk.tickets.list()).toHaveLength(1);
  await zendesk.tickets.delete(id);
  expect(api.account.tickets.find(id)).toBeUndefined();
});

it('lists more tickets than fit on a page', async () => {
  while (api.account.tickets.count() < 150) api.aTicket();
  expect(await zendesk.tickets.list()).toHaveLength(150);
});

it('updates many tickets in a job and polls it', async () => {
  const ids = [api.aTicket().id, api.aTicket().id];
  const started = await zendesk.tickets.updateMany(ids, { ticket: { additional_tags: ['bulk'] } });
  const { job_status } = started.result as unknown as { job_status: { id: string } };
  const job = await until(async () => {
    const shown = (await zendesk.jobstatuses.show(job_status.id)) as unknown as {
      result: { job_status: { status: string; results: unknown[] } };
    };
    return shown.result.job_status.status === 'completed' ? shown.result.job_status : undefined;
  });
  expect(job.results).toHaveLength(2);
  expect(api.account.tickets.find(ids[0] ?? 0)?.tags).toEqual(['bulk']);
});

it('reads and sorts views', async () => {
  const all = [{ field: 'status', operator: 'less_than', value: 'solved' }];
  const made = await zendesk.views.create({ view: { title: 'Unassigned', all } });
  const { id } = made.result as { id: number };
  const output = { columns: ['nice_id', 'created'], sort_by: 'created', sort_order: 'asc' };
  await zendesk.views.update(id, { view: { output } });
  const { result } = (await zendesk.views.show(id)) as unknown as { result: { execution: { sort_order: string } } };
  expect(result.execution.sort_order).toBe('asc');
  expect((await zendesk.views.list()) as unknown[]).toHaveLength(1);
  expect((await zendesk.views.tickets(id)) as unknown).toBeDefined();
  expect((await zendesk.views.showCount(id)).result).toMatchObject({ view_count: { view_id: id } });
});

it('manages webhooks and their signing secret', async () => {
  const webhook = {
    name: 'Ours',
    endpoint: 'http://127.0.0.1:1/x',
    status: 'active',
    http_method: 'POST',
    request_format: 'json',
  };
  const made = (await zendesk.webhooks.create({
    webhook: { ...webhook, subscriptions: ['zen:event-type:ticket.created'] },
  })) as unknown as {
    result: { webhook?: { id: string }; id?: string };
  };
  const id = made.result.webhook?.id ?? made.result.id ?? '';
  expect(api.account.webhooks.find(id)?.name).toBe('Ours');
  expect(JSON.stringify(await zendesk.webhooks.getSigningSecret(id))).toContain(
    api.account.webhooks.find(id)?.signing_secret ?? '?',
  );
  await zendesk.webhooks.delete(id);
  expect(api.account.webhooks.find(id)).toBeUndefined();
});

it('finds people, groups, fields, brands and search results', async () => {
  expect((await zendesk.users.me()).result).toMatchObject({ id: api.admin.id });
  expect((await zendesk.users.show(api.agent.id)).result).toMatchObject({ name: 'Ada Agent' });
  expect(
    (await zendesk.users.createOrUpdate({ user: { name: 'Zoe', email: 'zoe@example.com' } })).result,
  ).toMatchObject({ name: 'Zoe' });
  expect(await zendesk.groups.list()).toHaveLength(1);
  expect(await zendesk.groupmemberships.list()).toHaveLength(1);
  expect((await zendesk.ticketfields.list()) as unknown[]).not.toHaveLength(0);
  expect((await zendesk.brand.list()) as unknown).toBeDefined();
  expect((await zendesk.search.query('type:ticket wet')) as unknown).toBeDefined();
});
