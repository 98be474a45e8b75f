// Builds the account for the comparison with recorded answers.
import { expectOk } from '../src/account/result.ts';
import { until } from '../src/testing/until.ts';
import type { RecordedClient } from './recorded-client.ts';

const idOf = (one: { id: number } | undefined): number => one?.id ?? 0;

/** Mostly what a fresh account of a client library's own tests holds: plain things with little filled in. */
export async function furnishRecorded({ call, make, receiver, zendesk, upload }: RecordedClient) {
  const { account } = zendesk;
  const organization = await make('/organizations', 'organization', { name: 'Acme' });
  await make('/organizations', 'organization', { name: 'Beta', details: 'Big', notes: 'Old', external_id: 'b1' });
  const group = await make('/groups', 'group', { name: 'Support' });
  const adminId = idOf(account.users.findByEmail('deskwright@northwind.test'));
  const role = account.customRoles.create(
    { name: 'Admin', description: 'All', ticket_access: 'all' },
    zendesk.clock.now(),
  ).id;
  await call('PUT', `/users/${adminId}`, { user: { organization_id: organization.id, custom_role_id: role } });
  const membership = await make('/group_memberships', 'group_membership', { user_id: adminId, group_id: group.id });
  zendesk.clock.advance(3_600_000);
  // Exports from here on hold customers only, as the recorded ones do.
  const since = Math.floor(zendesk.clock.now() / 1000);
  const customer = await make('/users', 'user', {
    name: 'Carla',
    external_id: 'c1',
    details: 'd',
    notes: 'n',
    alias: 'C',
  });
  await make('/users', 'user', {
    name: 'Photo',
    email: 'photo@example.com',
    remote_photo_url: 'http://127.0.0.1/a.png',
  });
  await make('/users', 'user', { name: 'Tagged', tags: ['vip'] });
  await make('/automations', 'automation', {
    title: 'Close',
    all: [
      { field: 'status', operator: 'is', value: 'solved' },
      { field: 'SOLVED', operator: 'greater_than', value: '96' },
    ],
    actions: [{ field: 'status', value: 'closed' }],
  });
  await make('/triggers', 'trigger', {
    title: 'Tell',
    description: 'Tells the requester',
    conditions: { all: [{ field: 'update_type', operator: 'is', value: 'Create' }] },
    actions: [{ field: 'notification_user', value: ['requester_id', 'Received', 'We have it'] }],
  });
  await make('/ticket_fields', 'ticket_field', { title: 'Order', type: 'text' });
  await make('/recipient_addresses', 'recipient_address', { email: 'help@northwind.test' });
  const ticket = await make('/tickets', 'ticket', { subject: 'Wet', comment: { body: 'It leaks' } });
  const upload1 = await upload('/uploads?filename=a.txt', 'hello');
  const token = (upload1.body as { upload?: { token: string } } | undefined)?.upload?.token;
  const withFile = await make('/tickets', 'ticket', {
    subject: 'File',
    comment: { body: 'See file', ...(token !== undefined && { uploads: [token] }) },
  });
  await call('PUT', `/tickets/${ticket.id}`, { ticket: { tags: ['wet'], priority: 'low' } });
  const unsolved = [{ field: 'status', operator: 'less_than', value: 'solved' }];
  const view = await make('/views', 'view', { title: 'Unsolved', all: unsolved });
  await make('/views', 'view', {
    title: 'Grouped',
    description: 'By status',
    all: unsolved,
    output: { columns: ['status', 'description'], group_by: 'status', sort_by: 'nice_id', sort_order: 'asc' },
  });
  const action = { field: 'status', value: 'open' };
  const macro = await make('/macros', 'macro', { title: 'Open', actions: [action] });
  const webhook = expectOk(
    account.webhooks.create(
      {
        name: 'Hook',
        description: 'Ours',
        endpoint: receiver.url,
        subscriptions: ['zen:event-type:ticket.created'],
        authentication: { type: 'basic_auth', data: { username: 'u', password: 'p' }, add_position: 'header' },
      },
      { id: adminId },
    ),
  );
  receiver.answerWith({ status: 200, headers: { 'x-seen': 'yes' }, body: 'thanks' });
  await make('/tickets', 'ticket', { subject: 'Heard', comment: { body: 'It leaks' } });
  await until(() => zendesk.webhooks.unfinished() === 0);
  const invocation = zendesk.webhooks.invocations(webhook.id)[0]?.id ?? '';
  zendesk.clock.advance(3_600_000);
  return {
    since,
    organization,
    group,
    adminId,
    role,
    membership,
    customer,
    ticket,
    withFile,
    view,
    macro,
    webhook,
    invocation,
  };
}

export type RecordedAccount = Awaited<ReturnType<typeof furnishRecorded>>;
