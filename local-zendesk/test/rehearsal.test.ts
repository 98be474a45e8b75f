import { createClock } from '../src/clock.ts';
import { type LocalZendesk, startLocalZendesk } from '../src/server.ts';
import { until } from '../src/testing/until.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../src/testing/webhook-receiver.ts';
import { sign } from '../src/webhooks/request-headers.ts';

/** The parts of answers these tests look at. */
interface Answer {
  access_token: string;
  webhook: { id: string };
  signing_secret: { secret: string };
  ticket: { id: number };
  invocations: { status: string }[];
  views: { id: number; title: string; execution: { sort_by: string; sort_order: string; columns: { id: string }[] } }[];
}

let zendesk: LocalZendesk;
let receiver: WebhookReceiver;
let token = '';

beforeEach(async () => {
  zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 10, clock: createClock() });
  receiver = await startWebhookReceiver();
  const grant = {
    grant_type: 'client_credentials',
    client_id: 'deskwright',
    client_secret: 'deskwright',
    scope: 'read write',
  };
  token = (await call('POST', '/oauth/tokens', grant)).body.access_token;
});
afterEach(async () => {
  await zendesk.stop();
  await receiver.stop();
});

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }> {
  const response = await fetch(zendesk.url + path, {
    method,
    headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Answer };
}

async function subscribe(subscriptions: string[]): Promise<{ id: string; secret: string }> {
  const webhook = {
    name: 'rehearsal',
    endpoint: receiver.url,
    http_method: 'POST',
    request_format: 'json',
    status: 'active',
    subscriptions,
  };
  const made = await call('POST', '/api/v2/webhooks', { webhook });
  expect(made.status).toBe(201);
  const id = made.body.webhook.id;
  const secret = await call('GET', `/api/v2/webhooks/${id}/signing_secret`);
  return { id, secret: secret.body.signing_secret.secret };
}

test('sends a subscriber a signed webhook for each change over the API, and logs the delivery', async () => {
  const { id, secret } = await subscribe(['zen:event-type:ticket.created', 'zen:event-type:ticket.tags_changed']);
  const made = await call('POST', '/api/v2/tickets', {
    ticket: { subject: 'hi', comment: { body: 'the tent leaks' } },
  });
  const ticketId = made.body.ticket.id;
  await call('PUT', `/api/v2/tickets/${ticketId}`, { ticket: { additional_tags: ['category__warranty'] } });
  await until(() => receiver.received.length === 2);

  for (const { headers, body } of receiver.received) {
    const timestamp = String(headers['x-zendesk-webhook-signature-timestamp']);
    expect(headers['x-zendesk-webhook-signature']).toBe(sign(secret, timestamp, body));
  }
  const types = receiver.received.map(({ body }) => (JSON.parse(body) as { type: string }).type).toSorted();
  expect(types).toEqual(['zen:event-type:ticket.created', 'zen:event-type:ticket.tags_changed']);

  const { invocations } = (await call('GET', `/api/v2/webhooks/${id}/invocations`)).body;
  expect(invocations.map(({ status }) => status)).toEqual(['success', 'success']);
});

test('a webhook can be tested before it is saved', async () => {
  receiver.answerWith({ status: 200, body: 'hello' });
  const webhook = { endpoint: receiver.url, http_method: 'POST', request_format: 'json' };
  const { status, body } = await call('POST', '/api/v2/webhooks/test', { request: webhook, webhook });
  expect(status).toBeLessThan(300);
  expect(receiver.received).toHaveLength(1);
  expect(JSON.stringify(body)).toContain('hello');
});

test("an account's own trigger calls a webhook with the body from its action", async () => {
  const { id } = await subscribe(['conditional_ticket_events']);
  const trigger = {
    title: 'Call us',
    conditions: { all: [{ field: 'update_type', operator: 'is', value: 'Create' }], any: [] },
    actions: [{ field: 'notification_webhook', value: [id, '{"ticket_id": {{ticket.id}}}'] }],
  };
  expect((await call('POST', '/api/v2/triggers', { trigger })).status).toBe(201);
  const made = await call('POST', '/api/v2/tickets', { ticket: { subject: 'hi', comment: { body: 'hello' } } });
  await until(() => receiver.received.length === 1);
  const ticketId = made.body.ticket.id;
  expect(JSON.parse(receiver.received[0]?.body ?? '')).toEqual({ ticket_id: ticketId });
});

test('moving the clock expires a token and makes a retry due', async () => {
  const { id } = await subscribe(['zen:event-type:ticket.created']);
  receiver.answerWith({ status: 503, headers: { 'retry-after': '30' } }, { status: 200 });
  await call('POST', '/api/v2/tickets', { ticket: { subject: 'hi', comment: { body: 'hello' } } });
  await until(() => zendesk.webhooks.invocations(id)[0]?.status === 'retrying');
  await call('POST', '/control/clock', { advance: '31m' });
  await until(() => receiver.received.length === 2);
  expect((await call('GET', '/api/v2/views')).status).toBe(401);
});

test("the seeded views are newest first, and the agents' page shows them in the API's order", async () => {
  const { views } = (await call('GET', '/api/v2/views')).body;
  const view = views.find(({ title }) => title === 'Unassigned');
  expect(view?.execution).toMatchObject({ sort_by: 'created', sort_order: 'desc' });
  const columns = view?.execution.columns.map((column) => column.id);
  const output = { columns, sort_by: 'created', sort_order: 'asc' };
  expect((await call('PUT', `/api/v2/views/${view?.id}`, { view: { output } })).status).toBe(200);
  const agent = zendesk.account.users.findByEmail('priya@northwind.test')?.id;
  const page = await fetch(`${zendesk.url}/agent/views/${view?.id}`, {
    headers: { cookie: `local_zendesk_agent=${agent}` },
  });
  expect(await page.text()).toContain('oldest first');
});
