// Lists the recorded calls about views, triggers, macros, automations, fields and webhooks.
import type { RecordedAccount } from './recorded-account.ts';
import type { RecordedClient } from './recorded-client.ts';
import type { RecordedCalls } from './recorded-shapes.ts';

type CrudCalls = (client: RecordedClient, path: string, key: string, fields: object) => RecordedCalls;

const unsolved = [{ field: 'status', operator: 'less_than', value: 'solved' }];
const hours = { field: 'SOLVED', operator: 'greater_than', value: '96' };

export function ruleCalls(client: RecordedClient, account: RecordedAccount, crudCalls: CrudCalls): RecordedCalls {
  const { call } = client;
  const get = (path: string) => call('GET', path);
  const pages = async (path: string) => [await get(`${path}?per_page=100`), await get(`${path}?page[size]=100`)];
  const actions = [{ field: 'status', value: 'open' }];
  const field = { title: '<new>', type: 'text', description: 'd' };
  return {
    ...crudCalls(client, '/views', 'view', { title: '<new>', all: unsolved }),
    ...crudCalls(client, '/macros', 'macro', { title: '<new>', actions }),
    ...crudCalls(client, '/triggers', 'trigger', { title: '<new>', conditions: { all: unsolved }, actions }),
    ...crudCalls(client, '/automations', 'automation', { title: '<new>', all: [...unsolved, hours], actions }),
    ...crudCalls(client, '/ticket_fields', 'ticket_field', { title: '<new>', type: 'text' }),
    ...crudCalls(client, '/user_fields', 'user_field', { ...field, key: '<new>' }),
    ...crudCalls(client, '/organization_fields', 'organization_field', { ...field, key: '<new>' }),
    ...crudCalls(client, '/custom_statuses', 'custom_status', { agent_label: '<new>', status_category: 'open' }),
    ...crudCalls(client, '/recipient_addresses', 'recipient_address', { email: '<new>', name: 'Help' }),
    'GET /api/v2/recipient_addresses 200': () => pages('/recipient_addresses'),
    'GET /api/v2/views 200': () => pages('/views'),
    'GET /api/v2/views/active 200': async () => [await get('/views/active')],
    'GET /api/v2/views/compact 200': async () => [await get('/views/compact')],
    'GET /api/v2/views/count 200': async () => [await get('/views/count')],
    'GET /api/v2/views/:id/count 200': async () => [await get(`/views/${account.view.id}/count`)],
    'GET /api/v2/views/:id/tickets 200': async () => [
      await get(`/views/${account.view.id}/tickets?per_page=1`),
      await get(`/views/${account.view.id}/tickets?page[size]=1`),
    ],
    'GET /api/v2/triggers 200': () => pages('/triggers'),
    'GET /api/v2/macros 200': () => pages('/macros'),
    'GET /api/v2/automations 200': () => pages('/automations'),
    'GET /api/v2/brands/:id 200': async () => [await get(`/brands/${client.zendesk.account.brands.list()[0]?.id}`)],
    ...webhookCalls(client, account),
  };
}

function webhookCalls({ call, receiver, zendesk }: RecordedClient, account: RecordedAccount): RecordedCalls {
  const path = `/webhooks/${account.webhook.id}`;
  const fields = {
    name: 'Another',
    description: 'One more',
    endpoint: receiver.url,
    http_method: 'POST',
    request_format: 'json',
    status: 'active',
    subscriptions: ['zen:event-type:ticket.created'],
    authentication: { type: 'basic_auth', data: { username: 'u', password: 'p' }, add_position: 'header' },
  };
  const webhook = { webhook: fields };
  const another = () => {
    const by = { id: account.adminId };
    const made = zendesk.account.webhooks.create({ name: 'Short', endpoint: receiver.url }, by);
    return made.ok ? `/webhooks/${made.value.id}` : '';
  };
  return {
    'GET /api/v2/webhooks 200': async () => [await call('GET', '/webhooks')],
    'GET /api/v2/webhooks/:hash 200': async () => [await call('GET', path)],
    'GET /api/v2/webhooks/:hash/invocations 200': async () => [await call('GET', `${path}/invocations`)],
    'GET /api/v2/webhooks/:hash/invocations/:hash/attempts 200': async () => [
      await call('GET', `${path}/invocations/${account.invocation}/attempts`),
    ],
    'GET /api/v2/webhooks/:hash/signing_secret 200': async () => [await call('GET', `${path}/signing_secret`)],
    'POST /api/v2/webhooks/:hash/signing_secret 201': async () => [await call('POST', `${path}/signing_secret`)],
    'POST /api/v2/webhooks 201': async () => [await call('POST', '/webhooks', webhook)],
    'POST /api/v2/webhooks/test 200': async () => [
      await call('POST', `/webhooks/test?webhook_id=${account.webhook.id}`, { request: {} }),
    ],
    'PATCH /api/v2/webhooks/:hash 204': async () => [await call('PATCH', path, { webhook: { name: 'Patched' } })],
    'PUT /api/v2/webhooks/:hash 204': async () => [await call('PUT', path, webhook)],
    'DELETE /api/v2/webhooks/:hash 204': async () => [await call('DELETE', another())],
  };
}
