// Checks goals for what is counted at the moment, which has no period.
import { loadPolicy, type Policy } from '@deskwright/shared';
import { aTicketRow } from '../../../testing/builders.ts';
import { examplePolicyText } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { aMeasure, insertMeasures } from '../../history/testing/history-fixture.ts';
import { tickets } from '../../tickets/tables.ts';
import { readGoals } from './read-goals.ts';

const loaded = loadPolicy(examplePolicyText(), 'deskwright.yaml');
if (!loaded.ok) throw new Error('The example policy has mistakes.');
const example = loaded.policy;
/** Saturday, 13:00 in New York, where Saturday is open from 10:00 to 14:00. */
const NOW = Date.parse('2026-11-28T18:00:00Z');

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const row = { status: 'open', tier: 't1', category: 'order' } as const;
  await database.db
    .insert(tickets)
    .values([
      aTicketRow({ ...row, id: 1, waitingSince: new Date('2026-11-27T22:00:00Z') }),
      aTicketRow({ ...row, id: 2, waitingSince: null }),
    ]);
  await insertMeasures(database.db, 1, [
    aMeasure('first_reply', '2026-11-02T15:00:00Z', { seconds: 600, businessSeconds: 60 }),
  ]);
});
afterAll(() => database.drop());

async function stateOf(figure: string, target: string | number, part: Partial<Policy['goals'][number]> = {}) {
  const goal = {
    id: 'g',
    name: 'Goal',
    figure,
    target,
    every: 'month',
    owner: 'Ana',
    ...part,
  } as Policy['goals'][number];
  const [status] = await readGoals(database.db, { ...example, goals: [goal] }, NOW);
  return status;
}

test.each([
  ['waiting', 1, { value: 1, state: 'on_track' }],
  ['open_tickets', 1, { value: 2, state: 'off_track' }],
  ['oldest_wait', '20h', { value: 20 * 3_600, state: 'on_track' }],
  ['oldest_wait', '3bh', { value: 4 * 3_600, state: 'off_track' }],
  ['days_to_clear', 6, { value: null, state: 'unknown' }],
  ['first_reply_time', '1h', { value: 600, n: 1 }],
  ['csat', '90%', { value: null, state: 'unknown' }],
] as const)('a goal for %s of %s is judged', async (figure, target, expected) => {
  expect(await stateOf(figure, target)).toMatchObject(expected);
});

test('a goal of another tier counts its own tickets', async () => {
  expect(await stateOf('waiting', 0, { tier: 't2' })).toMatchObject({ value: 0, state: 'on_track' });
});
