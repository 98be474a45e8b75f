import { anApi } from '../testing/an-api.ts';

const unsolved = [{ field: 'status', operator: 'less_than', value: 'solved' }];
const newestFirst = { columns: ['nice_id', 'created', 'requester'], sort_by: 'created', sort_order: 'desc' };

async function withView(options: Parameters<typeof anApi>[0] = {}) {
  const api = anApi(options);
  const { body } = await api.as('post', '/views', {
    view: { title: 'Unassigned', all: unsolved, output: newestFirst },
  });
  return { ...api, view: body.view as { id: number } };
}

it('a view is written with output and read with execution', async () => {
  const { as, view } = await withView();
  const written = { view: { output: { ...newestFirst, sort_order: 'asc', group_by: 'group', group_order: 'desc' } } };
  expect((await as('put', `/views/${view.id}`, written)).status).toBe(200);
  const { body } = await as('get', `/views/${view.id}.json`);
  expect(body.view.output).toBeUndefined();
  expect(body.view.conditions).toEqual({ all: unsolved, any: [] });
  expect(body.view.execution).toMatchObject({
    sort_by: 'created',
    sort_order: 'asc',
    sort: { id: 'created', title: 'Requested', order: 'asc' },
    group: { id: 'group', order: 'desc' },
    columns: [
      { id: 'nice_id', title: 'ID' },
      { id: 'created', title: 'Requested' },
      { id: 'requester', title: 'Requester' },
    ],
  });
});

it('ignores conditions and execution on write: they are read-only', async () => {
  const { as, view } = await withView();
  await as('put', `/views/${view.id}`, { view: { execution: { sort_order: 'asc' }, conditions: { all: [] } } });
  const { body } = await as('get', `/views/${view.id}`);
  expect([body.view.execution.sort_order, body.view.conditions.all]).toEqual(['desc', unsolved]);
});

it.each(['description', 'submitter', 'custom_status_id'])('refuses to sort by %s', async (sort_by) => {
  const { as, view } = await withView();
  const stored = await as('put', `/views/${view.id}`, { view: { output: { ...newestFirst, sort_by } } });
  const asked = await as('get', `/views/${view.id}/tickets?sort_by=${sort_by}`);
  expect([stored.status, asked.status]).toEqual([422, 400]);
});

it('returns its tickets sorted and in full, by offset and by cursor', async () => {
  const { as, view, aTicket, clock } = await withView();
  for (let i = 0; i < 3; i += 1) {
    aTicket();
    clock.forward(1);
  }
  const ids = (body: { tickets: { id: number }[] }) => body.tickets.map((ticket) => ticket.id);
  const all = await as('get', `/views/${view.id}/tickets.json`);
  expect(ids(all.body)).toEqual([3, 2, 1]);
  expect(all.body.tickets[0].description).toBe('It is wet inside.');
  const first = await as('get', `/views/${view.id}/tickets?page[size]=2`);
  expect(ids(first.body)).toEqual([3, 2]);
  const second = await as('get', first.body.links.next.split('/api/v2')[1]);
  expect(ids(second.body)).toEqual([1]);
  const asked = await as('get', `/views/${view.id}/tickets?sort_by=created&sort_order=asc`);
  expect(ids(asked.body)).toEqual([1, 2, 3]);
});

it('executing returns columns and rows, five times a minute for each agent', async () => {
  const { as, view, aTicket, withScopes, agent, clock } = await withView();
  aTicket();
  const { body } = await as('get', `/views/${view.id}/execute`);
  expect(body.columns.map((column: { id: string }) => column.id)).toEqual(['nice_id', 'created', 'requester']);
  expect(body.rows[0]).toMatchObject({ nice_id: 1, ticket: { id: 1, subject: 'The tent leaks' } });
  for (let i = 0; i < 4; i += 1) await as('get', `/views/${view.id}/execute`);
  const refused = await as('get', `/views/${view.id}/execute`);
  expect([refused.status, refused.body.errors[0].code]).toEqual([429, 'TooManyRequests']);
  expect((await withScopes(['read'], agent.id)('get', `/views/${view.id}/execute`)).status).toBe(200);
  clock.forward(61);
  expect((await as('get', `/views/${view.id}/execute`)).status).toBe(200);
});

it('counts one view and many', async () => {
  const { as, view, aTicket } = await withView();
  aTicket();
  expect((await as('get', `/views/${view.id}/count`)).body.view_count).toMatchObject({ value: 1, fresh: true });
  expect((await as('get', `/views/count_many?ids=${view.id}`)).body.view_counts).toHaveLength(1);
});

it('update_many sets position and active but no order', async () => {
  const { as, view } = await withView();
  const row = { id: view.id, active: false, position: 9, output: { sort_order: 'asc' } };
  const { body } = await as('put', '/views/update_many', { views: [row] });
  expect(body.views[0]).toMatchObject({ active: false, position: 9, execution: { sort_order: 'desc' } });
});

it('definitions name the columns that can be sorted by in this account', async () => {
  const { as } = anApi();
  const { body } = await as('get', '/views/definitions.json');
  const names = (list: { value: string }[]) => list.map((one) => one.value);
  expect(names(body.definitions.output)).toContain('description');
  expect(names(body.definitions.sortables)).toContain('created');
  expect(names(body.definitions.sortables)).not.toContain('description');
});

it('answers 404 to an agent for a view of another person or group', async () => {
  const { as, withScopes, agent, admin } = await withView();
  await as('post', '/views', { view: { title: 'Mine', all: unsolved, restriction: { type: 'User', id: admin.id } } });
  const titles = async (call: typeof as) =>
    (await call('get', '/views')).body.views.map((one: { title: string }) => one.title);
  expect(await titles(as)).toEqual(['Unassigned', 'Mine']);
  expect(await titles(withScopes(['read'], agent.id))).toEqual(['Unassigned']);
});

it('search, show_many, preview and the built-in views respond', async () => {
  const { as, view, aTicket } = await withView();
  aTicket();
  expect((await as('get', '/views/search?query=unass')).body.count).toBe(1);
  expect((await as('get', `/views/show_many?ids=${view.id}`)).body.count).toBe(1);
  const preview = { view: { all: unsolved, output: { columns: ['status'] } } };
  expect((await as('post', '/views/preview', preview)).body.rows).toHaveLength(1);
  expect((await as('post', '/views/preview/count', preview)).body.view_count.value).toBe(1);
  expect((await as('get', '/views/incoming/tickets')).body.tickets).toHaveLength(1);
});
