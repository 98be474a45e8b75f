// Checks the count of waiting customers against tickets made by hand.
import { aTicketRow } from '../../../testing/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { tickets } from '../../tickets/index.ts';
import { readWaiting } from './read-waiting.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const ago = (hours: number): Date => new Date(NOW.getTime() - hours * 3_600_000);
const policy = {
  tiers: [
    { id: 't1', name: 'Tier 1' },
    { id: 't2', name: 'Tier 2' },
  ],
} as never;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const rows = [
    { id: 1, tier: 't1', status: 'open', waitingSince: ago(0.5), assigneeId: 7 },
    { id: 2, tier: 't1', status: 'new', waitingSince: ago(30) },
    { id: 3, tier: 't1', status: 'pending', waitingSince: null },
    { id: 4, tier: 't1', status: 'solved', waitingSince: null },
    { id: 5, tier: 't9', status: 'open', waitingSince: ago(1) },
    { id: 6, tier: 't1', status: 'open', waitingSince: ago(90), gone: 'spam' as const },
    { id: 7, tier: 't1', status: 'open', waitingSince: ago(-0.01) },
  ];
  await database.db.insert(tickets).values(rows.map((row) => aTicketRow({ category: 'bug', ...row })));
});
afterAll(() => database.drop());

test('who waits, since when, and in which tier', async () => {
  const waiting = await readWaiting(database.db, {}, { policy, now: NOW });
  expect(waiting).toMatchObject({
    n: 4,
    open: 5,
    unassigned: 3,
    oldest: { since: ago(30).toISOString(), ticketId: 2 },
    byTier: [
      { id: 't1', name: 'Tier 1', n: 3, oldest: ago(30).toISOString() },
      { id: 't2', name: 'Tier 2', n: 0, oldest: null },
      { id: 't9', name: 't9', n: 1, oldest: ago(1).toISOString() },
    ],
  });
  expect(waiting.ages.filter(({ n }) => n > 0)).toEqual([
    { from: 0, to: 1, n: 2 },
    { from: 1, to: 4, n: 1 },
    { from: 24, to: 72, n: 1 },
  ]);
});

test('with filters', async () => {
  const waiting = await readWaiting(database.db, { tier: 't1', agent: 7 }, { policy, now: NOW });
  expect(waiting).toMatchObject({ n: 1, open: 1, unassigned: 0 });
});
