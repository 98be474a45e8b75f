// Checks that all answers are exported once, in both formats.
import { parse } from 'csv-parse/sync';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { responses, surveySubmissions } from '../../surveys/tables.ts';
import { givenInvitation, givenTicket, MONDAY_NOON } from '../../surveys/testing/survey-fixtures.ts';
import { type Exported, runExport } from './export-answers.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await givenInvitation(db, {
    ticketId: null,
    cause: 'campaign',
    survey: 'nps',
    state: 'cancelled',
    reason: 'unsubscribed',
  });
  await givenInvitation(db, { ticketId: null, survey: 'nps', state: 'sent', sentAt: MONDAY_NOON, tier: 't1' });
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
    const seen = {
      agent: 'x',
      seen: { gesture: true } as never,
      used: false,
      final: true,
      points: 0,
      reasons: ['gesture'],
    };
    const sent = { ...seen, invitationId: asked.id, at: MONDAY_NOON, score: id, verdict: 'doubtful' } as const;
    if (id === 1) await db.insert(surveySubmissions).values({ ...sent, score: 5, verdict: 'machine', at: new Date(0) });
    const [submission] = id === 1 ? await db.insert(surveySubmissions).values(sent).returning() : [];
    const submissionId = submission?.id ?? null;
    await db.insert(responses).values({ ...at, ...words, invitationId: asked.id, submissionId, score: id });
  }
});
afterAll(() => database.drop());

async function exported(format: 'csv' | 'jsonl', what: Exported = 'answers'): Promise<string> {
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  expect(await runExport({ db: database.db, what, format, write, pageSize: 2 })).toBe(0);
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

test('who was to be surveyed is exported whether or not they were asked, or answered', async () => {
  const lines = (await exported('jsonl', 'invitations')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { survey: 'nps', state: 'cancelled', reason: 'unsubscribed', answered: false, score: null },
    { survey: 'nps', state: 'sent', reason: null, answered: false, score: null, tier: 't1' },
    { ticket_id: 1, answered: true, score: 1, last_submitted_score: 1, submissions: 2 },
    { ticket_id: 2, answered: true, score: 2, last_submitted_score: 2, submissions: 0 },
    { ticket_id: 3, answered: true },
  ]);
});

test('every submission is exported with its verdict, the evidence and whether it counts', async () => {
  const rows = parse<Record<string, string>>(await exported('csv', 'submissions'), { columns: true });
  expect(rows).toMatchObject([
    { score: '5', verdict: 'machine', counts: 'false', submitted_at: '1970-01-01T00:00:00.000Z' },
    { score: '1', verdict: 'doubtful', counts: 'true', reasons: 'gesture', evidence: '{"gesture":true}' },
  ]);
});
