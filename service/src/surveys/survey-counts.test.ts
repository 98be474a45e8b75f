import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { responses } from '../platform/storage/schema.ts';
import { surveyCounts } from './survey-counts.ts';
import { givenInvitation, MONDAY_NOON } from './testing/survey-fixtures.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
afterEach(() => database.clear());

async function givenAnswer(ticketId: number, survey: 'csat' | 'ces', score: number) {
  const { id } = await givenInvitation(database.db, { ticketId, survey, state: 'answered' });
  await database.db
    .insert(responses)
    .values({ invitationId: id, score, answeredAt: MONDAY_NOON, changedAt: MONDAY_NOON });
}

test('nothing asked is nothing counted, not a mean of zero', async () => {
  const { csat, ces } = await surveyCounts(database.db);
  expect(csat).toMatchObject({ answers: 0, mean: null, goodShare: null, scores: { 1: 0, 5: 0 } });
  expect(ces.states).toEqual({ scheduled: 0, sending: 0, sent: 0, answered: 0, cancelled: 0, parked: 0 });
});

test('answers are summed up by the definitions of their survey', async () => {
  for (const [index, score] of [5, 4, 3, 4].entries()) await givenAnswer(index + 1, 'csat', score);
  for (const [index, score] of [7, 5, 4].entries()) await givenAnswer(index + 11, 'ces', score);
  const { csat, ces } = await surveyCounts(database.db);
  expect(csat).toMatchObject({ answers: 4, mean: 4, goodShare: 0.75, scores: { 3: 1, 4: 2, 5: 1 } });
  expect(ces).toMatchObject({ answers: 3, mean: 16 / 3, goodShare: 2 / 3 });
});

test('those not asked are counted by reason', async () => {
  await givenInvitation(database.db, { ticketId: 1, state: 'cancelled', reason: 'reopened' });
  await givenInvitation(database.db, { ticketId: 2, state: 'cancelled', reason: 'reopened' });
  await givenInvitation(database.db, { ticketId: 3, state: 'parked', reason: 'mail_in_doubt' });
  await givenInvitation(database.db, { ticketId: 4 });
  const { csat } = await surveyCounts(database.db);
  expect(csat.notSent).toEqual({ reopened: 2, mail_in_doubt: 1 });
  expect(csat.states).toMatchObject({ scheduled: 1, cancelled: 2, parked: 1 });
});
