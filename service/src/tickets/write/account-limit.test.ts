import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { checkWrites } from '../readiness.ts';
import { recordAccountLimit, stopWrites, writesAllowed } from './stopped-writes.ts';
import { createOutboxFixture, type OutboxFixture, performEffects } from './testing/outbox-fixture.ts';

let database: TestDatabase;
let fixture: OutboxFixture;
beforeAll(async () => {
  database = await createTestDatabase({ stoppedClock: true });
});
beforeEach(async () => {
  await database.clear();
  fixture = createOutboxFixture(database.db);
  fixture.deps.writesPerMinute = () => 60;
  fixture.deps.limits = { workMs: 0 };
});
afterAll(() => database.drop());

test.each([
  [60, null, 60],
  [60, 100, 60],
  [60, 300, 60],
  [60, 20, 12],
  [100, 100, 80],
  [100, 20, 16],
  [40, 30, 12],
])('the policy’s %i in an account that allows %s gives %i a minute', (policy, account, allowed) => {
  expect(writesAllowed(policy, account)).toBe(allowed);
});

async function aBacklog(size: number): Promise<void> {
  for (let id = 1; id <= size; id++) {
    await fixture.aTicket(id);
    await fixture.want(id, { addTags: ['a'] });
  }
}

test("an answer's headers limit the writes, also of processes that have not seen it", async () => {
  await aBacklog(5);
  await recordAccountLimit(database.db, { total: 20, remaining: 19, resetMs: 42_000 });
  // A full bucket holds ten seconds' worth: two of twelve a minute. The row is new, so it is empty.
  await performEffects(fixture.deps);
  const { againInMs } = await performEffects(fixture.deps);
  expect(fixture.zendesk.writes.length).toBeLessThanOrEqual(2);
  // Twelve a minute: one every five seconds. By the policy alone it would be one.
  expect(againInMs).toBeGreaterThan(1_500);
});

test("when others have used most of the limit, only agents' changes are written until it recovers", async () => {
  await aBacklog(3);
  await recordAccountLimit(database.db, { total: 100, remaining: 15, resetMs: 50_000 });
  await fixture.aTicket(7);
  await fixture.want(7, { addTags: ['a'] }, { cause: 'agent' });
  const { againInMs } = await performEffects(fixture.deps);
  expect(fixture.zendesk.writes.map(({ ticketId }) => ticketId)).toEqual([7]);
  expect(againInMs).toBeGreaterThan(40_000);
  expect((await performEffects(fixture.deps)).againInMs).toBeGreaterThan(40_000);
});

test('/readyz says which limit applies, and when nothing is written', async () => {
  const check = () => checkWrites(database.db, 60);
  expect(await check()).toEqual({ ok: true, detail: expect.stringContaining('at most 60 ticket updates a minute') });
  await recordAccountLimit(database.db, { total: 100, remaining: 99, resetMs: 42_000 });
  expect(await check()).toEqual({ ok: true, detail: expect.stringContaining('the account allows 100 in all') });
  await recordAccountLimit(database.db, { total: 20, remaining: 19, resetMs: 42_000 });
  expect(await check()).toEqual({
    ok: true,
    detail:
      "at most 12 ticket updates a minute: the account allows 20 in all, too few for the policy's writes_per_minute of 60",
  });
  await stopWrites(database.db, 'refused', 5_000);
  expect(await check()).toMatchObject({ ok: true, warning: expect.stringContaining('Zendesk refuses our login') });
});
