import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '../../testing/free-port.ts';
import { readAnswer } from './read-answer.ts';
import { type SendOptions, sendRequest } from './send-request.ts';

let answer: RequestListener;
let server: Server;
let base: string;
const heard: { url?: string | undefined; headers: object; body: string }[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => (body += String(piece)));
    request.on('end', () => {
      heard.push({ url: request.url, headers: request.headers, body });
      answer(request, response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => heard.splice(0));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const send = (options: Partial<SendOptions> = {}, url = `${base}/x`) =>
  sendRequest(
    { method: 'POST', url, headers: { authorization: 'Bearer {{secret}}' }, body: '{"a":1}' },
    { secret: 'hush', timeoutMs: 30_000, largestBytes: 100, fetch, idempotencyKey: 'once', ...options },
  );
const failed = (why: string, status: number | null, isUndone: boolean) => ({ kind: 'failed', why, status, isUndone });

test('sends the secret and the idempotency key, and reads JSON', async () => {
  answer = (_request, response) => void response.writeHead(201).end('{"id":7}');
  expect(await send()).toEqual({ kind: 'accepted', status: 201, json: { id: 7 }, unread: null });
  expect(heard).toMatchObject([
    {
      body: '{"a":1}',
      headers: { authorization: 'Bearer hush', 'idempotency-key': 'once', accept: 'application/json' },
    },
  ]);
});

test('a secret goes out as it is, whatever signs it has', async () => {
  answer = (_request, response) => void response.writeHead(200).end('{}');
  await send({ secret: "a$$b$&c$'" });
  expect(heard).toMatchObject([{ headers: { authorization: "Bearer a$$b$&c$'" } }]);
});

test.each([
  [302, failed('redirected', 302, false)],
  [404, failed('refused', 404, true)],
  [408, failed('refused', 408, false)],
  [429, failed('refused', 429, true)],
  [503, failed('broken', 503, false)],
] as const)('status %i', async (status, outcome) => {
  answer = (_request, response) => void response.writeHead(status, { location: `${base}/elsewhere` }).end('{}');
  expect(await send()).toEqual(outcome);
  expect(heard.map(({ url }) => url)).toEqual(['/x']);
});

test.each([
  ['too large', `"${'x'.repeat(200)}"`, 'too_large'],
  ['no JSON', '<html>', 'not_json'],
])('an answer that is %s is not read, and what was asked for was done', async (_what, body, unread) => {
  answer = (_request, response) => void response.writeHead(200).end(body);
  expect(await send()).toEqual({ kind: 'accepted', status: 200, json: undefined, unread });
});

const SENT = '{"account":9007199254740993,"paid":10.50}';
test.each([
  ['with a byte order mark', Buffer.from(`\uFEFF${SENT}`), undefined],
  ['in the charset that it names', Buffer.from(SENT, 'utf16le'), 'application/json; charset=UTF-16LE'],
  ['in a charset that nobody knows', Buffer.from(SENT), 'application/json;charset="x-nobody"'],
  ['with the same key twice', Buffer.from(SENT.replace('{', '{"paid":1,')), 'application/json'],
])('an answer %s is read, with the digits of its numbers', async (_what, body, type) => {
  answer = (_request, response) => void response.writeHead(200, type ? { 'content-type': type } : {}).end(body);
  const sent = await send();
  const show = [
    { label: 'Account', path: '$.account' },
    { label: 'Paid', path: '$[?@ > 10 && @ < 11]' },
    { label: 'All', path: '$' },
  ];
  expect(readAnswer({ show }, sent.kind === 'accepted' && sent.json).map(({ values }) => values[0])).toEqual([
    '9007199254740993',
    '10.50',
    expect.stringContaining('"account":9007199254740993'),
  ]);
});

test('no answer in time, or a connection that ends, may have been done', async () => {
  answer = () => undefined;
  expect(await send({ timeoutMs: 50 })).toEqual(failed('timed_out', null, false));
  answer = (request) => void request.socket.destroy();
  expect(await send()).toEqual(failed('unreachable', null, false));
});

test('where nothing listens, nothing was done', async () => {
  expect(await send({}, `http://127.0.0.1:${await freePort()}/x`)).toEqual(failed('unreachable', null, true));
});
