import request from 'supertest';
import { expectOk } from '../account/result.ts';
import { aPackage } from '../apps/testing/a-package.ts';
import { type LocalZendesk, startLocalZendesk } from '../server.ts';
import { until } from '../testing/until.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../testing/webhook-receiver.ts';

let zendesk: LocalZendesk;
let receiver: WebhookReceiver;

beforeEach(async () => {
  zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0 });
  receiver = await startWebhookReceiver();
});
afterEach(async () => {
  await zendesk.stop();
  await receiver.stop();
});

const control = () => request(zendesk.url);
const rosa = { email: 'rosa@mail.test', subject: 'money back', message: 'it leaks' };
const subscribe = () =>
  expectOk(
    zendesk.account.webhooks.create(
      {
        name: 'test',
        endpoint: receiver.url,
        http_method: 'POST',
        request_format: 'json',
        status: 'active',
        subscriptions: ['zen:event-type:ticket.created', 'zen:event-type:ticket.status_changed'],
      },
      { id: zendesk.account.ownerId },
    ),
  );

test('returns the whole state', async () => {
  const { body } = await control().get('/control').expect(200);
  expect(body).toMatchObject({ clock: { ahead_ms: 0 }, tickets: 0, mails: 0, trickle: { on: false } });
});

test('moves the clock', async () => {
  const { body } = await control().post('/control/clock').send({ advance: '24h' }).expect(200);
  expect(body).toMatchObject({ clock: { ahead_ms: 86_400_000 } });
  expect(zendesk.clock.now() - Date.now()).toBeGreaterThan(86_000_000);
});

test('lets a customer write, an agent solve and the customer reopen, with webhooks for each', async () => {
  subscribe();
  const made = await control().post('/control/tickets').send(rosa).expect(201);
  const { id } = (made.body as { ticket: { id: number } }).ticket;
  await control()
    .post(`/control/tickets/${id}/agent`)
    .send({ as: 'tom@northwind.test', do: 'solve', message: 'ok' })
    .expect(200);
  const again = await control().post(`/control/tickets/${id}/customer`).send({ message: 'no!' }).expect(200);
  expect(again.body).toMatchObject({ ticket: { status: 'open' } });
  await until(() => receiver.received.length === 3);
  const events = receiver.received.map(({ body }) => JSON.parse(body) as { type: string; event: object });
  expect(events).toMatchObject([
    { type: 'zen:event-type:ticket.created' },
    { type: 'zen:event-type:ticket.status_changed', event: { previous: 'NEW', current: 'SOLVED' } },
    { type: 'zen:event-type:ticket.status_changed', event: { previous: 'SOLVED', current: 'OPEN' } },
  ]);
});

test('throttles webhooks for a while, and lists what is lost', async () => {
  const { id } = subscribe();
  const faults = await control()
    .post('/control/faults/webhooks')
    .send({ throttle: { rate: 1, for: '10m' } })
    .expect(200);
  expect(faults.body).toMatchObject({ faults: { webhooks: { throttle: { rate: 1 } } } });
  await control().post('/control/tickets').send(rosa).expect(201);
  expect(zendesk.webhooks.invocations(id)).toMatchObject([{ status: 'throttled' }]);
  await control().post('/control/clock').send({ advance: '10m' }).expect(200);
  await control()
    .post('/control/tickets')
    .send({ ...rosa, subject: 'later' })
    .expect(201);
  await until(() => receiver.received.length === 1);
  expect(receiver.received[0]?.body).toContain('later');
});

test('drops the next webhook on demand, until a reset', async () => {
  subscribe();
  await control()
    .post('/control/faults/webhooks')
    .send({ drop: { next: 5 } })
    .expect(200);
  await control().post('/control/tickets').send(rosa).expect(201);
  await control().delete('/control/faults').expect(200);
  await control()
    .post('/control/tickets')
    .send({ ...rosa, subject: 'second' })
    .expect(201);
  await until(() => receiver.received.length === 1);
  expect(receiver.received[0]?.body).toContain('second');
});

test('fails REST calls on demand, but keeps the pages and the control API available', async () => {
  const { body } = await control().post('/control/faults/rest').send({ answer: 503, retry_after: 9 }).expect(201);
  const refused = await control().get('/api/v2/tickets').expect(503);
  expect(refused.headers['retry-after']).toBe('9');
  await control().get('/mail').expect(200);
  await control()
    .delete(`/control/faults/rest/${(body as { rule: { id: number } }).rule.id}`)
    .expect(204);
  await control()
    .get('/api/v2/tickets')
    .expect((response) => expect(response.status).not.toBe(503));
});

test('switches the trickle on and off', async () => {
  const on = await control()
    .post('/control/trickle')
    .send({ on: true, ticket_every: 5, solve_every: '1h' })
    .expect(200);
  expect(on.body).toMatchObject({ trickle: { on: true, ticketEveryMs: 5, solveEveryMs: 3_600_000 } });
  await until(() => zendesk.account.tickets.count() > 1);
  const off = await control().post('/control/trickle').send({ on: false }).expect(200);
  expect(off.body).toMatchObject({ trickle: { on: false } });
});

test.each([
  ['/control/clock', { advance: 'tomorrow' }, 'advance: '],
  ['/control/tickets', { email: 'nobody', subject: 's', message: 'm' }, 'email: '],
  ['/control/faults/webhooks', { dorp: { next: 1 } }, 'dorp'],
])('explains what is wrong with a request to %s', async (path, given, problem) => {
  const { body } = await control().post(path).send(given).expect(400);
  expect((body as { description: string }).description).toContain(problem);
});

test('answers 400 to invalid JSON', async () => {
  const answer = await control().post('/control/clock').type('json').send('{');
  expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('BadRequest')]);
});

test('names an unknown agent or ticket', async () => {
  const agent = { as: 'nobody@northwind.test', do: 'solve' };
  const unknownAgent = await control().post('/control/tickets/1/agent').send(agent);
  expect([unknownAgent.status, unknownAgent.text]).toEqual([422, expect.stringContaining('nobody@northwind.test')]);
  const unknownTicket = await control().post('/control/tickets/1/customer').send({ message: 'x' });
  expect(unknownTicket.status).toBe(404);
});

test('refuses other origins and host names', async () => {
  const answers = [
    await control().post('/control/clock').set('origin', 'https://evil.test').send({ advance: 1 }),
    await control().get('/control').set('host', 'evil.test'),
    await control().get('/control/mail').set('host', 'evil.test'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
});

test('lists received mail as JSON', async () => {
  zendesk.mail.add({
    receivedAt: 1,
    from: 'a@b.test',
    to: ['rosa@mail.test'],
    subject: 's',
    html: null,
    text: 't',
    headers: [],
  });
  const { body } = await control().get('/control/mail?to=Rosa@mail.test').expect(200);
  expect(body).toMatchObject({ mails: [{ subject: 's' }] });
  await control().delete('/control/mail').expect(204);
  expect(zendesk.mail.list()).toEqual([]);
});

test('rotates the key of an app, so that tokens signed with the previous one become invalid', async () => {
  const { apps, account } = zendesk;
  const { id } = expectOk(await apps.create(apps.upload(aPackage()).id, undefined, account.ownerId));
  const before = apps.key(id)?.publicPem;
  await control().post(`/control/apps/${id}/rotate_key`).expect(204);
  expect(apps.key(id)?.publicPem).toMatch(/BEGIN PUBLIC KEY/);
  expect(apps.key(id)?.publicPem).not.toBe(before);
  await control().post('/control/apps/1/rotate_key').expect(404);
});

test('lets a mail program answer, with the mark of a mail that was recovered from suspension', async () => {
  const made = await control().post('/control/tickets').send(rosa).expect(201);
  const { id } = (made.body as { ticket: { id: number } }).ticket;
  const answers = () => control().post(`/control/tickets/${id}/customer`);
  await answers().send({ automatic: 'out_of_office', recovered: true }).expect(200);
  await answers().send({ automatic: 'sleeping' }).expect(400);
  const audit = zendesk.account.tickets.audits(id).at(-1);
  expect(audit?.metadata).toMatchObject({ suspension_type_id: 8 });
  expect(zendesk.account.tickets.comments(id).at(-1)?.body).toContain('out of the office');
});
