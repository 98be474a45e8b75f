import { eq } from 'drizzle-orm';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { listenForChanges } from '../../platform/live/live.ts';
import { openDatabase } from '../../platform/storage/database.ts';
import { until } from '../../platform/testing/until.ts';
import { aRestTicket } from '../../tickets/process/testing/pipeline-fixture.ts';
import { tickets } from '../../tickets/tables.ts';
import { guidanceTicks } from '../tables.ts';
import type { ApiDeps } from './api-deps.ts';
import { type ApiApp, anApiApp, LENA } from './testing/api-app.ts';

let database: TestDatabase;
let fixture: ApiApp;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => begin());
afterEach(async () => {
  await fixture.close();
  await database.clear();
});
afterAll(() => database.drop());

function begin(parts: Partial<ApiDeps> = {}) {
  fixture = anApiApp(database, { limits: { heartbeatMs: 30 }, ...parts });
}

interface Stream {
  status: number;
  heard: () => string;
  ended: () => boolean;
  leave: () => void;
}

async function follow(ticketId = 42): Promise<Stream> {
  const leaving = new AbortController();
  const response = await fetch(`${await fixture.listen()}/api/live?ticket=${ticketId}`, {
    headers: { authorization: await fixture.bearer() },
    signal: leaving.signal,
  });
  let text = '';
  let over = false;
  const read = async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  };
  void read()
    .catch(() => undefined)
    .finally(() => {
      over = true;
    });
  return { status: response.status, heard: () => text, ended: () => over, leave: () => leaving.abort() };
}

const EVENT = 'event: ticket\ndata: {"event":"ticket","ticketId":42}\n\n';

test('a page is notified when its ticket changes or a step is marked as done, and not of other tickets', async () => {
  await fixture.givenTicket();
  await fixture.givenTicket({ id: 43 });
  const hears = new AbortController();
  const own = openDatabase(database.url, { max: 1 });
  const done = listenForChanges({ db: own, live: fixture.live, logger: silentLogger, signal: hears.signal });
  const stream = await follow();
  await until(() => stream.heard().startsWith('retry: '));

  await until(async () => {
    await database.db.update(tickets).set({ priority: 'high' }).where(eq(tickets.id, 42));
    return stream.heard().includes(EVENT);
  });
  expect(stream.heard()).not.toContain('43');

  const before = stream.heard().split(EVENT).length;
  await database.db.insert(guidanceTicks).values({ ticketId: 42, stepId: 's', agentId: LENA });
  await until(() => stream.heard().split(EVENT).length > before);
  hears.abort();
  await done;
  await own.$client.end();
});

test('a page is notified of a changed policy, and gets heartbeats', async () => {
  await fixture.givenTicket();
  const stream = await follow();
  await until(() => stream.heard().includes(': still here\n\n'));
  fixture.live.policyChanged();
  await until(() => stream.heard().includes('event: policy\ndata: {"event":"policy"}\n\n'));
});

test('the stream ends with the access token', async () => {
  await fixture.givenTicket();
  const stream = await follow();
  expect(stream.status).toBe(200);
  fixture.wait(400_000);
  await until(() => stream.ended());
});

test('a page with an expired token gets no further changes', async () => {
  begin({ limits: { heartbeatMs: 600_000 } });
  await fixture.givenTicket();
  const stream = await follow();
  await until(() => stream.heard().startsWith('retry: '));
  fixture.wait(400_000);
  fixture.live.ticketChanged(42);
  await until(() => stream.ended());
  expect(stream.heard()).not.toContain('event:');
});

test('the stream ends without another event when the agent may no longer see the ticket', async () => {
  begin({ limits: { heartbeatMs: 60_000 } });
  await fixture.givenTicket({ groupId: 11 });
  fixture.lenaIs({ ticket_restriction: 'groups', group_ids: [11] });
  const stream = await follow();
  await until(() => stream.heard().startsWith('retry: '));
  await fixture.givenTicket({ groupId: 12 });
  fixture.live.ticketChanged(42);
  await until(() => stream.ended());
  expect(stream.heard()).not.toContain('event:');
});

test('the stream ends for an agent who is suspended', async () => {
  await fixture.givenTicket();
  const stream = await follow();
  fixture.lenaIs({ suspended: true });
  await until(() => stream.ended());
});

test('all streams end when the service is stopping', async () => {
  await fixture.givenTicket();
  const streams = await Promise.all([follow(), follow()]);
  fixture.stopServing();
  await until(() => streams.every((stream) => stream.ended()));
});

test('an agent can open only a limited number of streams at once', async () => {
  begin({ limits: { streamsPerAgent: 1, heartbeatMs: 20 } });
  await fixture.givenTicket();
  const first = await follow();
  expect((await follow()).status).toBe(429);
  first.leave();
  await until(async () => (await follow()).status === 200);
});

test('a page closed during the access check does not count as an open stream', async () => {
  begin({ limits: { streamsPerAgent: 1, heartbeatMs: 60_000 } });
  await fixture.givenTicket();
  const url = await fixture.listen();
  const leaving = new AbortController();
  let answered = false;
  fixture.zendesk.account.tickets.set(43, aRestTicket({ id: 43, group_id: 11 }));
  fixture.zendesk.faults.before('showTicket', async () => {
    leaving.abort();
    // Answered after the server has heard that the page left.
    await fetch(`${url}/api/nothing`);
    answered = true;
  });
  const page = fetch(`${url}/api/live?ticket=43`, {
    headers: { authorization: await fixture.bearer() },
    signal: leaving.signal,
  });
  await expect(page).rejects.toThrow('aborted');
  await until(() => answered);
  expect((await follow()).status).toBe(200);
});

test('a lost database connection is reopened, and every page reloads', async () => {
  const told: string[] = [];
  const hears = new AbortController();
  const live = {
    ticketChanged: (id: number) => told.push(`ticket ${id}`),
    viewersChanged: (id: number) => told.push(`viewers ${id}`),
    dashboardChanged: () => told.push('dashboard'),
    anythingMayHaveChanged: () => told.push('all'),
  };
  const warned: string[] = [];
  const logger = { warn: (_details: unknown, words: string) => warned.push(words) };
  const own = openDatabase(database.url, { max: 1 });
  const done = listenForChanges({
    db: own,
    live,
    logger: logger as never,
    signal: hears.signal,
    againMs: 10,
    aliveMs: 50,
  });
  await until(() => told.length === 1);
  await database.db.$client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query IN ('LISTEN deskwright_live', 'SELECT 1') AND pid <> pg_backend_pid() AND datname = current_database()",
  );
  await until(() => told.filter((each) => each === 'all').length === 2);
  expect(warned[0]).toContain('Cannot listen for ticket changes');
  await database.db.$client.query("SELECT pg_notify('deskwright_live', '42')");
  await until(() => told.includes('ticket 42'));
  await database.db.$client.query("SELECT pg_notify('deskwright_live', 'viewers 42')");
  await until(() => told.includes('viewers 42'));
  await database.db.$client.query("SELECT pg_notify('deskwright_live', 'dashboard')");
  await until(() => told.includes('dashboard'));
  hears.abort();
  await done;
  await own.$client.end();
});
