// Checks that an answer to the pulse leads to nobody, whatever table is read, and that each link answers once.
import { sql } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { hashSurveyToken } from '../survey-links.ts';
import { givenPulse, PULSE_EXPIRES } from '../testing/pulse-fixture.ts';
import { MONDAY_NOON } from '../testing/survey-fixtures.ts';
import { recordPulseAnswer } from './record-pulse-answer.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const answer = (token: string, comment = '', now = MONDAY_NOON, score = 4) =>
  recordPulseAnswer(database.db, { tokenHash: hashSurveyToken(token), score, comment, now });

/** Every row of every table as text, with the number of the transaction that wrote it. */
async function allRows(): Promise<{ table: string; row: string; xmin: string }[]> {
  const { rows: tables } = await database.db.execute<{ name: string }>(
    sql`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const found = tables.map(async ({ name }) => {
    const { rows } = await database.db.execute<{ row: string; xmin: string }>(
      sql`SELECT to_jsonb(t)::text AS row, t.xmin::text AS xmin FROM ${sql.identifier(name)} t ORDER BY t.ctid`,
    );
    return rows.map((row) => ({ table: name, ...row }));
  });
  return (await Promise.all(found)).flat();
}

test('no table holds a score or words beside what leads to an agent', async () => {
  const { tokens } = await givenPulse(database.db, 8);
  const before = await allRows();
  for (const [index, token] of tokens.entries())
    expect(await answer(token, `words${index}of8`, MONDAY_NOON, (index % 5) + 1)).toBe('recorded');
  const after = await allRows();

  const said = after.filter(({ row }) => /words\dof8/.test(row));
  expect(new Set(said.map(({ table }) => table))).toEqual(new Set(['pulse_comments']));
  const written = after.filter(({ row }) => !before.some((old) => old.row === row));
  expect(new Set(written.map(({ table }) => table))).toEqual(
    new Set(['pulse_answers', 'pulse_comments', 'invitations']),
  );
  const keys = (table: string) => [
    ...new Set(written.filter((one) => one.table === table).map(({ row }) => Object.keys(JSON.parse(row)).join())),
  ];
  expect(keys('pulse_answers')).toEqual(['id,round,score,campaign_id']);
  expect(keys('pulse_comments')).toEqual(['id,round,comment,campaign_id']);
  const marks = written.filter(({ table }) => table === 'invitations').map(({ row }) => JSON.parse(row));
  const old = before.filter(({ table }) => table === 'invitations').map(({ row }) => JSON.parse(row));
  expect(marks.toSorted(byId)).toEqual(old.toSorted(byId).map((row) => ({ ...row, state: 'answered' })));
});

const byId = (a: { id: number }, b: { id: number }) => a.id - b.id;

test('neither the order of rows nor the numbers of transactions tell which answer came when', async () => {
  const { tokens } = await givenPulse(database.db, 20);
  for (const [index, token] of tokens.entries()) await answer(token, `words${index}`);
  const rows = await allRows();
  for (const table of ['pulse_answers', 'pulse_comments']) {
    const of = rows.filter((one) => one.table === table);
    expect(of).toHaveLength(20);
    expect(new Set(of.map(({ xmin }) => xmin)).size).toBe(1);
  }
  const order = rows.filter(({ table }) => table === 'pulse_comments').map(({ row }) => JSON.parse(row).comment);
  expect(order).not.toEqual(tokens.map((_, index) => `words${index}`));
  expect(order.toReversed()).not.toEqual(tokens.map((_, index) => `words${index}`));
});

test('a link answers once, also when it is used many times at the same moment', async () => {
  const { tokens } = await givenPulse(database.db, 6);
  const twice = [...tokens, ...tokens, ...tokens];
  const outcomes = await Promise.all(twice.map((token) => answer(token)));
  expect(outcomes.filter((outcome) => outcome === 'recorded')).toHaveLength(6);
  expect(outcomes.filter((outcome) => outcome === 'answered')).toHaveLength(12);
  expect((await allRows()).filter(({ table }) => table === 'pulse_answers')).toHaveLength(6);
});

test('after its time a link answers nothing', async () => {
  const { tokens } = await givenPulse(database.db, 1);
  expect(await answer(tokens[0] ?? '', 'late', PULSE_EXPIRES)).toBe('closed');
  expect(await answer('no such link')).toBe('closed');
  expect((await allRows()).filter(({ table }) => table.startsWith('pulse_'))).toHaveLength(1);
});
