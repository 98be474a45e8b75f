import request from 'supertest';
import { MESSAGE_ADDED } from '../account/event-types.ts';
import { expectOk } from '../account/result.ts';
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

interface Told {
  type: string;
  event: { conversation_id: string; message: { id: string } };
}

const subscribe = (...names: string[]) => {
  const subscriptions = names.map((name) => `zen:event-type:${name}`);
  const to = { endpoint: receiver.url, http_method: 'POST', request_format: 'json' } as const;
  expectOk(zendesk.account.webhooks.create({ name: 'test', ...to, subscriptions }, { id: zendesk.account.ownerId }));
};
const told = () => receiver.received.map(({ body }) => JSON.parse(body) as Told);
const post = (path: string, body: object) => request(zendesk.url).post(`/control/conversations${path}`).send(body);
const idOf = ({ body }: { body: unknown }) => (body as { ticket: { id: number } }).ticket.id;
const opens = async (given: object = {}) =>
  idOf(await post('', { email: 'rosa@mail.test', name: 'Rosa', message: 'It leaks', ...given }).expect(201));
const says = (id: number, from: string, message: string) => post(`/${id}/messages`, { from, message });
const setStatus = (id: number, status: 'solved' | 'closed') => {
  const { account } = zendesk;
  expectOk(account.tickets.update(id, { status, assignee_id: account.ownerId }, { id: account.ownerId }));
};

test('sends a message for a customer, a bot, a trigger and an agent, none of them a comment', async () => {
  subscribe('ticket.created', 'ticket.comment_added', 'messaging_ticket.message_added');
  const id = await opens();
  await says(id, 'bot', 'How can I help?').expect(201);
  await says(id, 'trigger', 'Somebody will come.').expect(201);
  await says(id, 'priya@northwind.test', 'Which tent?').expect(201);
  await says(id, 'customer', 'The red one').expect(201);

  await until(() => receiver.received.length === 6);
  const messages = told().filter(({ type }) => type === MESSAGE_ADDED);
  const { requester_id } = zendesk.account.tickets.find(id)!;
  expect(messages).toHaveLength(5);
  expect(messages.map(({ event }) => event)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ actor: { id: String(requester_id), name: 'Rosa', type: 'end_user' } }),
      expect.objectContaining({ actor: { id: 'zd:answerBot', name: 'Answer Bot', type: 'system' } }),
      expect.objectContaining({ actor: expect.objectContaining({ type: 'trigger' }) }),
      expect.objectContaining({ actor: expect.objectContaining({ name: 'Priya Nair', type: 'agent' }) }),
      expect.objectContaining({ message: { id: expect.stringMatching(/^[0-9a-f]{24}$/), body: 'The red one' } }),
    ]),
  );
  expect(new Set(messages.map(({ event }) => event.message.id)).size).toBe(5);
  expect(new Set(messages.map(({ event }) => event.conversation_id)).size).toBe(1);
  expect(zendesk.account.conversations.messages(id).map(({ body }) => body)).toHaveLength(5);
  expect(zendesk.account.tickets.comments(id)).toMatchObject([{ body: 'Conversation with Rosa', public: false }]);
});

test("a customer's message reopens a solved ticket, and creates a new one if it is closed", async () => {
  const id = await opens({ channel: 'whatsapp' });
  setStatus(id, 'solved');
  expect((await says(id, 'customer', 'Still leaks').expect(201)).body).toMatchObject({
    ticket: { id, status: 'open' },
  });

  setStatus(id, 'closed');
  const next = idOf(await says(id, 'customer', 'Once more').expect(201));
  expect(next).not.toBe(id);
  expect(zendesk.account.tickets.find(next)).toMatchObject({ status: 'new', via: { channel: 'whatsapp' } });
  expect(zendesk.account.conversations.messages(next)).toMatchObject([{ body: 'Once more' }]);
  expect((await says(id, 'bot', 'Bye').expect(422)).text).toContain('closed prevents messages');
});

test('explains what is wrong with a request', async () => {
  const mail = { email: 'rosa@mail.test', subject: 'Tent', message: 'It leaks' };
  const ticket = idOf(await request(zendesk.url).post('/control/tickets').send(mail));
  expect((await says(ticket, 'customer', 'Hi').expect(422)).text).toContain('no messaging ticket');
  expect((await says(await opens(), 'nobody@northwind.test', 'Hi').expect(422)).text).toContain('nobody@northwind');
  await says(999, 'customer', 'Hi').expect(404);
  expect((await post('', { ...mail, channel: 'email' }).expect(400)).text).toContain('channel');
});
