import { aTicketRow } from '../../../testing/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { categoryCorrections } from '../../sidebar/index.ts';
import { tickets } from '../../tickets/index.ts';
import { readCorrections } from './read-labelled-tickets.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('reads the last category that agents chose, and those they left when they solved, without erased words', async () => {
  const { db } = database;
  await db
    .insert(tickets)
    .values([
      aTicketRow({ id: 1, subject: 'Corrected twice', status: 'open', category: 'other' }),
      aTicketRow({ id: 2, subject: 'Correction undone', status: 'open', category: 'other' }),
      aTicketRow({ id: 3, subject: 'Left as it was', status: 'solved', category: 'bug' }),
      aTicketRow({ id: 4, subject: 'Still open', status: 'open', category: 'bug' }),
      aTicketRow({ id: 5, subject: '', description: '', status: 'closed', category: 'bug', erasedAt: new Date(0) }),
      aTicketRow({ id: 6, subject: 'Corrected, then solved', status: 'solved', category: 'other' }),
    ]);
  const before = { categories: [], groupId: null, placedBy: 'policy' as const };
  const correction = (ticketId: number, toCategory: string, day: number, undoneAt: Date | null = null) => ({
    ticketId,
    agentId: 1,
    before: before as never,
    toCategory,
    toTier: 't1',
    correctedAt: new Date(day * 86_400_000),
    undoneAt,
  });
  await db
    .insert(categoryCorrections)
    .values([
      correction(1, 'bug', 1),
      correction(1, 'refund', 2),
      correction(2, 'refund', 1, new Date()),
      correction(6, 'refund', 1),
    ]);

  const read = await readCorrections(db);

  expect(read.map(({ facts, label }) => [facts.subject, label])).toEqual([
    ['Corrected twice', 'refund'],
    ['Left as it was', 'bug'],
    ['Corrected, then solved', 'refund'],
  ]);
});
