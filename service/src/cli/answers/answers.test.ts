import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { readHistory } from '../../history/testing/read-history.ts';
import { recordAnswer } from '../../surveys/record-answer.ts';
import { hashSurveyToken } from '../../surveys/survey-links.ts';
import { surveyChoices } from '../../surveys/tables.ts';
import { aPolicy, givenInvitation, givenTicket, MONDAY_NOON } from '../../surveys/testing/survey-fixtures.ts';
import { byAPerson, withoutScript } from '../../surveys/testing/survey-visits.ts';
import { runChooseAnswer, runListAnswers, runScores } from './answers.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
afterEach(() => database.clear());

const HOUR = 3_600_000;
const later = (hours: number) => new Date(MONDAY_NOON.getTime() + hours * HOUR);
const policy = aPolicy();
const tokenHash = hashSurveyToken('token');
const SCANNER = withoutScript({ network: 'cloud', agent: 'checker', agentKind: 'scanner' });

/** A scanner sends 1, the customer 5 with words, and the scanner 1 again. */
async function givenAnswered(): Promise<void> {
  await givenTicket(database.db, { id: 7 });
  const expiresAt = later(24 * 14);
  await givenInvitation(database.db, { ticketId: 7, state: 'sent', tokenHash, sentAt: MONDAY_NOON, expiresAt });
  const sent = { tokenHash, comment: '', policy };
  await recordAnswer({ db: database.db, logger: silentLogger }, { ...sent, ...SCANNER, score: 1, now: later(1) });
  await recordAnswer(
    { db: database.db, logger: silentLogger },
    { ...sent, ...byAPerson(), score: 5, comment: 'Kind words', now: later(2) },
  );
  await recordAnswer({ db: database.db, logger: silentLogger }, { ...sent, ...SCANNER, score: 1, now: later(3) });
}

async function run(command: (deps: Parameters<typeof runScores>[0]) => Promise<number>, json = false) {
  const lines: string[] = [];
  const code = await command({ db: database.db, json, out: (line) => lines.push(line) });
  return { code, text: lines.join('\n') };
}
const scores = (deps: Parameters<typeof runScores>[0]) => runScores(deps, { days: 90, now: later(5) });
const idOf = async (counts: boolean) => {
  const { text } = await run((deps) => runListAnswers(deps, 7), true);
  const { submissions } = JSON.parse(text) as { submissions: { id: number; counts: boolean }[] };
  return submissions.find((one) => one.counts === counts)?.id ?? 0;
};
const choose = (submissionId: number, choice: 'use' | 'release') =>
  run((deps) =>
    runChooseAnswer(deps, { submissionId, choice, who: 'ana@desk', why: 'she called', policy, now: later(4) }),
  );

test('scores are told as they were sent and as they count', async () => {
  expect((await run(scores)).text).toBe('No survey of the last 90 days was answered.');
  await givenAnswered();
  expect((await run(scores)).text).toBe(
    [
      'CSAT',
      '  as sent:      1 answer, mean 1.00, 0 % good',
      '  that counts:  1 answer, mean 5.00, 100 % good',
      '  submissions:  1 human, 0 doubtful, 2 machine',
    ].join('\n'),
  );
});

test('what was sent about a ticket is listed with its verdict and reasons, without words', async () => {
  await givenAnswered();
  const { code, text } = await run((deps) => runListAnswers(deps, 7));
  expect(code).toBe(0);
  expect(text).toMatch(/csat 1 {2}machine\n[\s\S]*csat 5, with words {2}human {2}<- counts\n[\s\S]*csat 1 {2}machine/);
  expect(text).toContain('the sender names itself as one that checks mail or links');
  expect(text).not.toContain('Kind');
  expect((await run((deps) => runListAnswers(deps, 8))).code).toBe(1);
});

test('an admin chooses another submission, which is recorded, and lets the rules decide again', async () => {
  await givenAnswered();
  const chosen = await idOf(false);
  expect(await choose(chosen, 'use')).toMatchObject({ code: 0 });
  expect(await idOf(true)).toBe(chosen);
  expect(await database.db.select().from(surveyChoices)).toMatchObject([
    { submissionId: chosen, who: 'ana@desk', why: 'she called' },
  ]);
  await choose(chosen, 'release');
  expect((await run(scores)).text).toContain('that counts:  1 answer, mean 5.00');
  const answered = (await readHistory(database.db, [7])).filter(({ kind }) => kind === 'survey_answered');
  expect(answered.map(({ value }) => value)).toEqual(['csat:5', 'csat:1', 'csat:5']);
});

test('a submission that is unknown is no', async () => {
  expect(await choose(999, 'use')).toEqual({
    code: 1,
    text: 'There is no submission 999. To list those of a ticket: deskwright answers 42',
  });
});
