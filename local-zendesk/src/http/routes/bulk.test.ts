// Tests bulk writes of users and organizations with a result for each row.
import { until } from '../../testing/until.ts';
import { anApi, type TestApi } from '../testing/an-api.ts';

interface JobBody {
  job_status: { id: string; status: string; total: number; results: Record<string, unknown>[] };
}

const finished = async ({ as }: TestApi, started: { body: unknown }): Promise<JobBody['job_status']> => {
  const { id } = (started.body as JobBody).job_status;
  return until(async () => {
    const { job_status } = (await as('get', `/job_statuses/${id}`)).body as JobBody;
    return job_status.status === 'completed' ? job_status : undefined;
  });
};

it('returns success for rows that worked, and none for a failed row', async () => {
  const api = anApi();
  const users = [{ name: 'Ann', email: 'ann@example.com' }, { name: '' }, { name: 'Bo', email: 'ann@example.com' }];
  const job = await finished(api, await api.as('post', '/users/create_many', { users }));
  const ann = api.account.users.findByEmail('ann@example.com');
  expect(job).toMatchObject({
    total: 3,
    results: [{ index: 0, id: ann?.id, action: 'create', success: true }, {}, {}],
  });
  for (const row of job.results.slice(1)) {
    expect(Object.keys(row).toSorted()).toEqual(['details', 'error', 'index']);
  }
});

it('applies one change to all, or one to each, by id or external id', async () => {
  const api = anApi();
  const { account, as, customer } = api;
  account.users.update(customer.id, { external_id: 'c-1' }, { id: account.ownerId });
  await finished(api, await as('put', `/users/update_many?ids=${customer.id}`, { user: { notes: 'a' } }));
  expect(account.users.find(customer.id)?.notes).toBe('a');
  await finished(api, await as('put', '/users/update_many?external_ids=c-1', { user: { notes: 'b' } }));
  expect(account.users.find(customer.id)?.notes).toBe('b');
  const each = await as('put', '/users/update_many', {
    users: [
      { id: customer.id, notes: 'c' },
      { id: 1, notes: 'c' },
    ],
  });
  const job = await finished(api, each);
  expect(account.users.find(customer.id)?.notes).toBe('c');
  expect(job.results).toMatchObject([
    { success: true, status: 'Updated' },
    { index: 1, id: 1, error: 'RecordNotFound' },
  ]);
});

it('updates existing records and creates missing ones', async () => {
  const api = anApi();
  const email = api.customer.email ?? '';
  const users = [
    { name: 'Carla', email },
    { name: 'Dan', email: 'dan@example.com' },
  ];
  const job = await finished(api, await api.as('post', '/users/create_or_update_many', { users }));
  expect(job.results).toMatchObject([{ status: 'Updated', id: api.customer.id }, { status: 'Created' }]);
});

it('creates, updates and deletes organizations', async () => {
  const api = anApi();
  const organizations = [{ name: 'Acme' }, { name: 'Acme' }];
  const job = await finished(api, await api.as('post', '/organizations/create_many', { organizations }));
  expect(job.results).toMatchObject([{ success: true }, { index: 1, details: 'Name: has already been taken' }]);
  const id = api.account.organizations.list()[0]?.id;
  await finished(api, await api.as('delete', `/organizations/destroy_many?ids=${id}`));
  expect(api.account.organizations.list()).toEqual([]);
});

it('refuses more than a hundred, and names the limit for organizations', async () => {
  const { as } = anApi();
  const many = Array.from({ length: 101 }, (_, index) => ({ name: `N${index}` }));
  const users = await as('post', '/users/create_many', { users: many });
  expect([users.status, users.body.max_count]).toEqual([400, undefined]);
  const organizations = await as('post', '/organizations/create_many', { organizations: many });
  expect([organizations.status, organizations.body.max_count]).toEqual([400, 100]);
});

it('allows bulk writes to admins only', async () => {
  const { withScopes, agent } = anApi();
  const reply = await withScopes(['write'], agent.id)('post', '/users/create_many', { users: [{ name: 'X' }] });
  expect(reply.status).toBe(403);
});
