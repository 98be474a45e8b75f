// Checks imports of past answers from file to score: what is recognised, set aside, counted once and undone.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { people } from '../../directory/tables.ts';
import { eraseImportedOfCustomers, pruneImported } from '../../surveys/imports/erase-imported.ts';
import { importedAnswers } from '../../surveys/imports/tables.ts';
import { readSurveyCells, undoImport } from '../../surveys/index.ts';
import { responses } from '../../surveys/tables.ts';
import { aPolicy, givenInvitation, givenTicket } from '../../surveys/testing/survey-fixtures.ts';
import { type ImportOptions, runImportAnswers } from './import-answers.ts';

const NOW = new Date('2026-11-28T13:00:00Z');
const TYPEFORM =
  '#,How likely are you to recommend us?,What is the main reason?,email,Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,Tags,Ending';
const row = (id: string, score: string, comment: string, email: string, at: string) =>
  `${id},${score},"${comment}",${email},completed,${at},,${at},n1,,e1`;
const MAP = { 'What is the main reason?': 'comment' } as const;

let database: TestDatabase;
let folder: string;
let path: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'deskwright-import-'));
  path = join(folder, 'nps.csv');
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});
afterEach(() => database.clear());

async function imported(text: string | Buffer, options: Partial<ImportOptions> = {}) {
  writeFileSync(path, text);
  const lines: string[] = [];
  const base = { db: database.db, out: (line: string) => lines.push(line), now: NOW, who: 'ana@desk' };
  const given = { path, policy: aPolicy(), from: null, survey: 'nps', map: MAP, dates: null, timeZone: null } as const;
  const rest = { encoding: null, rejects: null, only: null, force: false, dryRun: false } as const;
  const code = await runImportAnswers({ ...base, json: true }, { ...given, ...rest, ...options });
  return { code, ...(JSON.parse(lines.join('\n')) as Record<string, unknown>) } as Record<string, unknown>;
}

const stored = () => database.db.select().from(importedAnswers).orderBy(importedAnswers.id);

const FILE = [
  TYPEFORM,
  row('a1', '9', 'Fast, friendly', 'Ana@Example.com', '2026-10-05 02:41:38'),
  row('a2', '3', 'Two\nlines; and "" quotes', 'bo@example.com', '2026-10-06 10:00:00'),
  row('a3', '11', 'Words', 'cy@example.com', '2026-10-07 10:00:00'),
  row('a4', '', '', '', '2026-10-08 10:00:00'),
  row('a5', '7', '', '', 'soon'),
  'a6,8,too few cells',
  row('a7', '8', '', '', '2027-10-08 10:00:00'),
  row('a8', '8', '', '', '2020-10-08 10:00:00'),
  row('a9', '10', 'Old words', 'di@example.com', '2026-01-08 10:00:00'),
].join('\r\n');

test('answers about two tickets within a minute are two, and imported once', async () => {
  const file = ['score,email,ticket,date', ...[41, 42].map((id) => `5,ana@example.com,${id},2026-10-05 02:41:38`)].join(
    '\n',
  );
  const map = { score: 'score', email: 'email', ticket: 'ticket_id', date: 'answered_at' } as const;
  expect(await imported(file, { survey: 'csat', map, timeZone: 'UTC' })).toMatchObject({ code: 0, added: 2 });
  expect(await imported(file, { survey: 'csat', map, timeZone: 'UTC' })).toMatchObject({ added: 0, known: 2 });
});

test('a NUL character, which the database cannot store, is left out and stops no other answer', async () => {
  const rows = [
    row('a1', '9', 'Fa\0st', 'ana\0@example.com', '2026-10-05 02:41:38'),
    row('a2', '3', '', '', '2026-10-06'),
  ];
  expect(await imported([TYPEFORM, ...rows].join('\n'))).toMatchObject({ code: 0, added: 2 });
  expect(await stored()).toMatchObject([{ comment: 'Fast' }, { comment: '' }]);
});

test('a Typeform export is recognised, odd rows are set aside with line and reason, and the others go in', async () => {
  await database.db
    .insert(people)
    .values({ id: 77, name: 'Ana', email: 'ana@example.com', role: 'end-user', fetchedAt: NOW });
  const rejects = join(folder, 'rejects.csv');
  expect(await imported(FILE, { rejects })).toMatchObject({
    code: 0,
    source: 'typeform',
    columns: {
      id: '#',
      score: 'How likely are you to recommend us?',
      answered_at: 'Submit Date (UTC)',
      email: 'email',
    },
    timeZone: 'UTC',
    added: 3,
    ofKnownCustomers: 1,
    first: '2026-01-08T10:00:00.000Z',
    last: '2026-10-06T10:00:00.000Z',
    withoutWords: 1,
    rejected: [
      { line: 5, problem: 'its score 11 is outside of 0 to 10, the scale of nps' },
      { line: 6, problem: 'it has no score' },
      { line: 7, problem: 'its date cannot be read' },
      { line: 8, problem: expect.stringContaining('it has 3 cells instead of 11') },
      { line: 9, problem: 'its date is in the future' },
      { line: 10, problem: 'it is older than the policy keeps answers (retention.surveys)' },
    ],
  });
  expect(readFileSync(rejects, 'utf8')).toContain('5,"its score 11 is outside of 0 to 10, the scale of nps"');
  expect(await stored()).toMatchObject([
    { score: 9, comment: 'Fast, friendly', requesterId: 77, answeredAt: new Date('2026-10-05T02:41:38Z') },
    { score: 3, comment: 'Two\nlines; and " quotes', requesterId: null },
    { score: 10, comment: '' },
  ]);
  expect(JSON.stringify(await stored())).not.toContain('example.com');
});

test('a dry run says what an import then does, and stores nothing', async () => {
  const { code, ...dry } = await imported(FILE, { dryRun: true });
  expect(code).toBe(0);
  expect(await stored()).toEqual([]);
  const wet = await imported(FILE);
  expect({ ...wet, id: null, dryRun: true }).toEqual({ code, ...dry });
});

test('the same file, and one that overlaps it with or without ids and addresses, counts each answer once', async () => {
  await imported(FILE);
  expect(await imported(FILE)).toMatchObject({ added: 0, known: 3, id: null });
  const more = row('b1', '6', '', 'bo@example.com', '2026-10-20 10:00:00');
  expect(await imported(`${FILE}\r\n${more}`)).toMatchObject({ added: 1, known: 3 });
  const other = 'Customer;Rating;When\nBO@example.com;3;2026-10-06 10:00:20\nnew@example.com;4;2026-10-06 10:00:20';
  const map = { Customer: 'email', Rating: 'score', When: 'answered_at' } as const;
  expect(await imported(other, { map, timeZone: 'UTC' })).toMatchObject({ source: 'other', added: 1, known: 1 });
});

describe('a file that is imported again with other columns counts each answer once', () => {
  const RATINGS = [
    'Respondent,Rating,Case,Date,Ref',
    'ana@example.com,9,41,2026-10-05 10:00:00,x1',
    'bo@example.com,3,42,2026-10-06 10:00:00,x2',
    ',3,,2026-10-06 10:00:00,x3',
  ].join('\n');
  const plain = { Rating: 'score', Date: 'answered_at' } as const;
  test.each<[string, Partial<ImportOptions>, Partial<ImportOptions>]>([
    ['first without who answered', { map: plain }, { map: { ...plain, Respondent: 'email' } }],
    [
      'first without tickets',
      { map: { ...plain, Respondent: 'email' } },
      { map: { ...plain, Respondent: 'email', Case: 'ticket_id' } },
    ],
    ['first without ids', { map: plain }, { map: { ...plain, Ref: 'id' } }],
    ['then without ids', { map: { ...plain, Ref: 'id' } }, { map: plain }],
    ['in another time zone', { map: plain }, { map: plain, timeZone: 'Europe/Madrid' }],
  ])('%s', async (_how, first, then) => {
    expect(await imported(RATINGS, { timeZone: 'UTC', ...first })).toMatchObject({ added: 3 });
    expect(await imported(RATINGS, { timeZone: 'UTC', ...then })).toMatchObject({ added: 0, known: 3 });
  });

  test('of a newer export with one column more', async () => {
    const older = 'Choice,Sentiment,Comment,Customer Email,Created\n5,positive,,ana@example.com,2026-10-05T10:00:00Z';
    const newer =
      'Choice,Sentiment,Comment,Customer Email,Ticket ID,Created\n5,positive,,ana@example.com,41,2026-10-05T10:00:00Z';
    expect(await imported(older, { survey: 'csat', map: {} })).toMatchObject({ added: 1 });
    expect(await imported(newer, { survey: 'csat', map: {} })).toMatchObject({ added: 0, known: 1 });
  });
});

test('two people behind one address, in one minute, with one score, are two by the ids of the tool', async () => {
  const rows = ['a1', 'a2'].map((id) => row(id, '10', '', 'office@example.com', '2026-10-05 10:00:05'));
  expect(await imported([TYPEFORM, ...rows].join('\n'))).toMatchObject({ added: 2 });
});

describe('a file of another scale', () => {
  const scores = (of: (n: number) => number) =>
    [
      'email,score,date',
      ...Array.from({ length: 40 }, (_, n) => `c${n}@example.com,${of(n)},2026-10-0${1 + (n % 9)} 10:00:00`),
    ].join('\n');
  const map = { email: 'email', score: 'score', date: 'answered_at' } as const;
  test.each<['csat' | 'nps', string, (n: number) => number]>([
    [
      'csat',
      '30 of 40 scores are outside of the scale, and CSAT goes from 1 to 5',
      (n) => (n < 30 ? 6 + (n % 5) : 1 + (n % 5)),
    ],
    ['nps', 'The highest of 40 scores is 5, and NPS goes from 0 to 10', (n) => 1 + (n % 5)],
  ])('is not imported as %s but with --force', async (survey, problem, of) => {
    await expect(imported(scores(of), { survey, map })).rejects.toThrow(problem);
    expect(await stored()).toEqual([]);
    expect(await imported(scores(of), { survey, map, force: true })).toMatchObject({ code: 0 });
  });

  test('or of several kinds of survey is imported kind by kind', async () => {
    const file = 'Metric,score,date\nNPS,9,2026-10-05\nCSAT,5,2026-10-06\nNPS,2,2026-10-07';
    const given = { map: { date: 'answered_at' } } as const;
    await expect(imported(file, given)).rejects.toThrow(
      'more than one kind of survey (NPS, CSAT): choose with --only "Metric=NPS"',
    );
    await expect(imported(file, { ...given, only: { column: 'Kind', value: 'NPS' } })).rejects.toThrow(
      'There is no column "Kind"',
    );
    await expect(imported(file, { ...given, only: { column: 'Metric', value: 'CES' } })).rejects.toThrow(
      'No row has "CES"',
    );
    expect(await imported(file, { ...given, only: { column: 'metric', value: 'nps' } })).toMatchObject({ added: 2 });
  });
});

test('tickets and addresses as tools write them are read', async () => {
  const cells = ['#0042', '77.0', 'https://acme.zendesk.com/agent/tickets/41', 'none'];
  const rows = cells.map((cell, n) => `9,2026-10-0${n + 1} 10:00,${cell},Cy <cy@example.com>`);
  const map = { when: 'answered_at', ticket: 'ticket_id', who: 'email' } as const;
  await imported(['score,when,ticket,who', ...rows].join('\n'), { map, dates: 'day-first' });
  expect((await stored()).map(({ ticketId }) => ticketId)).toEqual([42, 77, 41, null]);
  expect((await stored()).every(({ addressHash }) => addressHash !== null)).toBe(true);
});

test('answers of nobody known that are alike count as often as they stand in one file', async () => {
  const file = 'score,when\n9,2026-10-05 10:00\n9,2026-10-05 10:00\n9,2026-10-05 10:01';
  const map = { when: 'answered_at' } as const;
  expect(await imported(file, { map })).toMatchObject({ added: 3 });
  expect(await imported(file, { map })).toMatchObject({ added: 0, known: 3 });
});

test('what our own survey has is left out: of the same ticket, or of the customer on that day with that score', async () => {
  const at = new Date('2026-11-20T10:00:00Z');
  await givenTicket(database.db, { id: 7 });
  const asked = { ticketId: 7, survey: 'csat', state: 'answered', recipient: 'ana@example.com' } as const;
  const { id } = await givenInvitation(database.db, asked);
  await database.db.insert(responses).values({ invitationId: id, score: 4, answeredAt: at, changedAt: at });
  const file = [
    'Answer ID,Choice,Sentiment,Comment,Customer Email,Ticket ID,Created',
    '1,2,negative,,x@example.com,#7,2026-11-21T09:00:00Z',
    '2,4,positive,,Ana@example.com,,2026-11-20T15:00:00Z',
    '3,1,negative,,ana@example.com,,2026-11-20T15:00:00Z',
  ].join('\n');
  expect(await imported(file, { survey: 'csat', map: {} })).toMatchObject({ source: 'simplesat', own: 2, added: 1 });
});

test('imported answers count in the score with their source, also by the category of their ticket', async () => {
  await givenTicket(database.db, { id: 7, category: 'other', tier: 't1' });
  await imported('score,when,ticket\n10,2026-10-05 10:00,7\n2,2026-10-05 10:00,', {
    map: { when: 'answered_at', ticket: 'ticket_id' },
  });
  const query = { survey: 'nps', from: new Date('2026-10-01'), to: new Date('2026-11-01'), timeZone: 'UTC' } as const;
  const all = await readSurveyCells(database.db, query);
  expect(all.cleaned.category).toHaveLength(2);
  expect(all.raw).toEqual(all.cleaned);
  const { cleaned, imported: sources } = await readSurveyCells(database.db, { ...query, categories: ['other'] });
  expect(cleaned.category).toEqual([{ score: 10, n: 1, value: 'other' }]);
  expect(cleaned.week).toEqual([{ score: 10, n: 1, value: '2026-10-05' }]);
  expect(sources).toEqual([{ source: 'other', n: 1 }]);
});

test('an import is undone as a whole, and can be made again', async () => {
  const { id } = await imported(FILE);
  expect(await undoImport(database.db, Number(id), NOW)).toBe(3);
  expect(await undoImport(database.db, Number(id), NOW)).toBeNull();
  expect(await imported(FILE)).toMatchObject({ added: 3 });
});

test('what is ambiguous or missing is asked for, not guessed', async () => {
  const file = 'score,when\n9,5/10/2026\n8,6/10/2026';
  const map = { when: 'answered_at' } as const;
  await expect(imported(file, { map })).rejects.toThrow('say which with --dates day-first or --dates month-first');
  expect(await imported(file, { map, dates: 'day-first', timeZone: 'UTC' })).toMatchObject({
    first: '2026-10-05T00:00:00.000Z',
  });
  await expect(imported(file, { map: {} })).rejects.toThrow('Which column holds answered_at?');
  await expect(imported(file, { map: { date: 'answered_at' } })).rejects.toThrow('There is no column "date"');
  await expect(imported('a,b\n1,2', { map: {} })).rejects.toThrow('Which column holds score');
  await expect(imported('score,when\n9,"5/10', { map })).rejects.toThrow('cannot be read as CSV');
  await expect(imported('score,when', { map })).rejects.toThrow('has no answers');
});

test('encodings, byte order marks and separators of spreadsheets are read', async () => {
  const text = 'sep=;\r\nscore;when;why\r\n9;13.10.2026 10:00;"naïve; señor"\r\n';
  const map = { when: 'answered_at', why: 'comment' } as const;
  await imported(Buffer.from(`\uFEFF${text}`, 'utf16le'), { map });
  await imported(`\uFEFF${text.slice(7).replace('13.10', '14.10')}`, { map });
  const latin = Buffer.from(text.replace('13.10', '15.10'), 'latin1');
  await expect(imported(latin, { map })).rejects.toThrow('name its encoding with --encoding');
  await expect(imported(latin, { map, encoding: 'utf-8' })).rejects.toThrow('is not in utf-8');
  await imported(latin, { map, encoding: 'windows-1252' });
  expect((await stored()).map(({ comment }) => comment)).toEqual(Array.from({ length: 3 }, () => 'naïve; señor'));
});

test('the words of who is forgotten go, also of those whom Zendesk has not shown us', async () => {
  await imported(FILE);
  const whom = { ids: [], addresses: ['bo@example.com'] };
  expect(await eraseImportedOfCustomers(database.db, whom)).toBe(1);
  expect((await stored()).map(({ comment }) => comment)).toEqual(['Fast, friendly', '', '']);
  expect(await imported(FILE)).toMatchObject({ added: 0, known: 3 });
});

test('words and answers go when the policy keeps them no longer', async () => {
  await imported(FILE);
  const now = new Date('2026-10-16T00:00:00Z');
  await pruneImported(database.db, now, { surveys: '257d', words: '10d' }, new AbortController().signal);
  expect((await stored()).map(({ score, comment }) => [score, comment === ''])).toEqual([
    [9, true],
    [3, false],
  ]);
});
