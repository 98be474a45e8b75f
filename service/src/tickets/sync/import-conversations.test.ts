import { asc, sql } from 'drizzle-orm';
import { AGENT, aZendesk, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { createCallCounter } from '../../zendesk/testing/call-counter.ts';
import { startRealFixture } from '../../zendesk/testing/zendesk-fixtures.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { aRestTicket } from '../process/testing/pipeline-fixture.ts';
import { ticketReadiness } from '../readiness.ts';
import { comments, tickets } from '../tables.ts';
import { importTickets } from './import-tickets.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Open tickets at a local Zendesk: of five, three have been answered, one of them reopened, and one has a note. */
async function anAccount(open: number) {
  const calls = createCallCounter();
  // No call is answered with 429, which is another test's matter.
  const limits = { account: 1_000_000, incremental: 1_000_000 };
  const fixture = await startRealFixture({ onCall: calls.count }, { limits });
  const { account, clock } = fixture.local;
  const lena = await fixture.anAgent();
  const ids: number[] = [];
  for (let n = 0; n < open; n++) {
    clock.advance(MINUTE);
    ids.push(await fixture.aTicket({ subject: `Tent ${n}`, tags: [] }));
  }
  for (const [n, id] of ids.entries()) {
    const requester = { id: account.tickets.find(id)?.requester_id ?? 0 };
    const say = (body: string, by: { id: number }, isPublic = true) =>
      account.tickets.update(id, { comment: { body, public: isPublic }, status: 'open' }, by);
    if (n % 5 > 2) continue;
    clock.advance(MINUTE);
    say('Which tent?', lena);
    if (n % 5 > 0) say('Ask the warehouse.', lena, false);
    if (n % 5 === 1) {
      account.tickets.update(id, { status: 'solved' }, lena);
      clock.advance(MINUTE);
    }
    clock.advance(MINUTE);
    if (n % 5 < 2) say('The red one.', requester);
  }
  clock.advance(DAY);
  calls.reset();
  const base = pipelineDeps(database.db);
  const deps = pipelineDeps(database.db, {
    zendesk: fixture.zendesk,
    directory: { ...base.directory, isAgent: (id) => id === lena.id || id === account.ownerId },
    clock: () => clock.now(),
  });
  return { ...fixture, deps, calls, ids, account, clock, lena };
}

const stored = async () => ({
  tickets: await database.db
    .select({
      id: tickets.id,
      waitingSince: tickets.waitingSince,
      waitEndedAt: tickets.waitEndedAt,
      category: tickets.category,
    })
    .from(tickets)
    .orderBy(asc(tickets.id)),
  comments: await database.db.select().from(comments).orderBy(asc(comments.id)),
});
const readsOfComments = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .filter(([name]) => name.startsWith('GET /api/v2/tickets/:id/'))
    .reduce((sum, [, count]) => sum + count, 0);

test('an import of 400 open tickets reads the comments of the answered ones in bulk', async () => {
  const there = await anAccount(400);
  try {
    await importTickets(there.deps);

    expect(await database.db.$count(tickets)).toBe(400);
    // 240 were answered.
    expect(readsOfComments(there.calls.counts())).toBeLessThan(8);
    expect(there.calls.reads()).toBeLessThan(30);
  } finally {
    await there.stop();
  }
}, 300_000);

test('bulk reads give the same result as single reads: waiting since, authors, and no words of private notes', async () => {
  const there = await anAccount(60);
  try {
    await importTickets(there.deps);
    const inBulk = await stored();
    expect(readsOfComments(there.calls.counts())).toBe(0);
    await database.clear();

    const away = { exportTicketEvents: () => Promise.reject(new ZendeskError('not_found', 'GET answered 404', 404)) };
    await importTickets({ ...there.deps, zendesk: { ...there.deps.zendesk, ...away } });

    expect(inBulk).toEqual(await stored());
    expect(inBulk.comments.some((one) => !one.public)).toBe(true);
    expect(inBulk.comments.every((one) => one.public || one.body === '')).toBe(true);
    expect(readsOfComments(there.calls.counts())).toBeGreaterThanOrEqual(36);
  } finally {
    await there.stop();
  }
}, 120_000);

test('a comment that was made private or redacted later is read individually', async () => {
  const there = await anAccount(60);
  try {
    const { account, clock, lena } = there;
    const commentOf = (id: number, body: string) =>
      account.tickets.comments(id).find((one) => one.body === body)?.id ?? 0;
    const [first = 0, second = 0] = there.ids.filter((_, n) => n % 5 === 1);
    account.tickets.makeCommentPrivate(first, commentOf(first, 'The red one.'), lena);
    account.tickets.redactComment(second, commentOf(second, 'The red one.'), ['red'], lena);
    clock.advance(DAY);
    await importTickets(there.deps);

    expect(readsOfComments(there.calls.counts())).toBe(2);
    const bodies = (await stored()).comments.filter(({ ticketId }) => ticketId === first || ticketId === second);
    expect(bodies.filter(({ body }) => body.includes('red'))).toEqual([]);
  } finally {
    await there.stop();
  }
}, 120_000);

/** Two pages of 30 answered tickets each, of an account with 60; what happens at the export of events is the test's. */
function twoPages(exportTicketEvents: () => Promise<never>) {
  const some = (from: number) => Array.from({ length: 30 }, (_, n) => aRestTicket({ id: from + n, status: 'open' }));
  const metrics = { replies: 1, reopens: 0, solved_at: null, requester_updated_at: null };
  const page = (from: number, cursor: string) => ({
    tickets: some(from),
    metricSets: some(from).map(({ id, updated_at: at }) => ({
      ...metrics,
      ticket_id: id,
      latest_comment_added_at: at,
    })),
    cursor,
    endOfStream: from > 1,
  });
  return aZendesk({
    exportTickets: async (from) => ('cursor' in from ? page(31, 'c2') : page(1, 'c1')),
    countTickets: async () => 60,
    exportTicketEvents,
    showTickets: async (ids) => ids.map((id) => aRestTicket({ id, status: 'open' })),
    listComments: async (id) => [
      { id, author_id: 900, body: 'I want a refund', public: true, created_at: '2025-01-08T10:12:07Z' },
      { id: id + 100, author_id: AGENT, body: 'Which order?', public: true, created_at: '2025-01-08T10:12:07Z' },
    ],
  });
}
const readiness = async () => {
  const webhooks = { check: async () => ({ ok: true }) as const };
  return (await ticketReadiness({ db: database.db, webhooks, writesPerMinute: () => 60 })['import']?.()) ?? null;
};

test('readiness reports the progress, and no database transaction is open while the import waits for Zendesk', async () => {
  expect(await readiness()).toMatchObject({ ok: true, detail: expect.stringContaining('nothing read yet') });
  const seen: unknown[] = [];
  const zendesk = twoPages(async () => {
    seen.push(await readiness());
    const { rows } = await database.db.execute<{ n: number }>(
      sql`SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()`,
    );
    seen.push(rows[0]?.n);
    throw new ZendeskError('rejected', 'GET answered 422', 422);
  });

  await importTickets(pipelineDeps(database.db, { zendesk }));

  expect(seen).toEqual([
    { ok: true, detail: 'the first import of tickets is under way: 60 tickets read (2 pages)' },
    0,
  ]);
  expect(await database.db.$count(tickets)).toBe(60);
  expect(await readiness()).toEqual({ ok: true });
});

test('an import that stops while it reads comments continues with the remaining tickets', async () => {
  const fails = twoPages(() =>
    Promise.reject(new ZendeskError('busy', 'GET was not sent: the service is stopping', null, 0)),
  );
  await expect(importTickets(pipelineDeps(database.db, { zendesk: fails }))).rejects.toMatchObject({ kind: 'busy' });
  expect(await database.db.$count(tickets)).toBe(0);
  expect(await readiness()).toMatchObject({ detail: expect.stringContaining('60 tickets read') });

  const works = twoPages(() => Promise.reject(new ZendeskError('rejected', 'GET answered 422', 422)));
  const noNews = { exportTickets: async () => ({ tickets: [], metricSets: [], cursor: 'c2', endOfStream: true }) };
  await importTickets(pipelineDeps(database.db, { zendesk: aZendesk({ ...works, ...noNews }) }));

  expect(await database.db.$count(tickets)).toBe(60);
  expect((await stored()).tickets.every(({ waitingSince }) => waitingSince === null)).toBe(true);
});
