import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { readHistory } from '../../history/testing/history-fixture.ts';
import { type ActionsFixture, createActionsFixture, OMAR } from './testing/actions-fixture.ts';

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

/** `category bug by agent 2` */
async function byAgents(): Promise<string[]> {
  const entries = await readHistory(database.db, [42]);
  const theirs = entries.filter(({ actor, kind }) => actor === 'agent' && kind !== 'group' && kind !== 'comment');
  return theirs.map(({ kind, value, actor, actorId }) => `${kind} ${value} by ${actor} ${actorId}`);
}

test('a corrected category and its tier, and the undo of it, are in the history', async () => {
  await fixture.corrects(42, 'bug');
  await fixture.undoes(42);
  expect(await byAgents()).toEqual([
    'category bug by agent 2',
    'tier t2 by agent 2',
    'category refunds by agent 2',
    'tier t1 by agent 2',
  ]);
});

test('so are steps that were done and undone, each once', async () => {
  await fixture.ticks(42, 'thank-them');
  await fixture.ticks(42, 'thank-them', true, OMAR);
  await fixture.ticks(42, 'thank-them', false, OMAR);
  await fixture.ticks(42, 'thank-them', false);
  expect(await byAgents()).toEqual(['step_done thank-them by agent 2', 'step_undone thank-them by agent 3']);
});

test('so is an escalation, and one back names where the ticket came from', async () => {
  await fixture.escalates(42, 't2');
  await fixture.escalates(42, 't1');
  await fixture.escalates(42, 'warehouse', { fields: { parcel: 'The red one' } });
  await fixture.escalates(42, 't1');
  expect(await byAgents()).toEqual([
    'escalated t2 by agent 2',
    'tier t2 by agent 2',
    'handed_back t2 by agent 2',
    'tier t1 by agent 2',
    'handed_off warehouse by agent 2',
    'handed_back warehouse by agent 2',
  ]);
});
