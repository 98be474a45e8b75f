import { eq } from 'drizzle-orm';
import request from 'supertest';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { measures } from '../../history/tables.ts';
import { until } from '../../platform/testing/until.ts';
import { tickets } from '../../tickets/tables.ts';
import { aDashboardApp, type DashboardApp, type Who } from '../testing/dashboard-app.ts';
import { followLive, type LiveStream } from '../testing/follow-live.ts';

let database: TestDatabase;
let fixture: DashboardApp;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  fixture = await aDashboardApp(database);
});
afterEach(async () => {
  await fixture.close();
  await database.clear();
});
afterAll(() => database.drop());

const live = async (query = '') => `${await fixture.listen()}/api/dashboard/live${query}`;
const followAs = async (who: Who, query = '') => followLive(await live(query), await fixture.bearer(who));
const waitingIn = (stream: LiveStream) =>
  stream.events().flatMap(({ event, data }) => (event === 'dashboard' ? [data.waiting.n] : []));
const lastIs = (stream: LiveStream, n: number) => until(() => waitingIn(stream).at(-1) === n);

async function aWallLink(): Promise<{ id: number; wall: string }> {
  const made = await request(fixture.app)
    .post('/api/dashboard/links')
    .set('authorization', await fixture.bearer('admin'))
    .send({ name: 'Office' });
  return { id: made.body.id, wall: `Wall ${made.body.url.split('/wall/')[1]}` };
}

test('several viewers see a change of a ticket, each what they may see', async () => {
  const { wall } = await aWallLink();
  const streams = [await followAs('agent'), await followAs('own'), await followLive(await live(), wall)] as const;
  for (const stream of streams) await lastIs(stream, 0);
  await fixture.givenTicket({ id: 4242 });
  for (const stream of streams) await lastIs(stream, 1);
  const [agent, own, screen] = streams.map((stream) => stream.events().at(-1)?.data.waiting.oldest?.ticket);
  expect(agent).toMatchObject({ id: 4242 });
  expect([own, screen]).toEqual([null, null]);
  expect(JSON.stringify(streams[2].events())).not.toContain('4242');
});

test('measures announce themselves', async () => {
  const stream = await followAs('agent');
  await lastIs(stream, 0);
  const row = { ticketId: 42, figure: 'arrival', at: new Date(fixture.now()), tier: 't1', category: 'bug' };
  await until(async () => {
    await database.db.insert(measures).values(row);
    return stream.events().some(({ data }) => data.topics?.some(({ id }) => id === 'bug'));
  });
});

test('what has not changed is not sent again', async () => {
  const stream = await followAs('agent');
  const other = await followAs('agent', '?tier=t1');
  await lastIs(stream, 0);
  await lastIs(other, 0);
  // A ticket without a tier is news for one of them only.
  await fixture.givenTicket({ id: 7, tier: null });
  await lastIs(stream, 1);
  await fixture.givenTicket({ id: 8, tier: 't1' });
  await lastIs(other, 1);
  await until(() => other.heartbeats() > 3);
  expect(waitingIn(other)).toEqual([0, 1]);
});

test.each([
  ['whose token expires', (): unknown => fixture.wait(400_000)],
  ['who is suspended', () => fixture.change('agent', { suspended: true })],
  ['whose service stops', () => fixture.stopServing()],
])('the stream of an agent %s ends', async (_what, happens) => {
  const stream = await followAs('agent');
  await lastIs(stream, 0);
  happens();
  await until(() => stream.ended());
});

test('nobody is told anything once their right has ended', async () => {
  await fixture.close();
  fixture = await aDashboardApp(database, { limits: { heartbeatMs: 600_000 } });
  const stream = await followAs('agent');
  await lastIs(stream, 0);
  fixture.wait(400_000);
  await fixture.givenTicket();
  await until(() => stream.ended());
  expect(waitingIn(stream)).toEqual([0]);
});

test('a revoked link ends its open streams at once, and says so', async () => {
  await fixture.close();
  fixture = await aDashboardApp(database, { limits: { heartbeatMs: 600_000 } });
  const [revoked, kept] = [await aWallLink(), await aWallLink()];
  const [stream, other] = [await followLive(await live(), revoked.wall), await followLive(await live(), kept.wall)];
  await lastIs(stream, 0);
  await lastIs(other, 0);
  const path = `/api/dashboard/links/${revoked.id}`;
  await request(fixture.app)
    .delete(path)
    .set('authorization', await fixture.bearer('admin'))
    .expect(204);
  await until(() => stream.ended());
  expect(stream.events().at(-1)).toMatchObject({ event: 'problem', data: { error: 'token_invalid' } });
  expect((await followLive(await live(), revoked.wall)).status).toBe(401);
  await fixture.givenTicket();
  await lastIs(other, 1);
});

test('a failing database is told, and the figures come back by themselves', async () => {
  const stream = await followAs('agent');
  await lastIs(stream, 0);
  await database.db.execute('ALTER TABLE restatements RENAME TO restatements_away');
  try {
    await fixture.givenTicket();
    await until(() => stream.events().at(-1)?.event === 'problem');
    expect(stream.events().at(-1)?.data).toMatchObject({ error: 'unavailable' });
  } finally {
    await database.db.execute('ALTER TABLE restatements_away RENAME TO restatements');
  }
  await lastIs(stream, 1);
  expect(stream.ended()).toBe(false);
});

test('a viewer may not open any number of streams', async () => {
  await fixture.close();
  fixture = await aDashboardApp(database, { limits: { streamsPerViewer: 2 } });
  const [first] = [await followAs('agent'), await followAs('agent')];
  expect((await followAs('agent')).status).toBe(429);
  expect((await followAs('lead')).status).toBe(200);
  first.leave();
  await until(async () => {
    const again = await followAs('agent');
    return again.status === 200;
  });
});

test('a company behind one address may open many, and refusals still count', async () => {
  await fixture.close();
  fixture = await aDashboardApp(database, { limits: { refusedPerIp: 3 } });
  for (let n = 0; n < 5; n++) expect((await followAs('agent')).status).toBe(200);
  const forged = async () => (await followLive(await live(), 'Bearer forged')).status;
  expect([await forged(), await forged(), await forged(), await forged()]).toEqual([401, 401, 401, 429]);
});

test('a ticket that is solved is not waiting any more', async () => {
  await fixture.givenTicket();
  const stream = await followAs('agent');
  await lastIs(stream, 1);
  await database.db.update(tickets).set({ status: 'solved', waitingSince: null }).where(eq(tickets.id, 42));
  await lastIs(stream, 0);
  expect(waitingIn(stream)).toEqual([1, 0]);
});
