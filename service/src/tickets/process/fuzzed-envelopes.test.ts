// Whatever a signed webhook says: it is taken or refused, never answered with an error of ours, and what was taken ends.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asc } from 'drizzle-orm';
import fc from 'fast-check';
import { anyCharacter } from '../../../testing/any-character.ts';
import { aZendesk, pipelineDeps, silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { createInbox } from '../receive/inbox.ts';
import { anEnvelope, signedHeaders } from '../receive/testing/an-envelope.ts';
import { EVENT_TYPES } from '../receive/ticket-event.ts';
import { createWebhookHandler } from '../receive/webhook-handler.ts';
import { inbox as inboxTable } from '../tables.ts';
import { processBatch } from './process-batch.ts';
import { aRestTicket } from './testing/pipeline-fixture.ts';

const SECRET = 'current-secret';
/** The same envelopes in every run; `FUZZ_SEED` and `FUZZ_RUNS` try others. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_128);
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 6);
const AT_ONCE = 80;

let database: TestDatabase;
let server: Server;
let url: string;
const announced: number[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  const inbox = createInbox({
    pool: database.db.$client,
    announce: async (batches) => void announced.push(...batches),
    stopwatch: () => performance.now(),
    logger: silentLogger,
  });
  const handle = createWebhookHandler({ inbox, secrets: [SECRET], logger: silentLogger, clock: Date.now });
  server = createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/zendesk`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await database.drop();
});

const COMMENT = { id: '31', body: 'Hello?', is_public: true, author: { id: '9', name: 'Ada', is_staff: true } };
const EVENT = { comment: COMMENT, current: 'SOLVED', previous: 'OPEN', tags_added: ['a'], tags_removed: ['b'] };
const PATHS = pathsOf(anEnvelope({ event: EVENT }));
const DEEP = JSON.parse(`${'['.repeat(3_000)}"\\u0000"${']'.repeat(3_000)}`) as unknown;
const ODD_TIMES = ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-23:59', '2025-13-45T99:99:99Z', ''];
const ODD: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, '', '0', 0, -1, '-1', 1.5, 1e308, true, [], {}, [null], ['a', 3], {
    id: null,
  }),
  fc.constantFrom<unknown>(
    '\0',
    '\ud800',
    'a\0b',
    'x'.repeat(300),
    '99999999999999999999',
    9_007_199_254_740_991,
    DEEP,
  ),
  fc.constantFrom<unknown>(...ODD_TIMES, 'SOLVED', 'closed'),
  fc.string({ unit: anyCharacter, maxLength: 40 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Null nine times of ten. */
function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

const BODY = fc
  .record({
    ticketId: fc.integer({ min: 1, max: 6 }),
    type: fc.oneof(fc.constantFrom(...EVENT_TYPES), fc.string({ unit: anyCharacter, maxLength: 20 })),
    time: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 10, max: 59 }).map((second) => `2025-01-08T10:12:${second}.5Z`) },
      { weight: 1, arbitrary: fc.constantFrom(...ODD_TIMES) },
    ),
    changes: fc.array(fc.tuple(fc.constantFrom(...PATHS), ODD), { maxLength: 4 }),
    cut: rarely(fc.nat(400)),
    hint: rarely(ODD),
  })
  .map(({ ticketId, type, time, changes, cut, hint }) => {
    if (hint !== null) return JSON.stringify({ ticket_id: ticketId, ticket: hint, more: DEEP });
    const envelope: unknown = structuredClone({ ...anEnvelope({ ticketId, time, event: EVENT }), type });
    for (const [path, value] of changes) put(envelope, path, value);
    const text = JSON.stringify(envelope);
    return cut === null ? text : text.slice(0, cut);
  });

async function send(body: string): Promise<number> {
  const response = await fetch(url, { method: 'POST', headers: signedHeaders(SECRET, body), body });
  await response.arrayBuffer();
  return response.status;
}

test('random envelopes are accepted if they are JSON, and each is processed without a failure', async () => {
  const zendesk = aZendesk({
    showTicket: async (id) => (id % 2 ? aRestTicket({ id }) : null),
    listComments: async () => [],
  });
  const deps = pipelineDeps(database.db, { zendesk });
  const property = fc.asyncProperty(fc.array(BODY, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (bodies) => {
    await database.clear();
    const sent = [JSON.stringify(anEnvelope({ ticketId: 99 })), ...bodies];
    expect(await Promise.all(sent.map(send))).toEqual(sent.map((body) => (isJson(body) ? 200 : 400)));

    const rows = () => database.db.select().from(inboxTable).orderBy(asc(inboxTable.id));
    const batches = new Set((await rows()).map(({ batch }) => batch));
    for (const batch of batches) await processBatch(deps, batch);
    const ended = await rows();
    for (const row of ended) expect(row).toMatchObject({ state: expect.stringMatching(/^(decided|ignored)$/) });
    expect(ended.find(({ ticketId }) => ticketId === 99)).toMatchObject({ state: 'decided' });
  });
  await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: true });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Every place of the value, outer ones too. */
function pathsOf(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inner = Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...at, key]));
  return at.length === 0 ? inner : [at, ...inner];
}

function put(target: unknown, [key, ...rest]: readonly string[], value: unknown): void {
  if (typeof target !== 'object' || target === null || key === undefined) return;
  if (rest.length > 0) return put(Reflect.get(target, key), rest, value);
  Reflect.set(target, key, value);
}
