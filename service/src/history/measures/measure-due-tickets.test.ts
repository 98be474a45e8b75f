// Checks the job that keeps figures up to date: when it is stopped, when a ticket is broken, when the past changes.
import { asc } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { aPolicy, groupIdOf } from '../../figures/testing/builders.ts';
import { openDatabase } from '../../platform/storage/database.ts';
import { readFigures } from '../read/read-figures.ts';
import { measuresDue, restatements, unmeasuredTickets } from '../tables.ts';
import { allSums, aMeasure, anAnsweredTicket, record } from '../testing/history-fixture.ts';
import { readFiguresState, saveFiguresState } from './figures-state.ts';
import { measureBatch } from './measure-batch.ts';
import { createMeasurer } from './measure-due-tickets.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const logged: object[] = [];
beforeEach(() => logged.splice(0));
const measurer = (db = database.db, given = aPolicy()) =>
  createMeasurer({
    db,
    policy: { current: () => ({ policy: given, guidance: new Map() }) },
    groupIdOf: () => groupIdOf,
    clock: () => NOW.getTime(),
    logger: { info: () => undefined, error: (about: object) => void logged.push(about) },
  });
const due = () => database.db.select().from(measuresDue);
const DAY = { from: new Date('2026-11-18T05:00:00Z'), to: new Date('2026-11-19T05:00:00Z') };
const readDay = async () =>
  (await readFigures(database.db, DAY, ['arrivals', 'first_reply_time', 'solves'])).map(({ value }) => value);

test.each(['measures', 'waits', 'rollups', 'combined_rollups', 'restatements', 'measures_due'])(
  'killed while it writes %s, it changes no figure, and the next run computes all of them',
  async (table) => {
    const { db } = database;
    await measurer()();
    await record(db, [...anAnsweredTicket(1, '2026-11-18'), ...anAnsweredTicket(2, '2026-11-18')]);
    await saveFiguresState(db, { ...(await stateOf()), knownSince: '2026-11-01T00:00:00.000Z' });
    await db.$client.query(`
      CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';
      CREATE TRIGGER die AFTER INSERT OR UPDATE OR DELETE ON ${table} EXECUTE FUNCTION die()`);
    const dying = openDatabase(database.url, { max: 1 });
    await expect(measurer(dying)()).rejects.toThrow(/terminat|Failed query|Connection/i);
    await dying.$client.end();
    await db.$client.query(`DROP TRIGGER die ON ${table}`);
    expect(await allSums(db)).toEqual([]);
    expect(await due()).toHaveLength(10);

    await measurer()();
    expect(await readDay()).toEqual([2, 3_600, 2]);
    expect(await due()).toEqual([]);
  },
);

const stateOf = async () => {
  const state = await readFiguresState(database.db);
  if (state === null) throw new Error('nothing was measured');
  return state;
};

test('a ticket that cannot be measured is recorded for operators, and stops no other', async () => {
  const { db } = database;
  const ids = [1, 2, 3, 4, 5];
  const measureAll = (isBroken: boolean) =>
    db.transaction((tx) =>
      measureBatch(tx, ids, {
        measure: ({ ticketId }) => {
          if (isBroken && ticketId === 2) throw new Error('It makes no sense.');
          // PostgreSQL refuses such a score.
          const score = isBroken && ticketId === 4 ? 99_999 : null;
          return { measures: [aMeasure('arrival', '2026-11-18T15:00:00Z', { score })], waits: [] };
        },
        departmentGroups: [],
        timeZone: 'UTC',
        knownSince: NOW,
        keptSince: null,
        now: NOW,
        logger: { error: (about: object) => void logged.push(about) },
      }),
    );
  await measureAll(true);
  expect(await readDay()).toEqual([3, null, 0]);
  expect(await db.select().from(unmeasuredTickets).orderBy(asc(unmeasuredTickets.ticketId))).toMatchObject([
    { ticketId: 2, error: 'Error: It makes no sense.', failedAt: NOW },
    { ticketId: 4, failedAt: NOW },
  ]);
  expect(logged).toEqual(
    expect.arrayContaining([expect.objectContaining({ ticketId: 2 }), expect.objectContaining({ ticketId: 4 })]),
  );

  // Once they can be measured they are no longer listed.
  await measureAll(false);
  expect(await readDay()).toEqual([5, null, 0]);
  expect(await db.select().from(unmeasuredTickets)).toEqual([]);
});

test('what is recorded during a measurement stays due', async () => {
  const { db } = database;
  await record(db, anAnsweredTicket(1, '2026-11-18').slice(0, 3));
  const client = await db.$client.connect();
  await client.query('BEGIN');
  await client.query(`INSERT INTO measures_due (ticket_id) VALUES (1)`);
  await client.query(
    `INSERT INTO history (ticket_id, at, kind, value, ref, actor, actor_id, public, source) VALUES (1, '2026-11-18T16:00:00Z', 'comment', 'email', 11, 'agent', 7, true, 'event')`,
  );
  await measurer()();
  await client.query('COMMIT');
  client.release();
  expect(await readDay()).toEqual([1, null, 0]);
  expect(await due()).toHaveLength(1);
  await measurer()();
  expect(await readDay()).toEqual([1, 7_200, 0]);
});

test('late data restates days that had ended, and says so', async () => {
  const { db } = database;
  await measurer()();
  await saveFiguresState(db, { ...(await stateOf()), knownSince: '2026-11-17T00:00:00.000Z' });
  await record(db, [...anAnsweredTicket(1, '2026-11-18'), ...anAnsweredTicket(2, '2026-11-20')]);
  await measurer()();
  expect(await db.select().from(restatements)).toEqual([{ day: '2026-11-18', at: NOW, tickets: 1 }]);
  // Nobody saw figures of a day before the first ones, and what is as it was is no restatement.
  await record(db, [...anAnsweredTicket(3, '2026-11-10'), ...anAnsweredTicket(1, '2026-11-18').slice(0, 1)]);
  await measurer()();
  expect(await db.select().from(restatements).orderBy(asc(restatements.day))).toMatchObject([
    { day: '2026-11-18', tickets: 1 },
  ]);
});

test('when the policy changes a target, all tickets are judged by the new one', async () => {
  await record(database.db, anAnsweredTicket(1, '2026-11-18'));
  await measurer()();
  const within = async () => (await readFigures(database.db, DAY, ['replies_within_target']))[0]?.value;
  expect(await within()).toBe(1);
  await measurer(database.db, aPolicy({ targets: [{ first_reply: '10m' }] }))();
  expect(await within()).toBe(0);
  expect((await stateOf()).rebuild).toBeNull();
});

test('combined sums, which an earlier version did not make, are added up after an upgrade', async () => {
  const { db } = database;
  await record(db, [...anAnsweredTicket(1, '2026-11-18'), ...anAnsweredTicket(2, '2026-10-30')]);
  await measurer()();
  const sums = await allSums(db);
  const { hasCombined: _, ...state } = await stateOf();
  await saveFiguresState(db, state);
  await db.execute('DELETE FROM combined_rollups');
  await measurer()();
  expect(await allSums(db)).toEqual(sums);
  expect(await stateOf()).toMatchObject({ hasCombined: true, rebuild: null });
});

test('nothing is measured before Zendesk has said which groups there are', async () => {
  await record(database.db, anAnsweredTicket(1, '2026-11-18'));
  const waiting = createMeasurer({
    db: database.db,
    policy: { current: () => ({ policy: aPolicy(), guidance: new Map() }) },
    groupIdOf: () => null,
    clock: () => NOW.getTime(),
    logger: { info: () => undefined, error: () => undefined },
  });
  expect(await waiting()).toBe(false);
  expect(await due()).toHaveLength(5);
});
