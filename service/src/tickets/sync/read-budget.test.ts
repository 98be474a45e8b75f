import { sql } from 'drizzle-orm';
import { aZendesk, silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { openDatabase } from '../../platform/storage/database.ts';
import { until } from '../../platform/testing/until.ts';
import { aRestTicket } from '../process/testing/pipeline-room.ts';
import { takeWrite } from '../write/write-budget.ts';
import { aheadOfReadBudget, withinReadBudget } from './read-budget.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

function world() {
  const read: number[] = [];
  const showTicket = async (id: number) => (read.push(id), aRestTicket({ id }));
  return { read, zendesk: aZendesk({ showTicket }) };
}
const MANY = Array.from({ length: 60 }, (_, n) => n + 1);
const tokens = async () => {
  const { rows } = await database.db.execute<{ tokens: number }>(
    sql`SELECT tokens FROM write_budget WHERE name = 'zendesk-reads'`,
  );
  return rows[0]?.tokens ?? 0;
};

test('processes together read no more than the budget, and hear when to come back', async () => {
  const { read, zendesk } = world();
  const other = openDatabase(database.url);
  try {
    const here = withinReadBudget(zendesk, { db: database.db, readsPerMinute: 60 });
    const there = withinReadBudget(zendesk, { db: other, readsPerMinute: 60 });
    const all = await Promise.allSettled(MANY.map((id) => (id % 2 ? here : there).showTicket(id)));

    expect(read.length).toBeGreaterThanOrEqual(10);
    expect(read.length).toBeLessThan(20);
    const refused = all.find(({ status }) => status === 'rejected');
    expect(refused).toMatchObject({ reason: { kind: 'busy', retryAfterMs: expect.any(Number) } });
  } finally {
    await other.$client.end();
  }
});

test('agents always read, and events wait the longer for it', async () => {
  const { read, zendesk } = world();
  const agents = aheadOfReadBudget(zendesk, { db: database.db, readsPerMinute: 6, logger: silentLogger });
  for (const id of MANY) await agents.showTicket(id);
  expect(read).toEqual(MANY);

  await until(async () => (await tokens()) < -50);
  const events = withinReadBudget(zendesk, { db: database.db, readsPerMinute: 6 });
  await expect(events.showTicket(99)).rejects.toMatchObject({ kind: 'busy' });
});

test('reads and writes do not use up one another', async () => {
  const { zendesk } = world();
  const events = withinReadBudget(zendesk, { db: database.db, readsPerMinute: 6 });
  await events.showTicket(1);
  await expect(events.showTicket(2)).rejects.toMatchObject({ kind: 'busy' });

  expect(await takeWrite(database.db, 60)).toEqual({ granted: true });
});
