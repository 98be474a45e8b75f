import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { followUps } from '../follow-ups/tables.ts';
import { recordAnswer } from '../record-answer.ts';
import { hashSurveyToken } from '../survey-links.ts';
import { responses, surveyOpenings, surveySubmissions } from '../tables.ts';
import { aPolicy, givenInvitation, givenTicket, MONDAY_NOON } from '../testing/survey-fixtures.ts';
import { withoutScript } from '../testing/survey-visits.ts';
import { confirmAnswers } from './confirm-answers.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
afterEach(() => database.clear());

const MINUTE = 60_000;
const after = (minutes: number) => new Date(MONDAY_NOON.getTime() + minutes * MINUTE);
const tokenHash = hashSurveyToken('the-token');
const FORM = 'a form of 16 chr';
const followUp = { action: 'new_ticket' as const, group: 'Care', due_in: '48bh', tags: [] };
const policy = aPolicy({ csat: { delay: '24h', sample: '100%', expires: '14d', follow_up: followUp } });

/** An unhappy customer opens the mail's link without script after an hour, and presses the button. */
async function givenAnswered({ openedAt = 60, score = 1 } = {}): Promise<number> {
  await givenTicket(database.db, { id: 7 });
  const sent = { ticketId: 7, state: 'sent', tokenHash, sentAt: MONDAY_NOON, expiresAt: after(14 * 1440) } as const;
  const { id } = await givenInvitation(database.db, sent);
  const visitor = { network: 'home', agent: 'phone' };
  const opening = { invitationId: id, page: 'form', form: FORM, score, ...visitor } as const;
  await database.db.insert(surveyOpenings).values({ ...opening, at: after(openedAt) });
  const form = withoutScript({ ...visitor, gesture: true }, { form: FORM });
  const answer = { tokenHash, score: 1, comment: '', policy, ...form, now: after(openedAt + 1) };
  await recordAnswer({ db: database.db, logger: silentLogger }, answer);
  return id;
}
const confirmed = async (minutes: number) => {
  await confirmAnswers(database.db, policy, after(minutes));
  const [row] = await database.db.select().from(responses);
  return { confirmed: row?.confirmed, followedUp: (await database.db.select().from(followUps)).length };
};

test('a doubtful answer without script that nothing contradicts for six hours is followed up', async () => {
  await givenAnswered();
  const [{ verdict } = { verdict: null }] = await database.db.select().from(surveySubmissions);
  expect(verdict).toBe('doubtful');
  expect(await confirmed(6 * 60)).toEqual({ confirmed: null, followedUp: 0 });
  expect(await confirmed(8 * 60)).toEqual({ confirmed: true, followedUp: 1 });
  expect(await confirmed(9 * 60)).toEqual({ confirmed: true, followedUp: 1 });
});

test('one that came minutes after the mail is not', async () => {
  await givenAnswered({ openedAt: 2 });
  expect(await confirmed(8 * 60)).toEqual({ confirmed: false, followedUp: 0 });
});

test.each([
  ['somebody else sent another score', 'sends'],
  ['several links of the mail were opened', 'opens'],
  ['somebody followed the link that no person sees', 'trap'],
])('nor is one if %s', async (_what, does) => {
  const invitationId = await givenAnswered();
  const other = { network: 'cloud', agent: 'chrome' };
  if (does === 'sends') {
    const sent = { tokenHash, score: 5, comment: '', policy, ...withoutScript(other), now: after(120) };
    await recordAnswer({ db: database.db, logger: silentLogger }, sent);
  } else
    for (const score of [2, 3])
      await database.db.insert(surveyOpenings).values({
        invitationId,
        ...other,
        form: null,
        at: after(120 + 60 * score),
        ...(does === 'opens' ? { page: 'form' as const, score } : { page: 'trap' as const, score: null }),
      });
  expect(await confirmed(8 * 60)).toEqual({ confirmed: false, followedUp: 0 });
});
