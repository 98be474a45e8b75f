import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asc } from 'drizzle-orm';
import request from 'supertest';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { createApp } from '../../platform/http/app.ts';
import { until } from '../../platform/testing/until.ts';
import { inbox as inboxTable } from '../tables.ts';
import { createInbox, type Inbox, type InboxLimits } from './inbox.ts';
import { anEnvelope, signedHeaders } from './testing/an-envelope.ts';
import { createWebhookHandler, type WebhookDeps } from './webhook-handler.ts';

const SECRET = 'current-secret';
const BODY = JSON.stringify(anEnvelope({ id: 'e-1' }));

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const quiet = () => undefined;
const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet, child: () => logger };

function aReceiver(parts: Partial<WebhookDeps> & { limits?: Partial<InboxLimits> } = {}) {
  const announced: number[] = [];
  const outcomes: string[][] = [];
  const inbox: Inbox = createInbox({
    pool: database.db.$client,
    announce: async (batches) => {
      announced.push(...batches);
    },
    stopwatch: () => performance.now(),
    logger,
    ...(parts.limits ? { limits: parts.limits } : {}),
  });
  const handle = createWebhookHandler({
    inbox,
    secrets: [SECRET],
    logger,
    clock: () => Date.parse('2026-01-02T03:04:05Z'),
    onReceived: (type, outcome) => outcomes.push([type, outcome]),
    ...parts,
  });
  return {
    app: createApp({ open: [], routes: [{ path: '/webhooks/zendesk', post: handle }] }, logger),
    inbox,
    announced,
    outcomes,
  };
}

const post = (app: ReturnType<typeof createApp> | Server, body: string, headers: Record<string, string>) =>
  request(app).post('/webhooks/zendesk').set(headers).send(body);
const rows = () => database.db.select().from(inboxTable).orderBy(asc(inboxTable.id));

test('a signed event is stored before it is acknowledged, and is announced', async () => {
  const { app, inbox, announced, outcomes } = aReceiver();

  expect((await post(app, BODY, signedHeaders(SECRET, BODY, { invocation: 'i-1' }))).status).toBe(200);

  const stored = await rows();
  expect(stored).toEqual([
    expect.objectContaining({
      type: 'ticket.created',
      ticketId: 5158,
      invocationId: 'i-1',
      envelopeId: 'e-1',
      state: 'waiting',
    }),
  ]);
  await inbox.drained();
  expect(announced).toEqual([stored[0]?.batch]);
  expect(outcomes).toEqual([['ticket.created', 'accepted']]);
});

test('signatures are over the bytes: spaces, umlauts and any content type are fine', async () => {
  const { app } = aReceiver();
  const body = '{ "ticket_id" :  "42", "subject": "Grüße – \\"q\\"" }';

  expect((await post(app, body, { ...signedHeaders(SECRET, body), 'content-type': 'text/plain' })).status).toBe(200);

  expect((await rows()).map(({ type, ticketId }) => [type, ticketId])).toEqual([['trigger', 42]]);
});

test('the previous secret is accepted during a rotation', async () => {
  const { app } = aReceiver({ secrets: ['next-secret', SECRET] });

  expect((await post(app, BODY, signedHeaders(SECRET, BODY))).status).toBe(200);
  expect((await post(app, BODY, signedHeaders('next-secret', BODY))).status).toBe(200);
});

const { 'x-zendesk-webhook-signature': _left, ...onlyATime } = signedHeaders(SECRET, BODY);

test.each([
  ['a signature with another secret', 'bad_signature', signedHeaders('stranger', BODY)],
  ['no signature, as a scanner would', 'unsigned', { 'content-type': 'application/json' }],
  ['a time without a signature', 'unsigned', onlyATime],
])('%s is answered with 401 and what to do, and counted as such; nothing is stored', async (_what, code, headers) => {
  const { app, outcomes } = aReceiver();

  const { body } = await post(app, BODY, headers).expect(401).expect('content-type', /json/);

  expect(body).toMatchObject({ error: code, action: expect.stringContaining('ZENDESK_WEBHOOK_SECRET') });
  expect(outcomes).toEqual([['unread', code]]);
  expect(await rows()).toEqual([]);
});

test('a wrong signature is answered before the body is read as JSON', async () => {
  const { app } = aReceiver();

  expect((await post(app, 'not json', signedHeaders('stranger', 'not json'))).status).toBe(401);
  expect((await post(app, 'not json', signedHeaders(SECRET, 'not json'))).status).toBe(400);
});

test.each(['not json', ''])('the signed body %j is answered with 400 and what to send instead', async (text) => {
  const { app } = aReceiver();

  const { body } = await post(app, text, signedHeaders(SECRET, text)).expect(400);

  expect(body).toMatchObject({ error: 'not_json', action: expect.stringContaining('ticket.id') });
});

test('a body that the database can never store is answered with 400, not with a request to retry', async () => {
  const { app } = aReceiver();
  const text = '{"ticket_id": 1, "n": 1e999999}';

  const response = await post(app, text, signedHeaders(SECRET, text)).expect(400);

  expect(response.body).toMatchObject({ error: 'unstorable' });
  expect(response.headers).not.toHaveProperty('retry-after');
});

test('JSON nested deeper than the database allows is answered with 400, with or without a NUL', async () => {
  const { app } = aReceiver();
  for (const leaf of ['1', '"\\u0000"']) {
    const text = `${'['.repeat(100_000)}${leaf}${']'.repeat(100_000)}`;
    expect((await post(app, text, signedHeaders(SECRET, text)).expect(400)).body).toMatchObject({
      error: 'unstorable',
    });
  }
});

test('unknown event types are counted as one, because each name would be a time series of its own', async () => {
  const { app, outcomes } = aReceiver();
  for (const type of ['ticket.created', 'ticket.invented', 'user.created', 'toString']) {
    const text = JSON.stringify({ type: `zen:event-type:${type}`, subject: 'zen:user:1' });
    expect((await post(app, text, signedHeaders(SECRET, text))).status).toBe(200);
  }

  expect(outcomes.map(([type]) => type)).toEqual(['ticket.created', 'other', 'other', 'other']);
});

test('a body over the limit is answered with 413', async () => {
  const { app } = aReceiver({ maxBytes: 1_000 });
  const text = JSON.stringify({ ticket_id: 1, text: 'x'.repeat(1_000) });

  expect(await post(app, text, signedHeaders(SECRET, text))).toMatchObject({
    status: 413,
    text: expect.stringMatching(/too_large/),
  });
  expect(await rows()).toEqual([]);
});

test('a megabyte is accepted by default', async () => {
  const { app } = aReceiver();
  const text = JSON.stringify({ ticket_id: 1, text: 'x'.repeat(999_000) });

  expect((await post(app, text, signedHeaders(SECRET, text))).status).toBe(200);
});

test('a compressed body is answered with 415', async () => {
  const { app } = aReceiver();

  expect((await post(app, BODY, { ...signedHeaders(SECRET, BODY), 'content-encoding': 'gzip' })).status).toBe(415);
});

test('events of unknown types and other families are stored, not refused', async () => {
  const { app } = aReceiver();
  for (const type of ['zen:event-type:ticket.invented', 'zen:event-type:user.created', 'something else']) {
    const text = JSON.stringify({ type, subject: 'zen:user:1' });
    expect((await post(app, text, signedHeaders(SECRET, text))).status).toBe(200);
  }

  expect((await rows()).map((row) => row.type)).toEqual(['ticket.invented', 'user.created', 'unknown']);
});

test('a delivery sent twice is acknowledged twice and stored once', async () => {
  const { app } = aReceiver();
  const headers = signedHeaders(SECRET, BODY, { invocation: 'i-1' });

  expect((await post(app, BODY, headers)).status).toBe(200);
  expect((await post(app, BODY, headers)).status).toBe(200);

  expect(await rows()).toHaveLength(1);
});

test('many duplicates at once over real connections are all acknowledged and stored once', async () => {
  const { app } = aReceiver();
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/zendesk`;
  const headers = signedHeaders(SECRET, BODY, { invocation: 'i-1' });

  const answers = await Promise.all(
    Array.from({ length: 60 }, () =>
      fetch(url, { method: 'POST', headers, body: BODY }).then((answer) => answer.status),
    ),
  );
  await new Promise((resolve) => server.close(resolve));

  expect(new Set(answers)).toEqual(new Set([200]));
  expect(await rows()).toHaveLength(1);
});

describe('an age limit', () => {
  const at = (iso: string) => signedHeaders(SECRET, BODY, { at: iso });

  test('is off by default', async () => {
    const { app } = aReceiver();
    expect((await post(app, BODY, at('2019-01-01T00:00:00Z'))).status).toBe(200);
  });

  test('refuses signatures that are too old, too far in the future or without a time', async () => {
    const { app } = aReceiver({ maxAgeMs: 300_000 });

    expect((await post(app, BODY, at('2026-01-02T02:59:10Z'))).status).toBe(200);
    expect(await post(app, BODY, at('2026-01-02T02:59:00Z'))).toMatchObject({
      status: 401,
      text: expect.stringMatching(/too_old/),
    });
    expect(await post(app, BODY, at('2026-01-02T03:10:00Z'))).toMatchObject({
      status: 401,
      text: expect.stringMatching(/too_old/),
    });
    expect(await post(app, BODY, at('yesterday'))).toMatchObject({
      status: 401,
      text: expect.stringMatching(/too_old/),
    });
  });
});

test('when too many events wait, senders are asked to retry in 30 seconds, and are accepted again afterwards', async () => {
  const { app } = aReceiver({ limits: { maxWaiting: 3, commitTimeoutMs: 5_000 } });
  const lock = await database.db.$client.connect();
  await lock.query('BEGIN; LOCK TABLE inbox');
  const send = (n: number) => {
    const text = JSON.stringify({ ticket_id: n + 1 });
    return post(app, text, signedHeaders(SECRET, text)).then((response) => response);
  };
  let turnedAway = 0;
  const answers = Array.from({ length: 12 }, async (_, n) => {
    const response = await send(n);
    turnedAway += response.status === 503 ? 1 : 0;
    return response;
  });
  await until(() => turnedAway > 0);
  await lock.query('ROLLBACK');
  lock.release();
  const responses = await Promise.all(answers);
  const statuses = responses.map((response) => response.status);
  const refused = responses.find((response) => response.status === 503);

  expect(refused?.headers['retry-after']).toBe('30');
  expect(refused?.body).toMatchObject({ error: 'overloaded' });
  expect(new Set(statuses)).toEqual(new Set([200, 503]));
  expect(await rows()).toHaveLength(statuses.filter((status) => status === 200).length);
  expect((await send(99)).status).toBe(200);
});

test('any internal error is answered with 503 and never 500', async () => {
  const { app } = aReceiver({
    inbox: {
      isFull: () => {
        throw new TypeError('a bug');
      },
      receive: () => Promise.resolve(),
    },
  });

  expect(await post(app, BODY, signedHeaders(SECRET, BODY))).toMatchObject({
    status: 503,
    headers: { 'retry-after': '30' },
  });
});

test('a receiver without a secret is refused', () => {
  expect(() => aReceiver({ secrets: [] })).toThrow('at least one signing secret');
});

test('a random megabyte is refused', async () => {
  const { app } = aReceiver();
  const noise = randomBytes(500_000).toString('latin1');
  expect((await post(app, noise, signedHeaders(SECRET, noise))).status).toBe(400);
});
