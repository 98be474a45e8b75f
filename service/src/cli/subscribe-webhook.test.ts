import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { EVENT_TYPES, MESSAGE_ADDED } from '../tickets/receive/ticket-event.ts';
import { subscribe as subscribeTo } from './subscribe-webhook.ts';

const ENDPOINT = 'https://us.test/webhooks/zendesk';

/** An account that gives this answer to webhook subscriptions. */
async function anAccount(answerTo: (subscriptions: string[]) => [status: number, answer: object]) {
  const asked: string[][] = [];
  const server = createServer((request, response) => void reply(request, response));
  async function reply(request: IncomingMessage, response: ServerResponse) {
    const [status, answer] = replyTo(`${request.method} ${request.url}`, await text(request));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }
  function replyTo(route: string, body: string): [number, object] {
    if (route.startsWith('GET') && route.includes('signing_secret')) return [200, { signing_secret: { secret: 's' } }];
    if (route.startsWith('GET')) return [200, { webhooks: [], meta: { has_more: false } }];
    const { subscriptions } = (JSON.parse(body) as { webhook: { subscriptions: string[] } }).webhook;
    asked.push(subscriptions);
    return answerTo(subscriptions);
  }
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  const subscribe = () =>
    subscribeTo(
      { baseUrl: `http://127.0.0.1:${port}`, login: { kind: 'api_token', email: 'a@b.test', token: 't' } },
      { endpoint: ENDPOINT },
    );
  return { asked, subscribe };
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const webhook = { id: '01H', name: 'Deskwright', endpoint: ENDPOINT, status: 'active', subscriptions: [] };
const made = [201, { webhook }] as [number, object];
const rest = EVENT_TYPES.filter((type) => type !== MESSAGE_ADDED);

test.each([400, 422])(
  'subscribes to the other events in an account that answers %s to the messaging event',
  async (status) => {
    const refusal = { errors: [{ code: 'InvalidValue', title: `${MESSAGE_ADDED} is not available` }] };
    const { asked, subscribe } = await anAccount((types) => (types.includes(MESSAGE_ADDED) ? [status, refusal] : made));

    const { webhookId, messagingRefused } = await subscribe();

    expect(webhookId).toBe('01H');
    expect(messagingRefused).toMatch(new RegExp(`answered ${status} InvalidValue: .*${MESSAGE_ADDED}`));
    expect(asked).toEqual([EVENT_TYPES, rest]);
  },
);

test.each([
  [422, 2, 'Run the command again'],
  [403, 1, 'Check the login'],
  [500, 1, 'Run the command again'],
])('fails in an account that answers %s to every event, after %s tries', async (status, tries, advice) => {
  const { asked, subscribe } = await anAccount(() => [status, { error: 'no' }]);
  await expect(subscribe()).rejects.toThrow(`POST /api/v2/webhooks answered ${status} no. ${advice}`);
  expect(asked).toHaveLength(tries);
});

test('sends one request to an account that accepts all events', async () => {
  const { asked, subscribe } = await anAccount(() => made);
  expect(await subscribe()).toMatchObject({ messagingRefused: null });
  expect(asked).toEqual([EVENT_TYPES]);
});
