import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { readHistory } from '../../history/testing/history-fixture.ts';
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
  const { text } = await run((deps) => runListAnswers(deps, { ticketId: 7 }), true);
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
  const { code, text } = await run((deps) => runListAnswers(deps, { ticketId: 7 }));
  expect(code).toBe(0);
  expect(text).toMatch(/csat 1 {2}machine\n[\s\S]*csat 5, with words {2}human {2}<- counts\n[\s\S]*csat 1 {2}machine/);
  expect(text).toContain('the sender names itself as one that checks mail or links');
  expect(text).not.toContain('Kind');
  expect((await run((deps) => runListAnswers(deps, { ticketId: 8 }))).code).toBe(1);
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

test('an NPS answer, which is about no ticket, is found by customer, survey, invitation and time, and switched', async () => {
  const asked = {
    ticketId: null,
    solvedAt: null,
    survey: 'nps',
    requesterId: 501,
    recipient: 'ana@example.com',
  } as const;
  const open = { state: 'sent', tokenHash, sentAt: MONDAY_NOON, expiresAt: later(24 * 14) } as const;
  const { id } = await givenInvitation(database.db, { ...asked, ...open, cause: 'campaign' });
  const deps = { db: database.db, logger: silentLogger };
  await recordAnswer(deps, { ...byAPerson(), tokenHash, comment: '', policy, score: 9, now: later(2) });
  await recordAnswer(deps, { ...SCANNER, tokenHash, comment: '', policy, score: 1, now: later(3) });
  const list = (which: Parameters<typeof runListAnswers>[1]) => run((at) => runListAnswers(at, which));
  for (const which of [
    { customer: 'Ana@example.com' },
    { customer: 501 },
    { invitationId: id },
    { survey: 'nps' },
  ] as const)
    expect((await list(which)).text).toMatch(
      /nps 9 {2}human {2}<- counts\n {5}invitation \d+, customer 501\n[\s\S]*nps 1/,
    );
  expect((await list({ survey: 'nps', from: later(3) })).text).not.toContain('nps 9');
  expect(await list({ survey: 'nps', to: later(1) })).toEqual({
    code: 1,
    text: 'No answer was sent that fits these options.',
  });
  const { submissions } = JSON.parse((await run((at) => runListAnswers(at, { survey: 'nps' }), true)).text);
  expect(await choose(submissions[1].id, 'use')).toMatchObject({ code: 0 });
  expect((await list({ survey: 'nps' })).text).toMatch(/nps 1 {2}machine {2}<- counts/);
});

test('a submission that is unknown is no', async () => {
  expect(await choose(999, 'use')).toEqual({
    code: 1,
    text: 'There is no submission 999. To list those of a ticket: deskwright answers 42; of a customer: deskwright answers --customer ana@example.com',
  });
});
