import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { cardFixture, hoursAgo, LENA, NOW } from '../../sidebar/card/testing/card-fixture.ts';
import { reminders } from '../tables.ts';
import { reminderSection } from './recorded-reminders.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const { cardOf, ticket } = cardFixture(() => database);
const reminderOf = async () => (await cardOf(42, { deps: { sections: [reminderSection] } })).reminder;
const remindOf = (since: Date, step: number) =>
  database.db.insert(reminders).values({ ticketId: 42, kind: 'wait', since, step, notifiedAt: new Date(NOW) });

test('whoever has the ticket sees the latest step of the present wait', async () => {
  await ticket({ assigneeId: LENA });
  expect(await reminderOf()).toBeNull();
  await remindOf(hoursAgo(9), 200);
  expect(await reminderOf()).toBeNull();
  for (const step of [80, 100]) await remindOf(hoursAgo(1), step);
  expect(await reminderOf()).toEqual({ percent: 100, at: new Date(NOW).toISOString() });
});

test.each([
  ['nobody has the ticket', null, true],
  ['somebody else has it', LENA + 1, false],
])('while %s', async (_what, assigneeId, isShown) => {
  await ticket({ assigneeId });
  await remindOf(hoursAgo(1), 80);
  expect((await reminderOf()) !== null).toBe(isShown);
});

test('an answer ends it', async () => {
  await ticket({ assigneeId: LENA, waitingSince: null });
  await remindOf(hoursAgo(1), 80);
  expect(await reminderOf()).toBeNull();
});

test('a promise is shown with the promises of the customer, not here', async () => {
  await ticket({ assigneeId: LENA });
  const since = hoursAgo(1);
  await database.db.insert(reminders).values({ ticketId: 42, kind: 'promise', since, step: 0, notifiedAt: since });
  expect(await reminderOf()).toBeNull();
});
