import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPolicy } from '@deskwright/shared';
import { aTicketRow } from '../../../testing/builders.ts';
import { examplePolicyText } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { saveFiguresState } from '../../history/measures/figures-state.ts';
import { aMeasure, insertMeasures } from '../../history/testing/history-fixture.ts';
import { policyInForce } from '../../policy/policy-in-force.ts';
import { tickets } from '../../tickets/tables.ts';
import { type ReportOptions, runReport } from './report.ts';

const loaded = loadPolicy(examplePolicyText(), 'deskwright.yaml');
if (!loaded.ok) throw new Error('The example policy has mistakes.');
const policy = policyInForce({ current: () => ({ ...loaded, guidance: new Map() }) }).current();
/** Saturday in New York, eight in the morning. */
const NOW = new Date('2026-11-28T13:00:00Z');

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await saveFiguresState(database.db, {
    timeZone: 'America/New_York',
    digest: '',
    knownSince: NOW.toISOString(),
    rebuild: null,
  });
  await insertMeasures(database.db, 1, [
    // Friday, 23:30 in New York; the day after in UTC.
    aMeasure('arrival', '2026-11-28T04:30:00Z', { category: 'payment' }),
    aMeasure('arrival', '2026-11-27T15:00:00Z', { category: 'bug', tier: 't2' }),
    aMeasure('first_reply', '2026-11-27T15:52:00Z', { seconds: 52 * 60, businessSeconds: 48 * 60, met: true }),
    aMeasure('first_reply', '2026-11-26T15:00:00Z', { seconds: 190 * 60, businessSeconds: 0 }),
    aMeasure('solve', '2026-11-27T16:00:00Z'),
    aMeasure('csat', '2026-11-27T16:00:00Z', { score: 5, detail: 'csat' }),
    // Saturday: not part of Friday's report.
    aMeasure('arrival', '2026-11-28T12:00:00Z', { category: 'payment' }),
  ]);
  await database.db.insert(tickets).values(
    aTicketRow({
      id: 1,
      status: 'open',
      category: 'payment',
      tier: 't1',
      waitingSince: new Date('2026-11-28T04:30:00Z'),
    }),
  );
});
afterAll(() => database.drop());

async function report(part: Partial<ReportOptions> = {}): Promise<string> {
  const printed: string[] = [];
  const code = await runReport({
    db: database.db,
    policy,
    kind: 'daily',
    format: 'md',
    date: null,
    tier: null,
    categories: [],
    department: null,
    file: null,
    zendesk: 'https://acme.zendesk.com',
    now: NOW,
    out: (text) => printed.push(text),
    err: (line) => printed.push(line),
    ...part,
  });
  expect(code).toBe(0);
  return printed.join('');
}

test('the day before is told in sentences, by the clock of the policy', async () => {
  const text = await report();
  expect(text).toContain(
    '# Northwind Outdoor: daily report\n\nFriday 27 November 2026, compared with Thursday 26 November 2026',
  );
  expect(text).toContain('- 1 customer waits for an answer now.');
  expect(text).toContain(
    'First reply: 52 min median (48 min in business hours; of 1 reply), 100% within target; the day before 3 h 10 min.',
  );
  expect(text).toContain('2 tickets arrived and 1 was solved: 1 more arrived than solved.');
  expect(text).toContain('| Payment | 1 | 50% |');
});

test('JSON has the numbers', async () => {
  const { version, sections } = JSON.parse(await report({ format: 'json' }));
  const replies = sections.find(({ id }: { id: string }) => id === 'replies');
  expect(version).toBe(1);
  expect(replies.blocks[0].figures[0].value).toMatchObject({
    id: 'first_reply_time',
    value: 3_120,
    before: { value: 11_400 },
  });
});

test.each([
  ['a tier', { tier: 't2' }, 'Tier 2', '1 ticket arrived and 0 were solved'],
  ['categories', { categories: ['payment'] }, 'Category Payment', '1 ticket arrived and 0 were solved'],
  ['several', { categories: ['payment', 'bug'] }, 'Categories Payment and Bug', '2 tickets arrived'],
])('it can be limited to %s', async (_, part, about, flow) => {
  const text = await report(part);
  expect(text).toContain(`\n${about}  \nFriday`);
  expect(text).toContain(flow);
});

test('a day of last week says nothing about now', async () => {
  const text = await report({ date: '2026-11-20' });
  expect(text).toContain('Friday 20 November 2026');
  expect(text).not.toContain('Waiting now');
});

test('today is compared with as much of yesterday', async () => {
  const text = await report({ date: '2026-11-28', format: 'json' });
  expect(JSON.parse(text)).toMatchObject({
    period: { to: NOW.toISOString(), label: 'Saturday 28 November 2026 until 08:00' },
    before: { to: '2026-11-27T13:00:00.000Z' },
  });
});

test('it is written to a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deskwright-report-'));
  const file = join(folder, 'report.html');
  try {
    expect(await report({ format: 'html', file })).toBe(`Wrote the daily report to ${file}.`);
    expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.each([
  [{ date: '27.11.2026' }, '"27.11.2026" is not a date: write it as 2026-11-27.'],
  [{ date: '2026-02-30' }, 'is not a date'],
  [{ date: '2026-11-29' }, 'is in the future'],
  [{ tier: 't9' }, 'The policy has no tier "t9". It has 3 tiers: t1, t2, t3.'],
  [{ categories: ['refund'] }, 'Did you mean "refunds"?'],
  [{ department: 'werehouse' }, 'Did you mean "warehouse"?'],
  [{ department: 'warehouse', tier: 't1' }, 'give --department or --tier, not both'],
  [{ file: '/nowhere/report.html' }, 'ENOENT'],
])('%j is refused with what to write', async (part, message) => {
  await expect(report(part)).rejects.toThrow(message);
});
