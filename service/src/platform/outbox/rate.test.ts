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

test('grants a burst of ten seconds at once, then applies the rate', async () => {
  expect(await takeAll(60)).toBe(10);
  await letSecondsPass(5);
  expect(await takeAll(60)).toBe(5);
});

test('accumulates no more than the burst while nothing is written', async () => {
  await takeAll(60);
  await letSecondsPass(3_600);
  expect(await takeAll(60)).toBe(10);
});

test('grants an urgent write on credit, to be paid back, but not while Zendesk blocks writes', async () => {
  await takeAll(60);
  expect(await takeToken(database.db, 'zendesk', 60, { urgent: true })).toEqual({ granted: true });
  await letSecondsPass(1);
  expect((await takeToken(database.db, 'zendesk', 60)).granted).toBe(false);
  await letSecondsPass(1);
  expect((await takeToken(database.db, 'zendesk', 60)).granted).toBe(true);
  await blockTokens(database.db, 'zendesk', 5_000);
  expect((await takeToken(database.db, 'zendesk', 60, { urgent: true })).granted).toBe(false);
});

test('says in a refusal when the next write is possible', async () => {
  await takeAll(6);
  const budget = await takeToken(database.db, 'zendesk', 6);
  expect(budget).toMatchObject({ granted: false, waitMs: expect.any(Number) });
  expect(budget.granted ? 0 : budget.waitMs).toBeGreaterThan(8_000);
  expect(budget.granted ? 0 : budget.waitMs).toBeLessThanOrEqual(10_000);
});

test('grants two processes together no more than one', async () => {
  const other = openDatabase(database.url);
  try {
    const asked = Array.from({ length: 40 }, (_, index) => takeToken(index % 2 ? database.db : other, 'zendesk', 60));
    const granted = (await Promise.all(asked)).filter((budget) => budget.granted);
    expect(granted).toHaveLength(10);
  } finally {
    await other.$client.end();
  }
});

test('grants nothing while writes are blocked, and a shorter block does not replace a longer one', async () => {
  await blockTokens(database.db, 'zendesk', 30_000);
  await blockTokens(database.db, 'zendesk', 1_000);
  const budget = await takeToken(database.db, 'zendesk', 60);
  expect(budget).toMatchObject({ granted: false });
  expect(budget.granted ? 0 : budget.waitMs).toBeGreaterThan(25_000);
  await letSecondsPass(31);
  expect(await takeToken(database.db, 'zendesk', 60)).toEqual({ granted: true });
});

test('grants a returned write again, after debt is paid', async () => {
  expect(await takeAll(60)).toBe(10);
  await giveBackToken(database.db, 'zendesk');
  expect(await takeToken(database.db, 'zendesk', 60)).toEqual({ granted: true });
  await chargeToken(database.db, 'zendesk');
  await letSecondsPass(1);
  expect(await takeToken(database.db, 'zendesk', 60)).toMatchObject({ granted: false });
});
