// Checks what is marked, and what a launch changed, against counts worked by hand.
import { addDays, startOfDate } from '@deskwright/shared';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { addAnnotation, removeAnnotation } from '../annotations.ts';
import { policyVersions, rollups } from '../tables.ts';
import { readMarks } from './read-marks.ts';

const policy = { time_zone: 'America/New_York', categories: [{ id: 'payment', name: 'Payment' }] } as never;
const NOW = new Date('2026-11-28T13:00:00Z');
const NOVEMBER = { from: new Date('2026-11-01T04:00:00Z'), to: NOW };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await db.insert(policyVersions).values([
    { hash: 'a', since: new Date('2026-11-02T10:00:00Z') },
    { hash: 'b', since: new Date('2026-11-25T10:00:00Z') },
  ]);
  const mark = { at: new Date('2026-11-20T15:00:00Z'), text: 'New checkout', category: 'payment', who: 'ana' };
  await addAnnotation(db, mark);
  await removeAnnotation(db, await addAnnotation(db, { ...mark, text: 'By mistake' }));
  // One a day about payment until the launch, three a day since.
  const days = Array.from({ length: 40 }, (_, n) => addDays('2026-10-20', n)).filter((day) => day < '2026-11-28');
  const sums = {
    grain: 'day',
    figure: 'arrival',
    clock: 'calendar',
    total: 0,
    met: 0,
    missed: 0,
    fromZendesk: 0,
    bins: [],
  } as const;
  await db.insert(rollups).values(
    days.flatMap((day) => {
      const bucket = new Date(startOfDate(day, 'America/New_York') ?? 0);
      const n = day > '2026-11-20' ? 3 : 1;
      return [
        { ...sums, bins: [], dimension: 'all', member: '', bucket, n },
        { ...sums, bins: [], dimension: 'category', member: 'payment', bucket, n },
      ];
    }),
  );
});
afterAll(() => database.drop());

test('marks, versions of the policy and the installation are told in the order of time', async () => {
  const found = await readMarks(database.db, NOVEMBER, { policy, now: NOW });
  expect(found.map(({ kind, text }) => [kind, text])).toEqual([
    ['installed', 'Deskwright'],
    ['mark', 'New checkout'],
    ['policy', 'b'],
  ]);
});

test('a mark says how many a day arrived before and after, by the days of the time zone', async () => {
  const found = await readMarks(database.db, NOVEMBER, { policy, now: NOW });
  expect(found.find(({ kind }) => kind === 'mark')).toMatchObject({
    category: 'payment',
    effect: [{ id: 'payment', name: 'Payment', before: 1, after: 3 }],
    compared: { state: 'known', days: 7 },
  });
});

test('only the period counts', async () => {
  const december = { from: NOW, to: new Date('2027-01-01T00:00:00Z') };
  expect(await readMarks(database.db, december, { policy, now: NOW })).toEqual([]);
});
