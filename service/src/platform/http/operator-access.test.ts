import { createServer, type Server } from 'node:http';
import express from 'express';
import { Registry } from 'prom-client';
import request from 'supertest';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createApp } from './app.ts';
import { createHealthRouter, createMetricsRouter } from './health.ts';
import { operatorAccess } from './operator-access.ts';

const TOKEN = 'a-token-of-operators';
const DETAILS = { database: { ok: true, warning: 'Group "Refunds Inc" is full' } };

function serve(token: string | null, publicUrl: string): Server {
  const isOperator = operatorAccess({ token, publicUrl });
  const checks = { database: async () => ({ ...DETAILS.database, ok: true as const }) };
  const open = [createHealthRouter(checks, isOperator), createMetricsRouter(new Registry(), isOperator)];
  return createServer(createApp({ open, routes: [] }, silentLogger));
}
const LOCAL = 'http://localhost:4600';
const PUBLISHED = 'https://support-tools.example.com';

async function read(server: Server, headers: Record<string, string>) {
  const ready = await request(server).get('/readyz').set(headers);
  const metrics = await request(server).get('/metrics').set(headers);
  return { ready: ready.status, checks: ready.body.checks, metrics: metrics.status };
}
const FULL = { ready: 200, checks: DETAILS, metrics: 200 };
const BARE = { ready: 200, checks: undefined, metrics: 401 };

test.each<[string, string | null, string, Record<string, string>, object]>([
  ['with the token', TOKEN, PUBLISHED, { authorization: `Bearer ${TOKEN}` }, FULL],
  ['without the token', TOKEN, PUBLISHED, {}, BARE],
  ['with the beginning of the token', TOKEN, PUBLISHED, { authorization: `Bearer ${TOKEN.slice(0, -1)}` }, BARE],
  ['with an empty token', TOKEN, PUBLISHED, { authorization: 'Bearer ' }, BARE],
  ['on this machine, when a token is set', TOKEN, LOCAL, {}, BARE],
  ['on this machine, when none is set', null, LOCAL, {}, FULL],
  ['through a proxy on this machine', null, LOCAL, { 'x-forwarded-for': '203.0.113.9' }, BARE],
  ['through a proxy that names only itself', null, LOCAL, { via: '1.1 proxy' }, BARE],
  ['from a page that names this machine as its own', null, LOCAL, { host: 'rebound.example:4600' }, BARE],
  ['when none is set and the service is published', null, PUBLISHED, {}, BARE],
  ['with a guess, when none is set', null, PUBLISHED, { authorization: 'Bearer null' }, BARE],
])('a caller %s', async (_who, token, publicUrl, headers, answer) => {
  expect(await read(serve(token, publicUrl), headers)).toEqual(answer);
});

test('everybody learns whether the service works', async () => {
  expect((await request(serve(TOKEN, PUBLISHED)).get('/healthz')).status).toBe(200);
});

test.each([
  [0, '127.0.0.1'],
  [1, '203.0.113.9'],
])('with %d proxies in front, the caller is %s', async (trustProxy, ip) => {
  const router = express.Router().get('/ip', (asked, response) => void response.send(asked.ip?.replace('::ffff:', '')));
  const app = createApp({ open: [router], routes: [], trustProxy }, silentLogger);
  const answer = await request(createServer(app)).get('/ip').set('x-forwarded-for', '198.51.100.1, 203.0.113.9');
  expect(answer.text).toBe(ip);
});
