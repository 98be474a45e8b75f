// Checks what is left when the oldest months are deleted.
import { asc } from 'drizzle-orm';
import { until } from '../../testing/start-harness.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { aPolicy, groupIdOf } from '../figures/testing/builders.ts';
import { lockMeasures } from './measures/measure-batch.ts';
import { createMeasurer } from './measures/measure-due-tickets.ts';
import { requestRebuild } from './measures/rebuild-figures.ts';
import { makePartitions } from './partitions.ts';
import { createHistoryRetention } from './retention.ts';
import { history, measures, zendeskFigures } from './tables.ts';
import { allSums, aMeasure, anAnsweredTicket, record } from './testing/history-fixture.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

test('old measures are not deleted while tickets are measured', async () => {
  const { db } = database;
  await db.insert(measures).values({ ...aMeasure('arrival', '2026-01-18T15:00:00Z'), ticketId: 1 });
  const prune = createHistoryRetention(db);
  let pruned: Promise<void> | undefined;
  await db.transaction(async (tx) => {
    await lockMeasures(tx);
    pruned = prune(new Date('2026-11-20T00:00:00Z'), new AbortController().signal);
    await until('the deletion waits', async () => {
      const { rows } = await db.execute<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return rows[0]?.n === 1;
    });
    expect(await tx.select().from(measures)).toHaveLength(1);
  });
  await pruned;
  expect(await db.select().from(measures)).toEqual([]);
});

const NOW = new Date('2026-11-20T12:00:00Z');
const OCTOBER = new Date('2026-10-20T00:00:00Z');
const measureIn = (timeZone: string) =>
  createMeasurer({
    db: database.db,
    policy: { current: () => ({ policy: aPolicy({ time_zone: timeZone }), guidance: new Map() }) },
    groupIdOf: () => groupIdOf,
    clock: () => NOW.getTime(),
    logger: { info: () => undefined, error: () => undefined },
  })();
const prune = () => createHistoryRetention(database.db)(OCTOBER, new AbortController().signal);
const allMeasures = () =>
  database.db
    .select({ id: measures.ticketId, figure: measures.figure, at: measures.at, tier: measures.tier })
    .from(measures)
    .orderBy(asc(measures.ticketId), asc(measures.at), asc(measures.figure));

// Their weeks begin nine hours before, and four hours after, those of UTC.
test.each(['Asia/Tokyo', 'America/New_York'])('the first week that is kept in %s is kept as a whole', async (zone) => {
  await measureIn(zone);
  const times = ['2026-09-27T14:00:00Z', '2026-09-27T16:00:00Z', '2026-09-28T03:00:00Z', '2026-09-28T05:00:00Z'];
  await record(
    database.db,
    times.flatMap((at, n) => [{ ...anAnsweredTicket(n + 1, '2026-09-01')[0]!, at: new Date(at) }]),
  );
  await measureIn(zone);
  await prune();
  const left = await allSums(database.db);
  expect(left.length).toBeGreaterThan(0);
  await requestRebuild(database.db, NOW);
  await measureIn(zone);
  expect(await allSums(database.db)).toEqual(left);
});

test('a ticket of the month that goes keeps its later figures, however often it is measured again, and gets no older ones', async () => {
  const { db } = database;
  await measureIn('UTC');
  await makePartitions(db, new Date('2026-09-10T00:00:00Z'));
  const [, , , , solved] = anAnsweredTicket(1, '2026-10-02');
  const [asked, said, tier, answered] = anAnsweredTicket(1, '2026-09-25');
  await record(db, [asked!, said!, tier!, answered!, solved!, ...anAnsweredTicket(2, '2026-09-24')]);
  await db.insert(zendeskFigures).values({ ticketId: 3, createdAt: asked!.at, firstReply: 7 * 24 * 60, readAt: NOW });
  await record(db, [{ ...solved!, ticketId: 3 }]);
  await measureIn('UTC');
  const before = (await allMeasures()).filter(({ at }) => at >= new Date('2026-09-28T00:00:00Z'));
  expect(before.map(({ id, figure }) => `${id} ${figure}`)).toContain('1 full_resolution');

  await prune();
  expect(await allMeasures()).toEqual(before);
  expect(await db.selectDistinct({ id: history.ticketId }).from(history).orderBy(asc(history.ticketId))).toEqual([
    { id: 1 },
    { id: 3 },
  ]);
  const sums = await allSums(db);
  await requestRebuild(db, NOW);
  await measureIn('UTC');
  expect(await allMeasures()).toEqual(before);
  expect(await allSums(db)).toEqual(sums);

  // A month later nothing has happened to them since.
  await createHistoryRetention(db)(new Date('2026-11-20T00:00:00Z'), new AbortController().signal);
  expect(await db.select().from(history)).toEqual([]);
  expect(await db.select().from(zendeskFigures)).toEqual([]);
});
