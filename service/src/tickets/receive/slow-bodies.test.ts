import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { until } from '../../platform/testing/until.ts';
import { signedHeaders } from './testing/an-envelope.ts';
import { createWebhookHandler, type WebhookDeps } from './webhook-handler.ts';

const SECRET = 'current-secret';
const BODY = '{"ticket_id": 7}';
const quiet = () => undefined;
const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet, child: () => logger };

let server: Server;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function listen(limits: Partial<WebhookDeps> = {}): Promise<{ port: number; accepted: string[] }> {
  const accepted: string[] = [];
  const inbox = { isFull: () => false, receive: async ({ body }: { body: string }) => void accepted.push(body) };
  server = createServer(createWebhookHandler({ inbox, secrets: [SECRET], logger, clock: Date.now, ...limits })).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, accepted };
}

/** Sends a head that announces `length` bytes and the first of them; what the server says is gathered in `heard`. */
function beginPost(port: number, length: number, headers: Record<string, string>, first = ''): { heard: string } {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  const sender = { heard: '' };
  socket.on('data', (chunk) => {
    sender.heard += chunk.toString();
  });
  socket.on('error', () => undefined);
  const lines = Object.entries({ host: 'here', 'content-length': String(length), ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.write(`POST /webhooks/zendesk HTTP/1.1\r\n${head}\r\n${first}`);
  return sender;
}

const send = (port: number) =>
  fetch(`http://127.0.0.1:${port}/webhooks/zendesk`, {
    method: 'POST',
    headers: signedHeaders(SECRET, BODY),
    body: BODY,
  });

test.each([
  ['no signature', {}],
  ['a signature without its time', { 'x-zendesk-webhook-signature': 'x' }],
])('a request with %s is refused by its headers, before its body arrives', async (_what, headers) => {
  const { port } = await listen();
  const sender = beginPost(port, 900_000, headers);

  await until(() => sender.heard.includes('unsigned'));
  expect(sender.heard).toMatch(/^HTTP\/1.1 401 /);
});

test('a full inbox is reported before the body is read', async () => {
  const { port } = await listen({ inbox: { isFull: () => true, receive: async () => undefined } });
  const sender = beginPost(port, 900_000, signedHeaders(SECRET, BODY));

  await until(() => sender.heard.includes('overloaded'));
  expect(sender.heard).toMatch(/retry-after: 30/i);
});

test('bodies being read share a memory limit, beyond which senders get 503 with the time to retry', async () => {
  const { port, accepted } = await listen({ maxBytesInReading: 100_000 });
  const headers = signedHeaders('stranger', BODY);
  const slow = Array.from({ length: 30 }, () => beginPost(port, 900_000, headers, 'x'.repeat(10_000)));

  await until(() => slow.some(({ heard }) => heard.includes('overloaded')));
  const refused = slow.filter(({ heard }) => heard !== '');
  for (const { heard } of refused) expect(heard).toMatch(/^HTTP\/1.1 503 [\s\S]*retry-after: 30/i);
  await until(() => slow.filter(({ heard }) => heard !== '').length >= 20);

  // What a sender who hung up had sent counts no longer.
  for (const socket of sockets.splice(0)) socket.destroy();
  await until(async () => (await send(port)).status === 200);
  expect(accepted).toEqual([BODY]);
});

test('bodies that were read release their memory', async () => {
  const { port, accepted } = await listen({ maxBytesInReading: 10_000 });
  for (let n = 0; n < 100; n += 1) expect((await send(port)).status).toBe(200);

  expect(accepted).toHaveLength(100);
});
