import { expectOk } from '../../account/result.ts';
import { anApi } from '../testing/an-api.ts';

async function withTwoCustomers() {
  const api = anApi();
  const by = { id: api.admin.id };
  const aCustomer = (name: string) =>
    expectOk(api.account.users.create({ name, email: `${name}@x.test`, phone: '+15551234567' }, by));
  const [robin, kim] = [aCustomer('robin'), aCustomer('kim')];
  const ticket = api.aTicket({ requester_id: robin.id });
  return { ...api, robin, kim, ticket };
}

test('deletes a user, then permanently: lists and the export know only the id', async () => {
  const { as, account, clock, robin } = await withTwoCustomers();
  expect((await as('delete', `/deleted_users/${robin.id}`)).status).toBe(404);
  await as('delete', `/users/${robin.id}`);
  expect((await as('get', `/deleted_users/${robin.id}`)).body.deleted_user).toMatchObject({
    name: 'robin',
    active: false,
  });

  expect((await as('delete', `/deleted_users/${robin.id}`)).status).toBe(200);

  const gone = { id: robin.id, name: 'Permanently Deleted User', email: null, phone: null, active: false };
  expect((await as('get', '/deleted_users')).body.deleted_users).toEqual([expect.objectContaining(gone)]);
  expect((await as('get', '/deleted_users/count')).body.count.value).toBe(1);
  expect((await as('get', `/deleted_users/${robin.id}`)).status).toBe(404);
  const start = Math.floor(account.clock.now() / 1000);
  clock.forward(120);
  const { users } = (await as('get', `/incremental/users/cursor?start_time=${start - 3_600}`)).body;
  expect(users).toContainEqual(expect.objectContaining({ ...gone, permanently_deleted: true }));
});

test('merging two customers keeps one, with the tickets of both', async () => {
  const { as, account, robin, kim, ticket, agent } = await withTwoCustomers();
  const merged = await as('put', `/users/${robin.id}/merge`, { user: { id: kim.id } });
  expect(merged.body.user).toMatchObject({ id: kim.id });
  expect(account.tickets.find(ticket.id)?.requester_id).toBe(kim.id);
  expect(account.users.find(robin.id)).toMatchObject({ active: false, permanently_deleted: false });
  expect((await as('put', `/users/${agent.id}/merge`, { user: { id: kim.id } })).status).toBe(422);
});
