import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { type ActionsFixture, createActionsFixture, LENA, OMAR, T3 } from './testing/actions-fixture.ts';

let database: TestDatabase;
let fixture: ActionsFixture;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  fixture = createActionsFixture(database);
  await fixture.placed(42);
});
afterAll(() => database.drop());

const done = { kind: 'done' };

test('a step is marked as done for all agents, with the first who did it, and can be unmarked', async () => {
  expect(await fixture.ticks(42, 'thank-them')).toEqual(done);
  expect(await fixture.ticks(42, 'thank-them', true, OMAR)).toEqual(done);
  expect(await fixture.ticked()).toMatchObject([{ ticketId: 42, stepId: 'thank-them', agentId: LENA.id }]);

  expect(await fixture.ticks(42, 'thank-them', false, OMAR)).toEqual(done);
  expect(await fixture.ticks(42, 'thank-them', false)).toEqual(done);
  expect(await fixture.ticked()).toEqual([]);
});

test('two agents who mark a step at once mark it once', async () => {
  expect(await Promise.all([fixture.ticks(42, 'thank-them'), fixture.ticks(42, 'thank-them', true, OMAR)])).toEqual([
    done,
    done,
  ]);
  expect(await fixture.ticked()).toHaveLength(1);
});

test('a step that is not in the guidance of the ticket’s category is not found', async () => {
  expect(await fixture.ticks(42, 'shout')).toMatchObject({ status: 404, refusal: { error: 'not_found' } });
  expect(await fixture.ticks(42, 'x'.repeat(10_000))).toMatchObject({ status: 404 });
  await fixture.corrects(42, 'bug');
  expect(await fixture.ticks(42, 'thank-them')).toMatchObject({ status: 404 });
  expect(await fixture.ticked()).toEqual([]);
});

test('an agent who may not see the ticket marks no steps, and nobody does on a closed one', async () => {
  const stranger = { ...LENA, sees: 'groups' as const, groupIds: [T3] };
  expect(await fixture.ticks(42, 'thank-them', true, stranger)).toMatchObject({ status: 403 });
  expect(await fixture.ticks(99, 'thank-them')).toMatchObject({ status: 404 });
  await fixture.byHand(42, { status: 'closed' });
  expect(await fixture.ticks(42, 'thank-them')).toMatchObject({ status: 409, refusal: { error: 'closed' } });
});
