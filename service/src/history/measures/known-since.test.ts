// Checks that days of which only some tickets are known pass for no whole days.
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { aPolicy, groupIdOf } from '../../figures/testing/builders.ts';
import { settings } from '../../platform/storage/tables.ts';
import { readFigures } from '../read/read-figures.ts';
import { readForecast } from '../read/read-forecast.ts';
import { readSeries } from '../read/read-series.ts';
import { measuresDue, zendeskFigures } from '../tables.ts';
import { anAnsweredTicket, record } from '../testing/record.ts';
import { noteBegin, noteTold } from './known-since.ts';
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
  expect(await noteTold(database.db, PERIOD.from, null)).toBe(true);
  expect(await noteTold(database.db, BEGIN, null)).toBe(false);
  await database.db
    .insert(zendeskFigures)
    .values({ ticketId: 3, createdAt: new Date('2026-11-10T15:00:00Z'), readAt: NOW });
  await database.db.insert(measuresDue).values([{ ticketId: 1 }, { ticketId: 3 }]);
  await measure();
  expect(await valueOf('arrivals')).toMatchObject({ value: 3, fromZendesk: 2 });
  // Of the two from before nobody knows whether they were handed to a department.
  expect(await valueOf('hand_off_rate')).toMatchObject({ n: 1 });
});

test('a range that ends before the known days leaves a gap, and makes nothing known', async () => {
  await noteBegin(database.db, BEGIN);
  expect(await noteTold(database.db, PERIOD.from, new Date('2026-11-05T00:00:00Z'))).toBe(false);
  expect(await noteTold(database.db, PERIOD.from, new Date('2026-11-13T00:00:00Z'))).toBe(true);
  await noteBegin(database.db, NOW);
  expect(await database.db.select({ value: settings.value }).from(settings)).toEqual([
    { value: { seen: '2026-11-12T04:59:00.000Z', told: PERIOD.from.toISOString() } },
  ]);
});
