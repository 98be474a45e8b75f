import { eq, sql } from 'drizzle-orm';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { type Answer, recordAnswer } from '../record-answer.ts';
import { hashSurveyToken } from '../survey-links.ts';
import { responses, surveySubmissions } from '../tables.ts';
import { aPolicy, givenInvitation, givenTicket, MONDAY_NOON } from '../testing/survey-fixtures.ts';
import { byAPerson, withoutScript } from '../testing/survey-visits.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
afterEach(() => database.clear());

const DAY = 86_400_000;
const tokenHash = hashSurveyToken('the-token');
const givenSent = async () => {
  await givenTicket(database.db, { id: 7 });
  const expiresAt = new Date(MONDAY_NOON.getTime() + 14 * DAY);
  return givenInvitation(database.db, { ticketId: 7, state: 'sent', tokenHash, sentAt: MONDAY_NOON, expiresAt });
};
const answer = (parts: Partial<Answer> = {}) =>
  recordAnswer(
    { db: database.db, logger: silentLogger },
    { ...byAPerson(), tokenHash, score: 4, comment: '', policy: aPolicy(), now: MONDAY_NOON, ...parts },
  );

test('the same sent again and again is counted on one row, and what the customer sends in between is kept', async () => {
  await givenSent();
  const scanner = withoutScript({ network: 'gateway', agent: 'scanner' }, { form: 'a form of 16 ch' });
  for (let round = 0; round < 40; round += 1) await answer({ ...scanner, score: 1 });
  await expect(answer({ comment: 'Quick and kind.' })).resolves.toEqual({ outcome: 'recorded' });
  const later = new Date(MONDAY_NOON.getTime() + DAY);
  await expect(answer({ ...scanner, score: 1, now: later })).resolves.toEqual({ outcome: 'unchanged' });
  const { score, times, lastAt } = surveySubmissions;
  const kept = await database.db.select({ score, times, lastAt }).from(surveySubmissions).orderBy(surveySubmissions.id);
  expect(kept).toHaveLength(11);
  expect(kept.at(-2)).toEqual({ score: 1, times: 32, lastAt: later });
  await expect(database.db.select().from(responses)).resolves.toMatchObject([{ score: 4, comment: 'Quick and kind.' }]);
});

async function givenFlood(id: number, rows: number, network: string): Promise<void> {
  await database.db.execute(sql`INSERT INTO survey_submissions
    (invitation_id, at, final, score, comment, network, agent, seen, used, verdict, points, reasons)
    SELECT ${id}, ${MONDAY_NOON.toISOString()}, true, 1, 'words ' || n, ${network} || n % 20, 'scanner',
      '{"agentKind":"scanner","unlikeBrowser":false,"gesture":false,"signals":null,"trapFilled":false}', true, 'machine', -4, '{agent_is_scanner,own_words}'
    FROM generate_series(1, ${rows}) n`);
}

test('a visitor that floods a survey is refused in the end, and nobody else', async () => {
  const { id } = await givenSent();
  await givenFlood(id, 500, 'gateway');
  await database.db.update(surveySubmissions).set({ network: 'gateway' });
  const flood = withoutScript({ network: 'gateway', agent: 'scanner', agentKind: 'scanner' });
  await expect(answer({ ...flood, comment: 'other words' })).resolves.toEqual({ outcome: 'too_many' });
  await expect(answer({ comment: 'Quick and kind.' })).resolves.toEqual({ outcome: 'recorded' });

  await givenFlood(id, 1_499, 'another ');
  await expect(answer({ comment: 'Quick and kind.' })).resolves.toEqual({ outcome: 'unchanged' });
  const { comment, times } = surveySubmissions;
  const customers = eq(comment, 'Quick and kind.');
  await expect(database.db.select({ times }).from(surveySubmissions).where(customers)).resolves.toEqual([{ times: 2 }]);
});

test('the customer can answer at the network and with the browser of a program that floods their survey', async () => {
  const { id } = await givenSent();
  await givenFlood(id, 500, 'gateway');
  await database.db.update(surveySubmissions).set({ network: 'gateway', agent: 'phone', used: false });
  const visit = { ...byAPerson().visit, network: 'gateway', agent: 'phone' };
  await expect(answer({ ...byAPerson({ visit }), score: 2 })).resolves.toEqual({ outcome: 'recorded' });
});

test('when a survey is full, what a machine sent makes room, so that the customer can answer and change it', async () => {
  const { id } = await givenSent();
  await answer({ comment: 'Kind.' });
  await givenFlood(id, 1_999, 'network ');
  await expect(answer({ ...withoutScript({ network: 'office' }), score: 5 })).resolves.toEqual({
    outcome: 'unchanged',
  });
  await expect(answer({ comment: 'Slow.', score: 2 })).resolves.toEqual({ outcome: 'recorded' });
  await expect(database.db.select().from(responses)).resolves.toMatchObject([{ score: 2, comment: 'Slow.' }]);
  const { times, comment } = surveySubmissions;
  const kept = await database.db.select({ comment, times }).from(surveySubmissions);
  expect(kept).toHaveLength(2_000);
  expect(kept.map((row) => row.comment)).toEqual(expect.arrayContaining(['Kind.', 'Slow.', '']));
  expect(kept.reduce((sum, row) => sum + row.times, 0)).toBe(2_002);
});
