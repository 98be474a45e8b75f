// Tests schedules, SLA policies, queues, support addresses, memberships and suspended tickets.
import { anApi } from '../testing/an-api.ts';

it('returns a schedule and its holidays', async () => {
  const { account, as } = anApi();
  const schedule = account.schedules.create(
    {
      name: 'Office',
      time_zone: 'Pacific Time (US & Canada)',
      intervals: [{ start_time: 1_980, end_time: 2_520 }],
      holidays: [{ id: 1, name: 'New Year', start_date: '2027-01-01', end_date: '2027-01-01' }],
    },
    { id: account.ownerId },
  );
  const path = '/business_hours/schedules';
  expect((await as('get', path)).body.schedules).toMatchObject([{ id: schedule.id, intervals: schedule.intervals }]);
  expect((await as('get', `${path}/${schedule.id}.json`)).body.schedule).not.toHaveProperty('holidays');
  expect((await as('get', `${path}/${schedule.id}/holidays`)).body).toEqual({ holidays: schedule.holidays });
  expect((await as('get', `${path}/${schedule.id}/holidays/2`)).status).toBe(404);
  expect((await as('put', `${path}/${schedule.id}`, { schedule: { name: 'Other' } })).status).toBe(404);
});

it('recovers a suspended mail as a ticket: a single one for the caller, several for their senders', async () => {
  const { account, as, admin } = anApi();
  const mail = { name: 'Rosa', email: 'rosa@example.com', subject: 'Tent', content: 'It leaks' };
  const [one, other] = [account.suspendedTickets.suspend(mail), account.suspendedTickets.suspend(mail)];
  const single = await as('put', `/suspended_tickets/${one?.id}/recover`);
  expect(single.body.ticket).toMatchObject([{ subject: 'Tent', description: 'It leaks', requester_id: admin.id }]);
  const many = await as('put', `/suspended_tickets/recover_many?ids=${other?.id}`);
  expect(many.body.tickets).toMatchObject([{ requester_id: account.users.findByEmail(mail.email)?.id }]);
  expect((await as('get', '/suspended_tickets')).body.suspended_tickets).toEqual([]);
  expect((await as('put', `/suspended_tickets/${one?.id}/recover`)).status).toBe(404);
});

it('adds a user to an organization and removes them', async () => {
  const { account, as, customer } = anApi();
  const organization = (await as('post', '/organizations', { organization: { name: 'Acme' } })).body.organization;
  const membership = { user_id: customer.id, organization_id: organization.id };
  const made = await as('post', '/organization_memberships', { organization_membership: membership });
  expect([made.status, made.body.organization_membership]).toMatchObject([201, membership]);
  expect(account.users.find(customer.id)?.organization_id).toBe(organization.id);
  expect((await as('delete', `/organization_memberships/${customer.id}`)).status).toBe(204);
  expect(account.users.find(customer.id)?.organization_id).toBeNull();
});

it("changes the agent's default group", async () => {
  const { account, as, agent, admin } = anApi();
  const group = (await as('post', '/groups', { group: { name: 'Second' } })).body.group;
  const added = account.groups.addMember(agent.id, group.id, { id: admin.id });
  const id = added.ok ? added.value.id : 0;
  const reply = await as('put', `/users/${agent.id}/group_memberships/${id}/make_default`);
  const defaults = reply.body.group_memberships.filter((one: { default: boolean }) => one.default);
  expect(defaults).toMatchObject([{ id }]);
  expect(account.users.find(agent.id)?.default_group_id).toBe(group.id);
});

it('shows admins the queues of omnichannel routing with the names of their groups', async () => {
  const { account, as } = anApi();
  const by = { id: account.ownerId };
  const group = account.groups.create({ name: 'Second line' }, by);
  if (!group.ok) throw new Error('no group');
  const queue = account.queues.create(
    {
      name: 'Urgent',
      description: '',
      order: 1,
      priority: 1,
      definition: { all: [{ field: 'priority', operator: 'is', value: 'urgent' }], any: [] },
      primary_group_ids: [group.value.id],
      secondary_group_ids: [],
    },
    by,
  );
  const shown = { id: String(queue.id), primary_groups: { count: 1, groups: [{ name: 'Second line' }] } };
  expect((await as('get', '/queues')).body.queues).toMatchObject([shown]);
  expect((await as('get', `/queues/${queue.id}`)).body.queue).toMatchObject(shown);
  expect((await as('get', '/queues/7')).status).toBe(404);
});
