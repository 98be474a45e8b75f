/** @jest-environment node */
// Tests the client against a real HTTP server: session renewal and refusals.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { REFUSAL_STATUS } from '@deskwright/shared/contract';
import { NOW } from '../../testing/card-builders.ts';
import { aSession } from '../../testing/fake-service.ts';
import { createServiceClient, type ServiceClient } from './service-client.ts';

const CARD = '/api/tickets/42/card';

interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

let server: Server;
let base: string;
let answer: (path: string, token: string | undefined, body: string) => Reply | 'hang up';
let seen: string[];
let clock: number;

beforeEach(async () => {
  seen = [];
  clock = NOW;
  server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const token = request.headers.authorization;
      seen.push(`${request.method} ${request.url} ${token ?? '-'} ${body}`.trim());
      const reply = answer(request.url ?? '', token, body);
      if (reply === 'hang up') return request.socket.destroy();
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
      return response.end(reply.body === undefined ? '' : JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

function aClient(session = aSession()): ServiceClient {
  return createServiceClient({
    fetch: (path, init) => fetch(new URL(path as string, base), init),
    now: () => clock,
    session,
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

const renewed = aSession({
  accessToken: 'access-2',
  renewal: 'renewal-2',
  accessExpiresAt: new Date(NOW + 10 * 60_000).toISOString(),
});

it('sends the agent’s token', async () => {
  answer = () => ({ status: 200, body: { id: 42 } });
  await expect(aClient().call('GET', CARD)).resolves.toEqual({ ok: true, value: { id: 42 } });
  expect(seen).toEqual(['GET /api/tickets/42/card Bearer access-1']);
});

it('renews before the token expires, once for concurrent calls', async () => {
  answer = (path) => ({ status: 200, body: path === '/api/session' ? renewed : {} });
  const client = aClient();
  clock = NOW + 4 * 60_000 + 31_000;
  await Promise.all([
    client.call('GET', CARD),
    client.call('GET', '/api/tickets/43/card'),
    client.call('GET', '/api/guidance'),
  ]);
  expect(seen.filter((call) => call.includes('/api/session'))).toEqual(['POST /api/session - {"renewal":"renewal-1"}']);
  expect(seen.filter((call) => call.includes('access-2'))).toHaveLength(3);
});

it('renews once when the service rejects the token, and repeats the call', async () => {
  answer = (path, token) => {
    if (path === '/api/session') return { status: 200, body: renewed };
    return token === 'Bearer access-2'
      ? { status: 200, body: {} }
      : { status: 401, body: { error: 'token_expired', message: '' } };
  };
  const client = aClient();
  const [one, other] = await Promise.all([
    client.call('GET', CARD),
    client.call('PUT', '/api/tickets/42/steps/a%2Fb', { done: true }),
  ]);
  expect([one.ok, other.ok]).toEqual([true, true]);
  expect(seen.filter((call) => call.includes('/api/session'))).toHaveLength(1);
  expect(seen).toContain('PUT /api/tickets/42/steps/a%2Fb Bearer access-2 {"done":true}');
});

it('gives up when a new token is rejected too', async () => {
  answer = (path) => (path === '/api/session' ? { status: 200, body: renewed } : { status: 401, body: {} });
  await expect(aClient().call('GET', CARD)).resolves.toMatchObject({ ok: false, refusal: { kind: 'session_ended' } });
  expect(seen).toHaveLength(3);
});

it('tells an ended session from an unreachable service', async () => {
  answer = (path) => (path === '/api/session' ? { status: 401, body: {} } : { status: 401, body: {} });
  const client = aClient();
  await expect(client.call('GET', CARD)).resolves.toMatchObject({ refusal: { kind: 'session_ended' } });
  await client.call('GET', CARD);
  expect(seen.filter((call) => call.includes('/api/session'))).toHaveLength(1);

  answer = (path) => (path === '/api/session' ? { status: 503, body: {} } : { status: 401, body: {} });
  await expect(aClient().call('GET', CARD)).resolves.toMatchObject({ refusal: { kind: 'unreachable' } });
});

it('does not renew endlessly when the clocks differ', async () => {
  answer = () => ({ status: 200, body: {} });
  clock = NOW + 24 * 3_600_000;
  await aClient().call('GET', CARD);
  expect(seen).toEqual(['GET /api/tickets/42/card Bearer access-1']);
});

it.each(Object.entries(REFUSAL_STATUS))('knows the refusal %s (%i)', async (error, status) => {
  answer = () => ({ status, body: { error, message: '' } });
  const answered = await aClient().call('GET', CARD);
  const joined: Readonly<Record<string, string>> = {
    token_missing: 'session_ended',
    token_expired: 'session_ended',
    token_invalid: 'session_ended',
    unavailable: 'unreachable',
    bad_request: 'failed',
    internal: 'failed',
  };
  expect(answered).toMatchObject({ ok: false, refusal: { kind: joined[error] ?? error } });
});

it.each([
  [403, { error: 'forbidden' }, 'forbidden'],
  [403, { error: 'closed' }, 'forbidden'],
  [409, undefined, 'conflict'],
  [404, { error: 'not_found' }, 'not_found'],
  [409, { error: 'closed' }, 'closed'],
  [409, { error: 'conflict' }, 'conflict'],
  [422, { error: 'fields_missing', fields: ['summary'] }, 'fields_missing'],
  [429, { error: 'too_many_requests' }, 'too_many_requests'],
  [500, { error: 'internal' }, 'failed'],
  [502, undefined, 'unreachable'],
  [503, { error: 'unavailable' }, 'unreachable'],
])('reads %i %j as %s', async (status, body, kind) => {
  answer = () => ({ status, body });
  await expect(aClient().call('GET', CARD)).resolves.toMatchObject({ ok: false, refusal: { kind } });
});

it('reads missing fields and how long to wait', async () => {
  answer = () => ({
    status: 422,
    body: { error: 'fields_missing', fields: ['summary'] },
    headers: { 'retry-after': '7' },
  });
  await expect(aClient().call('GET', '/api/guidance')).resolves.toEqual({
    ok: false,
    refusal: {
      kind: 'fields_missing',
      fields: ['summary'],
      group: '',
      upTo: null,
      triesLeft: null,
      until: null,
      feedback: null,
      retryAfterMs: 7000,
    },
  });
});

it('reads a broken connection as unreachable', async () => {
  answer = () => 'hang up';
  await expect(aClient().call('GET', CARD)).resolves.toMatchObject({ refusal: { kind: 'unreachable' } });
});
