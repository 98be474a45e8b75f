import { expectOk } from '../../account/result.ts';
import type { TicketRestriction } from '../../account/types.ts';
import { anApi } from '../testing/an-api.ts';

/** Ticket 1 is nobody's, 2 in the agent's group, 3 the agent's own outside of it, 4 of the agent's organization, 5 asked by the agent. */
function fiveTickets(restriction: TicketRestriction | null) {
  const api = anApi();
  const { account, admin, agent, group, aTicket } = api;
  const by = { id: admin.id };
  const other = expectOk(account.groups.create({ name: 'Other' }, by));
  expectOk(account.groups.addMember(agent.id, other.id, by));
  const [membership] = account.groups.memberships({ user_id: agent.id }).filter((one) => one.group_id === other.id);
  const organization = expectOk(account.organizations.create({ name: 'Acme' }, by));
  aTicket();
  aTicket({ group_id: group.id });
  aTicket({ group_id: other.id, assignee_id: agent.id });
  aTicket();
  expectOk(account.tickets.update(4, { organization_id: organization.id }, by));
  aTicket({ requester_id: agent.id });
  expectOk(account.groups.removeMember(membership?.id ?? 0, by));
  const changes = { ticket_restriction: restriction, organization_id: organization.id };
  expectOk(account.users.update(agent.id, changes, by));
  return { ...api, asAgent: api.withScopes(['read', 'write'], agent.id) };
}

describe('an agent with a ticket restriction', () => {
  it.each([
    [null, [1, 2, 3, 4, 5]],
    ['groups', [2, 3]],
    ['organization', [4]],
    ['assigned', [3]],
    ['requested', [5]],
  ] as const)('%s lists, finds, counts and views only %j', async (restriction, seen) => {
    const { asAgent } = fiveTickets(restriction);
    const ids = (rows: { id: number }[]) => rows.map(({ id }) => id).toSorted((a, b) => a - b);
    expect(ids((await asAgent('get', '/tickets')).body.tickets)).toEqual(seen);
    expect(ids((await asAgent('get', '/search?query=type:ticket')).body.results)).toEqual(seen);
    expect((await asAgent('get', '/tickets/count')).body.count.value).toBe(seen.length);
    const all = [{ field: 'status', operator: 'less_than', value: 'solved' }];
    const preview = await asAgent('post', '/views/preview', { view: { all } });
    expect(preview.body.rows).toHaveLength(seen.length);
  });

  it('gets 403 for all other tickets on every route, and changes none of them', async () => {
    const { asAgent, account } = fiveTickets('groups');
    const paths = ['', '/comments', '/audits', '/metrics', '/tags'].map((end) => `/tickets/1${end}`);
    for (const path of paths) expect([path, (await asAgent('get', path)).status]).toEqual([path, 403]);
    expect((await asAgent('put', '/tickets/1', { ticket: { priority: 'high' } })).status).toBe(403);
    expect((await asAgent('get', '/tickets/show_many?ids=1,2')).body.tickets).toHaveLength(1);
    expect((await asAgent('post', '/tickets/2/merge', { ids: [1] })).status).toBe(200);
    expect((await asAgent('get', '/tickets/99')).status).toBe(404);
    expect((await asAgent('put', '/tickets/2', { ticket: { priority: 'high' } })).status).toBe(200);
    expect(account.tickets.find(1)).toMatchObject({ priority: null, status: 'new' });
  });

  it('neither sees nor records skips of other tickets', async () => {
    const { asAgent, account, admin } = fiveTickets('groups');
    for (const ticket_id of [1, 2]) expectOk(account.skips.record({ ticket_id, reason: 'hard' }, { id: admin.id }));
    const { skips } = (await asAgent('get', '/skips')).body;
    expect(skips).toMatchObject([{ ticket_id: 2 }]);
    expect((await asAgent('get', `/users/${admin.id}/skips`)).body.skips).toHaveLength(1);
    expect((await asAgent('post', '/skips', { skip: { ticket_id: 1, reason: 'x' } })).status).toBe(403);
    expect(account.skips.list()).toHaveLength(2);
  });

  it('has a restriction and custom role in the API, which only admins change', async () => {
    const { as, agent, account, clock, asAgent } = fiveTickets('groups');
    const role = account.customRoles.create(
      { name: 'Trainee', description: 'Learns', ticket_access: 'within-groups' },
      clock.now(),
    );
    const put = await as('put', `/users/${agent.id}`, { user: { custom_role_id: role.id } });
    expect(put.body.user).toMatchObject({ ticket_restriction: 'groups', custom_role_id: role.id });
    const roles = await as('get', '/custom_roles.json');
    expect(roles.body.custom_roles).toMatchObject([{ id: role.id, name: 'Trainee', team_member_count: 1 }]);
    expect((await as('get', `/custom_roles/${role.id}.json`)).body.custom_role.configuration).toMatchObject({
      ticket_access: 'within-groups',
      ticket_editing: true,
    });
    const widened = await asAgent('put', `/users/${agent.id}`, { user: { ticket_restriction: null } });
    expect(widened.status).toBe(403);
  });
});
