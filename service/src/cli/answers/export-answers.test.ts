// Checks that all answers are exported once, in both formats.
import { parse } from 'csv-parse/sync';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { responses, surveySubmissions } from '../../surveys/tables.ts';
import { givenInvitation, givenTicket, MONDAY_NOON } from '../../surveys/testing/survey-fixtures.ts';
import { runExportAnswers } from './export-answers.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  for (const id of [1, 2, 3, 4]) {
    await givenTicket(db, { id, via: 'email' });
    const part = { ticketId: id, state: 'answered', sentAt: MONDAY_NOON, locale: 'es' } as const;
    const asked = await givenInvitation(db, id === 4 ? { ...part, survey: 'pulse' } : part);
    const at = { answeredAt: MONDAY_NOON, changedAt: MONDAY_NOON };
    const words = {
      comment: id === 1 ? '=1+1, "quoted"\nline' : '',
      drivers: ['speed', 'effort'],
      driversInWords: id === 1 ? ['price'] : [],
      mayContact: id === 1,
    };
    const seen = { agent: 'x', seen: {} as never, used: false, final: true, points: 0, reasons: [] as string[] };
    const sent = { ...seen, invitationId: asked.id, at: MONDAY_NOON, score: id, verdict: 'doubtful' } as const;
    const [submission] = id === 1 ? await db.insert(surveySubmissions).values(sent).returning() : [];
    const submissionId = submission?.id ?? null;
    await db.insert(responses).values({ ...at, ...words, invitationId: asked.id, submissionId, score: id });
  }
});
afterAll(() => database.drop());

async function exported(format: 'csv' | 'jsonl'): Promise<string> {
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  expect(await runExportAnswers({ db: database.db, format, write, pageSize: 2 })).toBe(0);
  return written.join('');
}

test('JSON has an object a line, of every page and without the anonymous pulse', async () => {
  const lines = (await exported('jsonl')).trimEnd().split('\n');
  const answers = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(answers.map(({ ticket_id, score }) => [ticket_id, score])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  expect(answers[1]).toMatchObject({ verdict: null });
  expect(answers[0]).toMatchObject({
    survey: 'csat',
    last_submitted_score: 1,
    verdict: 'doubtful',
    comment: '=1+1, "quoted"\nline',
    drivers: ['speed', 'effort'],
    drivers_in_words: ['price'],
    may_contact: true,
    answered_at: '2026-11-23T17:00:00.000Z',
    requester_id: 501,
    category: 'other',
    channel: 'email',
    language: 'es',
  });
});

test('CSV has one header, and no formulas', async () => {
  const rows = parse<Record<string, string>>(await exported('csv'), { columns: true });
  expect(rows.map(({ ticket_id }) => ticket_id)).toEqual(['1', '2', '3']);
  expect(rows[0]).toMatchObject({
    comment: `'=1+1, "quoted"\nline`,
    verdict: 'doubtful',
    drivers: 'speed effort',
    drivers_in_words: 'price',
    may_contact: 'true',
  });
});
