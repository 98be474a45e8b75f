import { eq } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import { createOutboxFixture, type OutboxFixture } from './testing/outbox-fixture.ts';
import { supersedeWaitingDecision, withdrawOverriddenChanges } from './withdraw-changes.ts';

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

const DECISION = { addTags: ['category__bug', 'money'], groupId: 9, priority: 'high', note: 'Bug.' } as const;
const changes = async () => (await fixture.rows()).map(({ payload }) => (payload as { change: object }).change);

test.each(['waiting', 'in_flight', 'parked'] as const)(
  'a decision that is %s keeps what the agent has not changed, and no newer decision drops it',
  async (state) => {
    await fixture.want(42, DECISION);
    await database.db.update(outbox).set({ state });
    await withdrawOverriddenChanges(database.db, 42, { keepGroup: false, keepNote: false });
    await supersedeWaitingDecision(database.db, 42);
    expect(await changes()).toEqual([{ addTags: ['money'], priority: 'high' }]);
    expect(await fixture.states()).toEqual([state]);
  },
);

test("keeps group and note where the agent's change does not set them, the group only for unassigned tickets", async () => {
  await fixture.want(42, DECISION);
  await withdrawOverriddenChanges(database.db, 42, { keepGroup: true, keepNote: true });
  expect(await changes()).toEqual([
    { addTags: ['money'], priority: 'high', note: 'Bug.', groupId: 9, groupOnlyIfUnassigned: true },
  ]);
});

test('cancels a decision with nothing left; superseded ones, survey answers and other tickets stay', async () => {
  await fixture.want(42, { addTags: ['category__bug'] });
  await database.db.update(outbox).set({ state: 'in_flight' });
  await supersedeWaitingDecision(database.db, 42);
  await fixture.want(42, { addTags: ['category__other'], removeTags: ['category__bug'], groupId: 9 });
  await fixture.want(42, { addTags: ['csat__5'] }, { cause: 'answer' });
  await fixture.want(43, DECISION);
  await withdrawOverriddenChanges(database.db, 42, { keepGroup: false, keepNote: false });
  expect(await fixture.states()).toEqual(['in_flight', 'cancelled', 'waiting', 'waiting']);
  const [other] = await database.db.select().from(outbox).where(eq(outbox.ticketId, 43));
  expect(other?.payload).toEqual({ cause: 'decision', change: DECISION });
});
