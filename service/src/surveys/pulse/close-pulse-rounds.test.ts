// Checks when a round of the pulse is closed, and what is left of it then.
import { eq, sql } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { findSubscriber, hashSurveyToken } from '../survey-links.ts';
import { invitations, pulseAnswers, pulseComments, pulseRounds } from '../tables.ts';
import { givenPulse, PULSE_EXPIRES } from '../testing/pulse-fixture.ts';
import { MONDAY_NOON } from '../testing/survey-fixtures.ts';
import { closePulseRounds, prunePulse } from './close-pulse-rounds.ts';
import { recordPulseAnswer } from './record-pulse-answer.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

async function givenAnswers(agents: number, comments: readonly string[]): Promise<readonly string[]> {
  const { tokens } = await givenPulse(database.db, agents);
  for (const [index, comment] of comments.entries())
    await recordPulseAnswer(database.db, {
      tokenHash: hashSurveyToken(tokens[index] ?? ''),
      score: 3,
      comment,
      now: MONDAY_NOON,
    });
  return tokens;
}
const left = async () => ({
  rounds: await database.db.select().from(pulseRounds),
  answers: (await database.db.select().from(pulseAnswers)).length,
  comments: (await database.db.select().from(pulseComments)).length,
});

test('a round is closed when its last link has ended, and not before', async () => {
  await givenAnswers(6, ['a', 'b', 'c', 'd', 'e', '']);
  await closePulseRounds(database.db, new Date(PULSE_EXPIRES.getTime() - 1));
  expect((await left()).rounds).toMatchObject([{ closedAt: null, asked: null, answered: null }]);
  await closePulseRounds(database.db, PULSE_EXPIRES);
  expect(await left()).toMatchObject({
    rounds: [{ closedAt: PULSE_EXPIRES, asked: 6, answered: 6 }],
    answers: 6,
    comments: 5,
  });
});

test('of fewer than five answers nothing is left, nor of fewer than five comments', async () => {
  await givenAnswers(9, ['a', 'b', 'c', 'd', '']);
  await closePulseRounds(database.db, PULSE_EXPIRES);
  expect(await left()).toMatchObject({ answers: 5, comments: 0 });
  await database.clear();
  await givenAnswers(9, ['a', 'b', 'c', 'd']);
  await closePulseRounds(database.db, PULSE_EXPIRES);
  expect(await left()).toMatchObject({ rounds: [{ answered: 4 }], answers: 0, comments: 0 });
});

test('a mail that waits keeps the round open; once closed it takes no answer and forgets who gave one', async () => {
  const tokens = await givenAnswers(6, ['', '', '', '', '']);
  await database.db.update(invitations).set({ state: 'scheduled' }).where(eq(invitations.requesterId, 9_006));
  await closePulseRounds(database.db, PULSE_EXPIRES);
  expect((await left()).rounds).toMatchObject([{ closedAt: null }]);
  await database.db.update(invitations).set({ state: 'parked' }).where(eq(invitations.requesterId, 9_006));
  await closePulseRounds(database.db, PULSE_EXPIRES);
  const states = (await database.db.select().from(invitations)).map(({ state }) => state).toSorted();
  expect(states).toEqual(['cancelled', 'sent', 'sent', 'sent', 'sent', 'sent']);

  await database.db.update(invitations).set({ state: 'sent', expiresAt: new Date(PULSE_EXPIRES.getTime() + 1) });
  const late = { tokenHash: hashSurveyToken(tokens[5] ?? ''), score: 1, comment: '', now: PULSE_EXPIRES };
  expect(await recordPulseAnswer(database.db, late)).toBe('closed');
  expect((await left()).answers).toBe(5);
});

test('once closed, nothing on an invitation tells who was still reminded or who had answered', async () => {
  const tokens = await givenAnswers(6, ['', '', '']);
  const ofAgent = (id: number) => eq(invitations.requesterId, id);
  const reminderTokenHash = hashSurveyToken('reminder-token-reminder-token');
  await database.db.update(invitations).set({ reminder: 'sent', reminderTokenHash }).where(ofAgent(9_005));
  await database.db.update(invitations).set({ remindAt: MONDAY_NOON }).where(ofAgent(9_006));
  await closePulseRounds(database.db, PULSE_EXPIRES);

  const row = { state: invitations.state, reminder: invitations.reminder, remindAt: invitations.remindAt };
  const told = { ...row, written: sql`xmin::text`, isReminded: sql<boolean>`reminder_token_hash IS NOT NULL` };
  const rows = await database.db.select(told).from(invitations);
  expect(rows).toEqual(rows.map(() => rows[0]));
  expect(rows[0]).toMatchObject({ state: 'sent', reminder: null, remindAt: null });
  for (const token of [tokens[4] ?? '', 'reminder-token-reminder-token'])
    expect(await findSubscriber(database.db, hashSurveyToken(token))).toMatchObject({
      email: 'agent-4@northwind.test',
    });
});

test('rounds go with their answers when they were kept long enough', async () => {
  await givenAnswers(5, ['a', 'b', 'c', 'd', 'e']);
  await closePulseRounds(database.db, PULSE_EXPIRES);
  await prunePulse(database.db, PULSE_EXPIRES);
  expect((await left()).answers).toBe(5);
  await prunePulse(database.db, new Date(PULSE_EXPIRES.getTime() + 1));
  expect(await left()).toEqual({ rounds: [], answers: 0, comments: 0 });
});
