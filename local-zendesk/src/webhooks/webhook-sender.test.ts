import type { Webhook } from '../account/access.ts';
import { createClock } from '../clock.ts';
import { aChange, aTicket, aWebhook } from '../testing/builders.ts';
import { until } from '../testing/until.ts';
import { type ReceivedRequest, startWebhookReceiver, type WebhookReceiver } from '../testing/webhook-receiver.ts';
import { sign, TEST_DELIVERY_SECRET } from './request-headers.ts';
import { createWebhookSender, type WebhookSender, type WebhookSenderDeps } from './webhook-sender.ts';

const aRequest: ReceivedRequest = { method: '', path: '', headers: {}, body: '' };
let receiver: WebhookReceiver;
let sender: WebhookSender | undefined;
const clock = createClock();

beforeEach(async () => {
  receiver = await startWebhookReceiver();
});

afterEach(async () => {
  sender?.stop();
  await receiver.stop();
});

function aSender(webhooks: Webhook[], given: Partial<WebhookSenderDeps> = {}): WebhookSender {
  let made = 0;
  sender = createWebhookSender({
    accountId: 22129848,
    webhooks: { list: () => webhooks, find: (id) => webhooks.find((webhook) => webhook.id === id) },
    clock,
    nameOf: () => 'Rosa Lindqvist',
    newEventId: () => `event-${++made}`,
    newInvocationId: () => `invocation-${++made}`,
    timeoutMs: 10_000,
    ...given,
  });
  return sender;
}

const finished = () => until(() => sender?.unfinished() === 0);

test('sends a subscribed webhook the envelope with headers and a valid signature', async () => {
  const webhook = aWebhook({ endpoint: receiver.url });
  aSender([webhook]).ticketChanged(aChange());
  await finished();
  const [request] = receiver.received;
  expect(request?.method).toBe('POST');
  expect(JSON.parse(request?.body ?? '')).toMatchObject({ type: 'zen:event-type:ticket.created' });
  const headers = request?.headers ?? {};
  expect(headers['content-type']).toContain('application/json');
  expect(headers['user-agent']).toBe('Zendesk Webhook');
  expect(headers['x-zendesk-account-id']).toBe('22129848');
  expect(headers['x-zendesk-webhook-id']).toBe(webhook.id);
  expect(headers['x-zendesk-webhook-invocation-id']).toMatch(/^invocation-/);
  const timestamp = String(headers['x-zendesk-webhook-signature-timestamp']);
  expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(headers['x-zendesk-webhook-signature']).toBe(sign(webhook.signing_secret, timestamp, request?.body ?? ''));
});

test('sends nothing to an inactive webhook or one for other events', async () => {
  aSender([
    aWebhook({ endpoint: receiver.url, status: 'inactive' }),
    aWebhook({ endpoint: receiver.url, subscriptions: ['zen:event-type:ticket.status_changed'] }),
  ]).ticketChanged(aChange());
  await finished();
  expect(receiver.received).toEqual([]);
});

test("calls a trigger's webhook with its own method, format, login and the body of the action", async () => {
  const webhook = aWebhook({
    endpoint: receiver.url,
    http_method: 'PUT',
    request_format: 'form_encoded',
    subscriptions: ['conditional_ticket_events'],
    authentication: { type: 'basic_auth', data: { username: 'u', password: 'p' }, add_position: 'header' },
    custom_headers: { 'x-only-over': 'https' },
  });
  aSender([webhook]).triggerFired({ webhookId: webhook.id, body: 'ticket_id=7', ticketId: 7, at: 0 });
  await finished();
  const [request] = receiver.received;
  expect(request).toMatchObject({ method: 'PUT', body: 'ticket_id=7' });
  expect(request?.headers.authorization).toBe('Basic dTpw');
  expect(request?.headers['content-type']).toContain('application/x-www-form-urlencoded');
  expect(request?.headers['x-only-over']).toBeUndefined();
});

test('retries a 503 after retry-after by the clock, with the same invocation id', async () => {
  receiver.answerWith({ status: 503, headers: { 'retry-after': '30' } }, { status: 200 });
  const webhook = aWebhook({ endpoint: receiver.url });
  const { invocations, attempts, ticketChanged } = aSender([webhook]);
  ticketChanged(aChange());
  await until(() => invocations(webhook.id)[0]?.status === 'retrying');
  expect(receiver.received).toHaveLength(1);
  clock.advance(30_000);
  await finished();
  const ids = receiver.received.map(({ headers }) => headers['x-zendesk-webhook-invocation-id']);
  expect(ids).toEqual([ids[0], ids[0]]);
  expect(invocations(webhook.id)).toMatchObject([{ status: 'success', status_code: 200 }]);
  expect(attempts(webhook.id, String(ids[0]))).toMatchObject([
    { status: 'failed', status_code: 503 },
    { status: 'success', status_code: 200 },
  ]);
});

test('does not retry a plain 500', async () => {
  receiver.answerWith({ status: 500 });
  const webhook = aWebhook({ endpoint: receiver.url });
  const { ticketChanged, invocations } = aSender([webhook]);
  ticketChanged(aChange());
  await finished();
  expect(receiver.received).toHaveLength(1);
  expect(invocations(webhook.id)).toMatchObject([{ status: 'failed', status_code: 500 }]);
});

test('lists a throttled delivery as lost', async () => {
  const webhook = aWebhook({ endpoint: receiver.url });
  const fates = [{ copies: 0, delayMs: 0, lostAs: 'throttled' as const }];
  const { ticketChanged, invocations } = aSender([webhook], {
    fateOfDelivery: () => fates.pop() ?? { copies: 1, delayMs: 0 },
  });
  ticketChanged(aChange());
  ticketChanged(aChange());
  await finished();
  expect(receiver.received).toHaveLength(1);
  expect(invocations(webhook.id)).toMatchObject([{ status: 'success' }, { status: 'throttled', status_code: 0 }]);
});

test('logs a receiver that does not answer in time as 504 and retries', async () => {
  receiver.answerWith('never', { status: 204 });
  const webhook = aWebhook({ endpoint: receiver.url });
  const { ticketChanged, invocations, attempts } = aSender([webhook], { retryPauseMs: 10, timeoutMs: 1_500 });
  ticketChanged(aChange());
  await finished();
  const [invocation] = invocations(webhook.id);
  expect(invocation?.status).toBe('success');
  const codes = attempts(webhook.id, invocation?.id ?? '')?.map((attempt) => attempt.status_code) ?? [];
  // A busy machine may be late with the second answer too.
  expect(codes.length).toBeGreaterThanOrEqual(2);
  expect(codes).toEqual([...codes.slice(1).map(() => 504), 204]);
});

test('opens the circuit after 100 failures and sends nothing for the next 5 s', async () => {
  receiver.answerWith({ status: 500 });
  const webhook = aWebhook({ endpoint: receiver.url });
  const { ticketChanged, invocations } = aSender([webhook], { inFlight: 1 });
  for (let id = 1; id <= 103; id += 1) ticketChanged(aChange({ after: aTicket({ id }) }));
  await finished();
  expect(receiver.received).toHaveLength(100);
  expect(invocations(webhook.id).filter(({ status }) => status === 'circuit broken')).toHaveLength(3);
  clock.advance(5_000);
  receiver.answerWith({ status: 200 });
  ticketChanged(aChange());
  await finished();
  expect(receiver.received).toHaveLength(101);
});

test('drops, doubles or delays a delivery on demand', async () => {
  const fates = [
    { copies: 0, delayMs: 0 },
    { copies: 2, delayMs: 0 },
    { copies: 1, delayMs: 60_000 },
  ];
  const webhook = aWebhook({ endpoint: receiver.url });
  const { ticketChanged } = aSender([webhook], { fateOfDelivery: () => fates.shift() ?? { copies: 1, delayMs: 0 } });
  for (const id of [1, 2, 3]) ticketChanged(aChange({ after: aTicket({ id }) }));
  await until(() => receiver.received.length === 2);
  clock.advance(60_000);
  await finished();
  const tickets = receiver.received.map(({ body }) => (JSON.parse(body) as { subject: string }).subject);
  expect(tickets).toEqual(['zen:ticket:2', 'zen:ticket:2', 'zen:ticket:3']);
});

test('signs a test delivery before saving with the static secret, and returns the response', async () => {
  receiver.answerWith({ status: 418, body: 'short and stout' });
  const answer = await aSender([]).test(aWebhook({ endpoint: receiver.url }));
  expect(answer).toMatchObject({ status_code: 418, payload: 'short and stout' });
  const { headers, body } = receiver.received[0] ?? aRequest;
  const timestamp = String(headers['x-zendesk-webhook-signature-timestamp']);
  expect(headers['x-zendesk-webhook-signature']).toBe(sign(TEST_DELIVERY_SECRET, timestamp, body));
});

test('delivers a burst of 2,000 events, each once', async () => {
  const webhook = aWebhook({ endpoint: receiver.url });
  const { ticketChanged } = aSender([webhook]);
  for (let id = 1; id <= 2_000; id += 1) ticketChanged(aChange({ after: aTicket({ id }) }));
  await until(() => sender?.unfinished() === 0);
  expect(receiver.received).toHaveLength(2_000);
});
