// Checks what `deskwright report pulse` tells, in every format, and what it must not.
import { pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { runPulseReport } from '../../cli/reports/report.ts';
import { closePulseRounds } from '../../surveys/pulse/close-pulse-rounds.ts';
import { recordPulseAnswer } from '../../surveys/pulse/record-pulse-answer.ts';
import { hashSurveyToken } from '../../surveys/survey-links.ts';
import { responses } from '../../surveys/tables.ts';
import { givenPulse, PULSE_EXPIRES } from '../../surveys/testing/pulse-fixture.ts';
import { aPolicy, givenInvitation, givenTicket, MONDAY_NOON } from '../../surveys/testing/survey-fixtures.ts';
import { REPORT_FORMATS, type ReportFormat } from '../index.ts';

const inForce = pipelineDeps(null as never).policy.current();

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

async function givenAnswers(scores: readonly number[], comments: readonly string[], closes = true): Promise<void> {
  const { tokens } = await givenPulse(database.db, 10);
  for (const [index, score] of scores.entries()) {
    const tokenHash = hashSurveyToken(tokens[index] ?? '');
    await recordPulseAnswer(database.db, { tokenHash, score, comment: comments[index] ?? '', now: MONDAY_NOON });
  }
  if (closes) await closePulseRounds(database.db, PULSE_EXPIRES);
}

async function report(format: ReportFormat = 'md'): Promise<string> {
  const printed: string[] = [];
  await runPulseReport({
    db: database.db,
    policy: { ...inForce, policy: aPolicy(), guidance: new Map() },
    format,
    file: null,
    zendesk: null,
    now: PULSE_EXPIRES,
    out: (text) => void printed.push(text),
    err: () => undefined,
  });
  return printed.join('');
}

test('a round that is over is told with its customers beside it and words in the order of the alphabet', async () => {
  await givenAnswers([5, 4, 4, 2, 1], ['zebra', 'mule', 'ant', 'yak', 'bee']);
  await givenTicket(database.db, { id: 7 });
  const { id: invitationId } = await givenInvitation(database.db, { ticketId: 7, state: 'answered' });
  await database.db
    .insert(responses)
    .values({ invitationId, score: 5, answeredAt: MONDAY_NOON, changedAt: MONDAY_NOON });
  const text = await report();
  expect(text).toContain('60% of 5 answers are good (95% interval 23% to 88%).');
  expect(text).toMatch(/Mon 23 Nov \| Mon 30 Nov \| 10 \| 5 \| 60% \| 3\.2 \| 100% of 1/);
  expect(text).toMatch(/ant[\s\S]*bee[\s\S]*mule[\s\S]*yak[\s\S]*zebra/);
});

test.each(REPORT_FORMATS)(
  'as %s nothing is told of four answers, four comments, or a round under way',
  async (format) => {
    const five = await (async () => {
      await givenAnswers([3, 3, 3, 3, 3], ['secret', 'secret', 'secret', 'secret', '']);
      return report(format);
    })();
    expect(five).not.toContain('secret');
    await database.clear();
    const reports = new Set<string>();
    for (const scores of [[], [1, 1, 1, 1], [5, 5, 5, 5]]) {
      await givenAnswers(scores, ['secret', 'secret', 'secret', 'secret']);
      reports.add(await report(format));
      await database.clear();
    }
    const open = new Set<string>();
    for (const scores of [[], [1, 1, 1, 1, 1, 1], [5, 5, 5, 5, 5, 5, 5]]) {
      await givenAnswers(scores, ['secret', 'secret', 'secret', 'secret', 'secret', 'secret'], false);
      open.add(await report(format));
      await database.clear();
    }
    // Whatever was answered, the report is the same.
    expect([reports.size, open.size]).toEqual([1, 1]);
  },
);

test('what is told of a closed round does not change when more is tried', async () => {
  const { tokens } = await givenPulse(database.db, 10);
  const answer = (index: number, score: number) =>
    recordPulseAnswer(database.db, {
      tokenHash: hashSurveyToken(tokens[index] ?? ''),
      score,
      comment: '',
      now: MONDAY_NOON,
    });
  for (const index of [0, 1, 2, 3, 4]) await answer(index, 4);
  await closePulseRounds(database.db, PULSE_EXPIRES);
  const before = await report('json');
  expect(await answer(5, 1)).toBe('closed');
  await closePulseRounds(database.db, new Date(PULSE_EXPIRES.getTime() + 1));
  expect(await report('json')).toBe(before);
});
