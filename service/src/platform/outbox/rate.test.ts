import { sql } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { openDatabase } from '../../platform/storage/database.ts';
import { blockTokens, chargeToken, giveBackToken, takeToken } from './rate.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ stoppedClock: true });
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

/** Moves the row's past back by `seconds`: the database's clock, on which the budget runs, stands still. */
const letSecondsPass = (seconds: number) =>
  database.db.execute(sql`UPDATE write_budget SET refilled_at = refilled_at - ${seconds} * interval '1 second',
    blocked_until = blocked_until - ${seconds} * interval '1 second'`);

async function takeAll(writesPerMinute: number, most = 200): Promise<number> {
  for (let taken = 0; taken < most; taken++) {
    if (!(await takeToken(database.db, 'zendesk', writesPerMinute)).granted) return taken;
  }
  return most;
}

test('a burst of ten seconds is granted at once, then the rate applies', async () => {
  expect(await takeAll(60)).toBe(10);
  await letSecondsPass(5);
  expect(await takeAll(60)).toBe(5);
});

test('no more than the burst accumulates, however long nothing is written', async () => {
  await takeAll(60);
  await letSecondsPass(3_600);
  expect(await takeAll(60)).toBe(10);
});

test('an urgent write is granted on credit and paid back, but not while Zendesk blocks writes', async () => {
  await takeAll(60);
  expect(await takeToken(database.db, 'zendesk', 60, { urgent: true })).toEqual({ granted: true });
  await letSecondsPass(1);
  expect((await takeToken(database.db, 'zendesk', 60)).granted).toBe(false);
  await letSecondsPass(1);
  expect((await takeToken(database.db, 'zendesk', 60)).granted).toBe(true);
  await blockTokens(database.db, 'zendesk', 5_000);
  expect((await takeToken(database.db, 'zendesk', 60, { urgent: true })).granted).toBe(false);
});

test('a refusal says when the next write is possible', async () => {
  await takeAll(6);
  const budget = await takeToken(database.db, 'zendesk', 6);
  expect(budget).toMatchObject({ granted: false, waitMs: expect.any(Number) });
  expect(budget.granted ? 0 : budget.waitMs).toBeGreaterThan(8_000);
  expect(budget.granted ? 0 : budget.waitMs).toBeLessThanOrEqual(10_000);
});

test('two processes together get no more than one would', async () => {
  const other = openDatabase(database.url);
  try {
    const asked = Array.from({ length: 40 }, (_, index) => takeToken(index % 2 ? database.db : other, 'zendesk', 60));
    const granted = (await Promise.all(asked)).filter((budget) => budget.granted);
    expect(granted).toHaveLength(10);
  } finally {
    await other.$client.end();
  }
});

test('while writes are blocked none is granted, and a shorter block does not replace a longer one', async () => {
  await blockTokens(database.db, 'zendesk', 30_000);
  await blockTokens(database.db, 'zendesk', 1_000);
  const budget = await takeToken(database.db, 'zendesk', 60);
  expect(budget).toMatchObject({ granted: false });
  expect(budget.granted ? 0 : budget.waitMs).toBeGreaterThan(25_000);
  await letSecondsPass(31);
  expect(await takeToken(database.db, 'zendesk', 60)).toEqual({ granted: true });
});

test('a returned write can be taken again; a debt is paid first', async () => {
  expect(await takeAll(60)).toBe(10);
  await giveBackToken(database.db, 'zendesk');
  expect(await takeToken(database.db, 'zendesk', 60)).toEqual({ granted: true });
  await chargeToken(database.db, 'zendesk');
  await letSecondsPass(1);
  expect(await takeToken(database.db, 'zendesk', 60)).toMatchObject({ granted: false });
});
