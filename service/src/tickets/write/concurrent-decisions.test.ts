import { eq, sql } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import { until } from '../../platform/testing/until.ts';
import { tickets } from '../tables.ts';
import { createOutboxFixture, type OutboxFixture, performEffects } from './testing/outbox-fixture.ts';
import { supersedeWaitingDecision } from './withdraw-changes.ts';

let database: TestDatabase;
let fixture: OutboxFixture;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  fixture = createOutboxFixture(database.db);
});
afterAll(() => database.drop());

/** Somebody waits for a lock that another holds, in this database: other test files have theirs on the same server. */
async function somebodyWaits(): Promise<void> {
  await until(async () => {
    const { rows } = await database.db.execute(sql`
      SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`);
    return rows.length > 0;
  });
}

test.each([
  ['one ticket', 1],
  ['a job of many', 8],
])('a decision made while the write of %s is recorded causes no deadlock', async (_name, size) => {
  const errors: unknown[] = [];
  fixture.deps.logger = { ...fixture.deps.logger, error: (...said: unknown[]) => errors.push(said) };
  for (let id = 1; id <= size; id++) {
    await fixture.aTicket(id);
    await fixture.want(id, { addTags: ['category__bug'], note: 'Bug.' });
  }

  let performing: Promise<unknown> | undefined;
  await database.db.transaction(async (tx) => {
    await tx.select().from(tickets).where(eq(tickets.id, 1)).for('update');
    performing = performEffects(fixture.deps);
    await somebodyWaits();
    await supersedeWaitingDecision(tx, 1);
  });
  await performing;

  expect(errors).toEqual([]);
  expect(new Set(await fixture.states())).toEqual(new Set(['done']));
});

test('a postponed, superseded effect is not sent in a job after a person has set an override', async () => {
  for (let id = 1; id <= 8; id++) {
    await fixture.aTicket(id);
    await fixture.want(id, { addTags: ['category__bug', 'urgent'], note: 'Bug.' });
  }
  await database.db.update(outbox).set({ state: 'in_flight' }).where(eq(outbox.ticketId, 3));
  await supersedeWaitingDecision(database.db, 3);
  await database.db.update(outbox).set({ state: 'waiting' }).where(eq(outbox.ticketId, 3));
  await database.db.update(tickets).set({ placedBy: 'human' }).where(eq(tickets.id, 3));

  await performEffects(fixture.deps);

  expect(fixture.zendesk.account.tickets.get(3)?.tags).toEqual(['tents']);
  expect(await fixture.states()).toEqual(['done', 'done', 'cancelled', 'done', 'done', 'done', 'done', 'done']);
});

test('a move observed before the answer to our write, in the same second, is not reverted by it', async () => {
  const { updated_at: updatedAt } = await fixture.aTicket(1);
  await fixture.want(1, { addTags: ['category__bug'] });
  fixture.zendesk.faults.before('updateTicket', async () => {
    const heard = { groupId: 13, snapshotAt: new Date(Date.parse(updatedAt) + 1) };
    await database.db.update(tickets).set(heard).where(eq(tickets.id, 1));
  });

  await performEffects(fixture.deps);

  expect(await fixture.states()).toEqual(['done']);
  expect((await database.db.select().from(tickets))[0]?.groupId).toBe(13);
});

test("errors are logged without the query's parameters", async () => {
  const said: string[] = [];
  const keep = (...words: unknown[]) =>
    said.push(
      words
        .map((word) => JSON.stringify(word, (_key, value) => (value instanceof Error ? String(value.stack) : value)))
        .join(),
    );
  fixture.deps.logger = { ...fixture.deps.logger, error: keep, warn: keep };
  await fixture.aTicket(1);
  await fixture.want(1, { note: 'Bug.' });
  fixture.zendesk.faults.before('updateTicket', async () => {
    await database.db.execute(sql`SELECT ${'my secret tent'}::int`);
  });

  await performEffects(fixture.deps);

  expect(said.join()).toContain('Failed while performing effects');
  expect(said.join()).not.toContain('secret tent');
});
