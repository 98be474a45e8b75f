// Checks that days of which only some tickets are known pass for no whole days.
import { FIGURE_IDS, FIGURES } from '@deskwright/shared';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { aPolicy, groupIdOf } from '../../figures/testing/builders.ts';
import { settings } from '../../platform/storage/tables.ts';
import { readForecast } from '../read/read-backlog.ts';
import { readBreakdown, readFigures } from '../read/read-figures.ts';
import { readSeries } from '../read/read-series.ts';
import { measuresDue, zendeskFigures } from '../tables.ts';
import { anAnsweredTicket, record } from '../testing/history-fixture.ts';
import { isPartialSince, noteBackfilled, noteBegin, noteImport } from './known-since.ts';
import { createMeasurer } from './measure-due-tickets.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const BEGIN = new Date('2026-11-12T05:00:00Z');
let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const measure = () =>
  createMeasurer({
    db: database.db,
    policy: { current: () => ({ policy: aPolicy(), guidance: new Map() }) },
    groupIdOf: () => groupIdOf,
    clock: () => NOW.getTime(),
    logger: { info: () => undefined, error: () => undefined },
  })();

const PERIOD = { from: new Date('2026-11-01T05:00:00Z'), to: new Date('2026-11-20T05:00:00Z') };
const valueOf = async (id: 'arrivals' | 'first_reply_time' | 'automatic_rate' | 'override_rate' | 'hand_off_rate') =>
  (await readFigures(database.db, PERIOD, [id]))[0];

/** Ticket 1 is from before the installation, ticket 2 from after it. */
async function two(): Promise<void> {
  await noteBegin(database.db, BEGIN);
  await record(database.db, [...anAnsweredTicket(1, '2026-11-10'), ...anAnsweredTicket(2, '2026-11-18')]);
  await measure();
}

test('a ticket that was open at the installation is no arrival of its day, and feeds no forecast', async () => {
  await two();
  expect(await valueOf('arrivals')).toMatchObject({ value: 1 });
  expect(await valueOf('first_reply_time')).toMatchObject({ n: 1 });
  const [trend] = await readSeries(database.db, PERIOD, ['arrivals'], 'day');
  const [before, day, quiet] = [8, 9, 12].map((index) => trend?.points[index]);
  expect([before?.value, day?.value, quiet?.value]).toEqual([null, null, 0]);
  const asked = { policy: { time_zone: 'America/New_York' }, now: NOW, open: 5 };
  expect((await readForecast(database.db, {}, asked)).from).toBe(2);
  const [compared] = await readFigures(
    database.db,
    { from: BEGIN, to: NOW, before: { from: PERIOD.from, to: BEGIN } },
    ['arrivals'],
  );
  expect(compared).not.toHaveProperty('before');
});

test('days that Zendesk tells of count, marked, and only with what it tells', async () => {
  await two();
  expect(await noteBackfilled(database.db, PERIOD.from, null)).toBe(true);
  expect(await noteBackfilled(database.db, BEGIN, null)).toBe(false);
  await database.db
    .insert(zendeskFigures)
    .values({ ticketId: 3, createdAt: new Date('2026-11-10T15:00:00Z'), readAt: NOW });
  await database.db.insert(measuresDue).values([{ ticketId: 1 }, { ticketId: 3 }]);
  await measure();
  expect(await valueOf('arrivals')).toMatchObject({ value: 3, fromZendesk: 2 });
  // Of the two from before nobody knows whether they were handed to a department.
  expect(await valueOf('hand_off_rate')).toMatchObject({ n: 1 });
});

/** Zendesk's metric sets know nothing of what these count, or of a part of it. */
const UNTOLD = FIGURE_IDS.filter(
  (id) =>
    !['now', 'forecast', 'shadow'].includes(FIGURES[id].from.kind) &&
    ![
      'first_reply_time',
      'first_resolution_time',
      'full_resolution_time',
      'requester_wait_time',
      'one_touch_rate',
      'reopen_rate',
      'arrivals',
      'solves',
    ].includes(id),
);

test('no figure is compared with a time of which it knows nothing, and counts of that time are no zeros', async () => {
  await two();
  await noteBackfilled(database.db, PERIOD.from, null);
  const compared = { from: BEGIN, to: NOW, before: { from: PERIOD.from, to: BEGIN } };
  const figures = await readFigures(database.db, compared, FIGURE_IDS);
  expect(figures.filter((figure) => figure.before === undefined).map(({ id }) => id)).toEqual(
    expect.arrayContaining(UNTOLD),
  );
  expect(figures.find(({ id }) => id === 'arrivals')).toHaveProperty('before');
  const byTier = await readBreakdown(database.db, compared, ['arrivals', 'clock_flips'], 'tier');
  const [arrivals, flips] = byTier.get('t1') ?? [];
  expect([arrivals?.before, flips?.before]).toEqual([{ value: 0, n: 0 }, undefined]);
  const [trend] = await readSeries(database.db, PERIOD, ['clock_flips'], 'day');
  expect([8, 12].map((day) => trend?.points[day]?.value)).toEqual([null, 0]);
});

test('days of which a first import still reads tickets are not known, and said to be partial, until all are measured', async () => {
  await two();
  await noteBackfilled(database.db, PERIOD.from, null);
  const isKnown = async () => {
    const query = { from: BEGIN, to: NOW, before: { from: PERIOD.from, to: BEGIN } };
    const [arrivals] = await readFigures(database.db, query, ['arrivals']);
    return [arrivals?.before !== undefined, !(await isPartialSince(database.db, PERIOD.from))];
  };
  await noteImport(database.db, 'reading');
  await measure();
  expect(await isKnown()).toEqual([false, false]);
  expect(await isPartialSince(database.db, BEGIN)).toBe(false);
  // What it told counts meanwhile.
  await database.db.insert(measuresDue).values({ ticketId: 1 });
  await measure();
  expect(await valueOf('arrivals')).toMatchObject({ value: 2 });
  await noteImport(database.db, 'measuring');
  expect(await isKnown()).toEqual([false, false]);
  await measure();
  expect(await isKnown()).toEqual([true, true]);
});

test('a range that ends before the known days leaves a gap, and makes nothing known', async () => {
  await noteBegin(database.db, BEGIN);
  expect(await noteBackfilled(database.db, PERIOD.from, new Date('2026-11-05T00:00:00Z'))).toBe(false);
  expect(await noteBackfilled(database.db, PERIOD.from, new Date('2026-11-13T00:00:00Z'))).toBe(true);
  await noteBegin(database.db, NOW);
  expect(await database.db.select({ value: settings.value }).from(settings)).toEqual([
    { value: { seen: '2026-11-12T04:59:00.000Z', told: PERIOD.from.toISOString() } },
  ]);
});
