import type { Deliveries } from '../../webhooks/deliveries.ts';
import { anApi } from '../testing/an-api.ts';

describe('webhooks', () => {
  const webhook = {
    name: 'Ours',
    status: 'active',
    endpoint: 'http://127.0.0.1:4600/webhooks/zendesk',
    http_method: 'POST',
    request_format: 'json',
    subscriptions: ['zen:event-type:ticket.created'],
    authentication: { type: 'bearer_token', data: { token: 'very secret' }, add_position: 'header' },
  };

  it('are created, updated and deleted, and never show their secrets', async () => {
    const { as } = anApi();
    const made = await as('post', '/webhooks', { webhook });
    expect(made.status).toBe(201);
    expect(made.body.webhook.id).toMatch(/^[0-9A-Z]{26}$/);
    expect(JSON.stringify(made.body)).not.toContain('secret');
    const path = `/webhooks/${made.body.webhook.id}`;
    expect((await as('patch', path, { webhook: { name: 'Renamed' } })).status).toBe(204);
    expect((await as('get', path)).body.webhook).toMatchObject({ name: 'Renamed', endpoint: webhook.endpoint });
    expect((await as('put', path, { webhook })).status).toBe(204);
    expect((await as('get', '/webhooks')).body).toMatchObject({
      webhooks: [{ name: 'Ours' }],
      meta: { has_more: false },
    });
    const secret = (await as('get', `${path}/signing_secret`)).body.signing_secret;
    const fresh = (await as('post', `${path}/signing_secret`)).body.signing_secret;
    expect(secret.algorithm).toBe('SHA256');
    expect(fresh.secret).not.toBe(secret.secret);
    expect((await as('delete', path)).status).toBe(204);
    expect((await as('get', path)).status).toBe(404);
  });

  it('cannot mix or change their kind', async () => {
    const { as } = anApi();
    const mixed = [...webhook.subscriptions, 'conditional_ticket_events'];
    expect((await as('post', '/webhooks', { webhook: { ...webhook, subscriptions: mixed } })).status).toBe(422);
    const { body } = await as('post', '/webhooks', { webhook });
    const change = { webhook: { subscriptions: ['conditional_ticket_events'] } };
    expect((await as('patch', `/webhooks/${body.webhook.id}`, change)).status).toBe(422);
  });

  it('subscribe to exact event types only: a pattern or an unknown one is refused and named', async () => {
    const { as } = anApi();
    for (const name of ['zen:event-type:ticket.*', 'zen:event-type:ticket.updated', 'ticket.created', '*']) {
      const subscriptions = ['zen:event-type:ticket.created', name];
      const refused = await as('post', '/webhooks', { webhook: { ...webhook, subscriptions } });
      expect([refused.status, refused.body.error.message]).toEqual([400, expect.stringContaining(`"${name}"`)]);
    }
    expect((await as('get', '/webhooks')).body.webhooks).toEqual([]);
    const made = await as('post', '/webhooks', {
      webhook: { ...webhook, subscriptions: ['zen:event-type:ticket.merged', 'zen:event-type:user.created'] },
    });
    expect(made.status).toBe(201);
    const change = { webhook: { subscriptions: ['zen:event-type:ticket.*'] } };
    expect((await as('patch', `/webhooks/${made.body.webhook.id}`, change)).status).toBe(400);
  });

  it('are tested and monitored through the sender', async () => {
    const tested: unknown[] = [];
    const deliveries: Deliveries = {
      invocations: () => [
        { id: 'i1', latest_completed_at: '2026-11-16T09:00:00Z', status: 'success', status_code: 200 },
      ],
      attempts: (_webhook, id) => (id === 'i1' ? [] : null),
      test: async (target, options) => {
        tested.push([target.endpoint, options?.secret]);
        return { status_code: 202, headers: [], payload: 'ok' };
      },
    };
    const { as, account } = anApi({ deliveries });
    const { body } = await as('post', '/webhooks', { webhook });
    const { id } = body.webhook;
    expect((await as('post', `/webhooks/test?webhook_id=${id}`)).body.response.status_code).toBe(202);
    await as('post', '/webhooks/test', { request: { endpoint: 'http://127.0.0.1:1/x' } });
    expect(tested).toEqual([
      [webhook.endpoint, account.webhooks.find(id)?.signing_secret],
      ['http://127.0.0.1:1/x', undefined],
    ]);
    expect((await as('get', `/webhooks/${id}/invocations`)).body.invocations[0].id).toBe('i1');
    expect((await as('get', `/webhooks/${id}/invocations/i1/attempts`)).status).toBe(200);
    expect((await as('get', `/webhooks/${id}/invocations/i2/attempts`)).status).toBe(404);
  });
});

describe('triggers', () => {
  const trigger = {
    title: 'Urgent',
    conditions: { all: [{ field: 'update_type', operator: 'is', value: 'Create' }] },
    actions: [{ field: 'priority', value: 'urgent' }],
  };

  it('created over the API run on the next ticket', async () => {
    const { as, aTicket } = anApi();
    const made = await as('post', '/triggers.json', { trigger });
    expect([made.status, made.body.trigger.position]).toEqual([201, 1]);
    expect(aTicket().priority).toBe('urgent');
    expect((await as('get', '/triggers/definitions')).body.definitions.actions.length).toBeGreaterThan(5);
    expect((await as('delete', `/triggers/${made.body.trigger.id}`)).status).toBe(204);
  });

  it('are reordered only all together', async () => {
    const { as } = anApi();
    const one = (await as('post', '/triggers', { trigger })).body.trigger.id;
    const two = (await as('post', '/triggers', { trigger: { ...trigger, title: 'Second' } })).body.trigger.id;
    expect((await as('put', '/triggers/reorder', { trigger_ids: [two] })).status).toBe(400);
    await as('put', '/triggers/reorder', { trigger_ids: [two, one] });
    const { body } = await as('get', '/triggers');
    expect(body.triggers.map((each: { id: number }) => each.id)).toEqual([two, one]);
  });
});

describe('macros', () => {
  it('are previews: applying one writes nothing', async () => {
    const { as, aTicket } = anApi();
    aTicket({ tags: ['a'] });
    const actions = [
      { field: 'status', value: 'pending' },
      { field: 'current_tags', value: 'b' },
      { field: 'comment_value', value: 'Hello' },
    ];
    const { body } = await as('post', '/macros', { macro: { title: 'Ask', actions } });
    const preview = await as('get', `/tickets/1/macros/${body.macro.id}/apply`);
    expect(preview.body.result.ticket).toMatchObject({
      id: 1,
      status: 'pending',
      tags: ['a', 'b'],
      comment: { body: 'Hello' },
    });
    expect((await as('get', '/tickets/1')).body.ticket.status).toBe('new');
  });
});

describe('fields and statuses', () => {
  it('a dropdown created over the API sets tags', async () => {
    const { as, aTicket } = anApi();
    const custom_field_options = [{ name: 'Refund', value: 'category__refund' }];
    const made = await as('post', '/ticket_fields', {
      ticket_field: { type: 'tagger', title: 'Category', custom_field_options },
    });
    expect(made.status).toBe(201);
    aTicket({ tags: ['category__refund'] });
    const { body } = await as('get', '/tickets/1');
    expect(body.ticket.custom_fields).toEqual([{ id: made.body.ticket_field.id, value: 'category__refund' }]);
  });

  it('a custom status has its category', async () => {
    const { as, aTicket } = anApi();
    const custom_status = { status_category: 'hold', agent_label: 'Waiting for warehouse' };
    const { body } = await as('post', '/custom_statuses', { custom_status });
    aTicket();
    const updated = await as('put', '/tickets/1', { ticket: { custom_status_id: body.custom_status.id } });
    expect(updated.body.ticket.status).toBe('hold');
    const held = await as('get', '/custom_statuses?status_categories=hold');
    expect(held.body.custom_statuses).toHaveLength(2);
  });
});

describe('people', () => {
  it('users are listed by role, searched, and created or updated in one call', async () => {
    const { as, agent, admin, customer } = anApi();
    const idsOf = (body: { users: { id: number }[] }) => body.users.map((user) => user.id);
    expect(idsOf((await as('get', '/users?role[]=agent&role[]=admin')).body)).toEqual([admin.id, agent.id]);
    expect(idsOf((await as('get', '/users/search?query=carl')).body)).toEqual([customer.id]);
    expect((await as('get', '/users/me')).body.user.id).toBe(admin.id);
    const zoe = { user: { name: 'Zoe', email: 'zoe@example.com' } };
    expect((await as('post', '/users/create_or_update', zoe)).status).toBe(201);
    const again = await as('post', '/users/create_or_update', { user: { ...zoe.user, name: 'Zoë' } });
    expect([again.status, again.body.user.name]).toEqual([200, 'Zoë']);
    expect((await as('post', '/users', zoe)).status).toBe(422);
  });

  it('groups list their members', async () => {
    const { as, group, agent, admin } = anApi();
    const joined = await as('post', '/group_memberships', {
      group_membership: { user_id: admin.id, group_id: group.id },
    });
    expect(joined.status).toBe(201);
    const { body } = await as('get', `/groups/${group.id}/users`);
    expect(body.users.map((user: { id: number }) => user.id)).toEqual([agent.id, admin.id]);
    expect((await as('get', `/users/${agent.id}/groups`)).body.groups[0].name).toBe('Support');
    expect((await as('delete', `/group_memberships/${joined.body.group_membership.id}`)).status).toBe(204);
  });

  it('organizations and brands are managed', async () => {
    const { as } = anApi();
    const { body } = await as('post', '/organizations', { organization: { name: 'Acme' } });
    expect((await as('get', '/organizations/search?name=Acme')).body.organizations[0].id).toBe(body.organization.id);
    expect((await as('get', '/brands')).body.brands[0].default).toBe(true);
  });
});

it('the audit log records who changed a view, and skips are stored with their reason', async () => {
  const { as, admin, aTicket, withScopes, agent } = anApi();
  const all = [{ field: 'status', operator: 'is', value: 'open' }];
  const { body } = await as('post', '/views', { view: { title: 'Open', all } });
  await as('put', `/views/${body.view.id}`, { view: { title: 'Opened' } });
  const logs = await as('get', `/audit_logs?filter[source_type]=rule&filter[source_id]=${body.view.id}`);
  expect(logs.body.audit_logs[0]).toMatchObject({
    actor_id: admin.id,
    action: 'update',
    source_label: 'View: Opened',
    change_description: 'title changed from Open to Opened',
  });
  aTicket();
  await withScopes(['read', 'write'], agent.id)('post', '/skips', { skip: { ticket_id: 1, reason: 'Too hard' } });
  expect((await as('get', '/tickets/1/skips')).body.skips[0]).toMatchObject({ user_id: agent.id, reason: 'Too hard' });
});
