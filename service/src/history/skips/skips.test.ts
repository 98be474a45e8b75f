import { sql } from 'drizzle-orm';
import { aTicketRow } from '../../../testing/builders.ts';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { erasingHooks } from '../../app/features.ts';
import { blockTokens } from '../../platform/outbox/rate.ts';
import { eraseTickets } from '../../tickets/projection/erase-tickets.ts';
import { tickets } from '../../tickets/tables.ts';
import { createFakeZendesk, type FakeZendesk } from '../../zendesk/create-fake-zendesk.ts';
import { startRealFixture } from '../../zendesk/testing/zendesk-fixtures.ts';
import { type Zendesk, ZendeskError } from '../../zendesk/zendesk.ts';
import { ticketSkips } from '../tables.ts';
import { countSkips } from './list-skips.ts';
import { readNewSkips } from './read-skips.ts';
import { eraseOldReasons } from './store-skips.ts';

let database: TestDatabase;
let zendesk: FakeZendesk;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  zendesk = createFakeZendesk(() => NOW);
});
afterAll(() => database.drop());

const NOW = Date.parse('2026-11-20T12:00:00Z');
const HOUR = 3_600_000;
let now = NOW;
let warnings: string[] = [];
beforeEach(() => {
  now = NOW;
  warnings = [];
});

const read = (from: Pick<Zendesk, 'listSkips'> = zendesk) =>
  readNewSkips({
    db: database.db,
    zendesk: from,
    policy: { current: () => ({ policy: { retention: { history: '400d' } } as never }) },
    clock: () => now,
    logger: { ...silentLogger, warn: (_: unknown, message?: string) => void warnings.push(message ?? '') },
    signal: new AbortController().signal,
    readsPerMinute: 100_000,
  });
const skip = (id: number, part: { ticket?: number; reason?: string; at?: string } = {}) =>
  zendesk.account.skips.push({
    id,
    ticket_id: part.ticket ?? 7,
    user_id: 2,
    created_at: part.at ?? '2026-11-20T10:00:00Z',
    reason: part.reason ?? 'Not my area',
  });
const stored = () => database.db.select().from(ticketSkips).orderBy(ticketSkips.id);
const counts = () => countSkips(database.db, { from: new Date(NOW - 24 * HOUR), to: new Date(NOW) });

test('reads what is new each time, each once, and counts the reasons', async () => {
  expect(await counts()).toBeNull();
  await read();
  expect(await counts()).toEqual({ n: 0, reasons: [] });
  for (const n of Array.from({ length: 250 }, (_, i) => i + 1))
    skip(n, { reason: n % 5 === 0 ? 'too hard' : ' Too hard' });
  await read();
  skip(251, { reason: 'Needs \u0000a translation' });
  skip(252, { at: '2020-01-01T00:00:00Z' });
  await read();
  await read();
  expect(await stored()).toHaveLength(251);
  expect(await counts()).toMatchObject({ n: 251, reasons: [{ n: 250 }, { reason: 'Needs a translation', n: 1 }] });
});

test('continues where it failed, and where the budget ended', async () => {
  for (const n of Array.from({ length: 250 }, (_, i) => i + 1)) skip(n);
  let calls = 0;
  const failing: Pick<Zendesk, 'listSkips'> = {
    listSkips: async (cursor) => {
      calls += 1;
      if (calls === 2) throw new ZendeskError('unavailable', 'down', 502);
      return zendesk.listSkips(cursor);
    },
  };
  await read(failing);
  expect(await stored()).toHaveLength(100);
  await blockTokens(database.db, 'zendesk-reads', HOUR);
  await read(failing);
  expect(calls).toBe(2);
  await database.db.execute(sql`DELETE FROM write_budget`);
  await read(failing);
  expect(await stored()).toHaveLength(250);
  expect(warnings).toEqual([]);
});

test('begins again when Zendesk no longer takes its place in the list', async () => {
  skip(1);
  await read();
  skip(2);
  await read({
    listSkips: async () => {
      throw new ZendeskError('rejected', 'InvalidPaginationParameter', 400);
    },
  });
  await read();
  expect(await stored()).toHaveLength(2);
});

test.each([
  ['forbidden', 403],
  ['not_found', 404],
] as const)('a plan without them (%s) is said once, and asked again later', async (kind, status) => {
  let calls = 0;
  const without: Pick<Zendesk, 'listSkips'> = {
    listSkips: async () => {
      calls += 1;
      throw new ZendeskError(kind, 'GET /api/v2/skips', status, null, false);
    },
  };
  for (const hours of [0, 1, 7, 14]) {
    now = NOW + hours * HOUR;
    await read(without);
  }
  expect(calls).toBe(3);
  expect(warnings).toHaveLength(1);
  expect(await counts()).toBeNull();
  now = NOW + 21 * HOUR;
  skip(1);
  await read();
  expect(await counts()).toMatchObject({ n: 1 });
});

describe('the reason', () => {
  test('goes with the words of its ticket, and does not come back', async () => {
    await database.db.insert(tickets).values(aTicketRow({ id: 7 }));
    skip(1, { reason: 'he is rude' });
    await read();
    const erase = { ids: [7], now: new Date(NOW), gone: false, hooks: erasingHooks() };
    expect(await database.db.transaction((tx) => eraseTickets(tx, erase))).toMatchObject({ skips: 1 });
    skip(2, { reason: 'he is rude' });
    await read();
    expect(await stored()).toMatchObject([{ reason: '' }, { reason: '' }]);
    expect(await counts()).toEqual({ n: 2, reasons: [] });
  });

  test('goes with age, but for open tickets', async () => {
    await database.db
      .insert(tickets)
      .values([aTicketRow({ id: 7, status: 'open' }), aTicketRow({ id: 8, status: 'solved' })]);
    for (const [id, ticket] of [7, 8, 9].entries()) skip(id + 1, { ticket });
    await read();
    await eraseOldReasons(database.db, new Date(NOW));
    expect((await stored()).map(({ reason }) => reason)).toEqual(['Not my area', '', '']);
  });
});

test('reads those of a local Zendesk, over HTTP', async () => {
  const fixture = await startRealFixture();
  const { local, zendesk: real } = fixture;
  try {
    const ticket = await fixture.aTicket();
    const by = { id: local.account.ownerId };
    for (const reason of Array.from({ length: 130 }, (_, n) => `Reason ${n}`))
      local.account.skips.record({ ticket_id: ticket, reason }, by);
    await read(real);
    expect(await stored()).toHaveLength(130);
    local.account.skips.record({ ticket_id: ticket, reason: 'Too hard' }, by);
    await read(real);
    expect((await stored()).at(-1)).toMatchObject({ ticketId: ticket, agentId: by.id, reason: 'Too hard' });
    expect(await stored()).toHaveLength(131);
  } finally {
    await fixture.stop();
  }
});
