import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { goodwillEntries } from '../../refunds/goodwill/tables.ts';
import { openLedger } from '../../refunds/ledger/ledger.ts';
import { anEntry } from '../../refunds/ledger/testing/an-entry.ts';
import { runExportGoodwill, runExportLedger, runVerifyLedger } from './ledger.ts';
import { runRefundsStatus, runStopRefunds } from './stop.ts';

const GIVEN = {
  kind: 'given',
  requestId: 'request-1',
  item: 'credit_10',
  itemKind: 'credit',
  valueMinor: 1_000,
  currency: 'USD',
  ticketId: 42,
  agentId: 2,
  day: '2026-11-30',
  budgetMinor: 10_000,
  rule: 'refunds.goodwill.budgets of tier t1',
  policyHash: 'abc',
  at: new Date('2026-11-30T10:00:00.000Z'),
} as const;

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'deskwright-ledger-'));
  await database.db.transaction(async (tx) =>
    (await openLedger(tx)).append([
      anEntry({ kind: 'payment', amountMinor: 10_000 }),
      anEntry({ kind: 'reserved', amountMinor: 2_500 }),
      anEntry({ kind: 'confirmed', amountMinor: 2_500, providerRef: 're_1' }),
      anEntry({ kind: 'reserved', amountMinor: 150, requestId: 'second' }),
    ]),
  );
  await database.db.insert(goodwillEntries).values([GIVEN, { ...GIVEN, kind: 'taken_back' }]);
});
afterAll(() => Promise.all([database.drop(), rm(folder, { recursive: true })]));

/** Its exit code and what it printed. */
async function run(command: (out: (line: string) => void) => Promise<number>) {
  const lines: string[] = [];
  const code = await command((line) => void lines.push(line));
  return { code, text: lines.join('\n') };
}
const verify = (source: Parameters<typeof runVerifyLedger>[1], balances = false) =>
  run((out) => runVerifyLedger({ json: false, out, balances }, source));
const exported = async (format: 'jsonl' | 'csv', exporting = runExportLedger) => {
  const parts: string[] = [];
  expect(await exporting({ db: database.db, format, write: (text) => parts.push(text) })).toBe(0);
  return parts.join('');
};
const exportFile = async (change: (lines: string[]) => string[] = (lines) => lines) => {
  const file = join(folder, 'ledger.jsonl');
  await writeFile(file, change((await exported('jsonl')).trimEnd().split('\n')).join('\n'));
  return file;
};

test('what was given as goodwill is exported for finance, as CSV and as JSON', async () => {
  const exportedAs = async (format: 'jsonl' | 'csv') =>
    (await exported(format, runExportGoodwill)).trimEnd().split(/\r?\n/);
  expect(await exportedAs('csv')).toEqual([
    expect.stringMatching(/^"?id"?,"?at"?,"?kind"?,"?item"?,/),
    expect.stringContaining('credit_10'),
    expect.stringContaining('taken_back'),
  ]);
  const [first] = await exportedAs('jsonl');
  expect(JSON.parse(first ?? '')).toMatchObject({ ...GIVEN, at: '2026-11-30T10:00:00.000Z', customer: null });
});

test('a whole ledger is said to be whole, with its balances and what is pending', async () => {
  const { code, text } = await verify({ db: database.db });
  expect(code).toBe(0);
  expect(text).toContain('4 entries replayed; the last hash is ');
  expect(text).toContain('USD: paid $100, refunded $25, pending $1.50, can still be refunded $73.50');
  expect(text).toContain('pending: $1.50 of request second');
  expect(text).toContain('used of limits: days of agents 1, days of customers 1, tickets 1');
  expect(text).toMatch(/Goodwill: 2 entries replayed; the last hash is \w{64}\n {2}USD: given \$10, taken back \$10/);
  expect(text).toContain('The ledger is correct.');
});

test('exports of both books are verified without the database, and say the same, with every balance', async () => {
  const [file, goodwillFile] = [await exportFile(), join(folder, 'goodwill.jsonl')];
  await writeFile(goodwillFile, await exported('jsonl', runExportGoodwill));
  const { text, code } = await verify({ file, goodwillFile }, true);
  expect({ text, code }).toEqual(await verify({ db: database.db }, true));
  for (const balance of ['agent 7 on 2026-03-01: $26.50', 'ticket 42: $26.50', 'agent 2 on 2026-11-30: $0'])
    expect(text).toContain(balance);
  await writeFile(
    goodwillFile,
    (await readFile(goodwillFile, 'utf8')).replace('"valueMinor":1000', '"valueMinor":1001'),
  );
  expect(await verify({ file, goodwillFile })).toMatchObject({
    code: 1,
    text: expect.stringContaining('entry 1: it was changed after it was written: its hash differs'),
  });
});

test('a currency in an export that is none is a problem of that entry, and the others are replayed', async () => {
  const file = await exportFile((lines) => lines.map((line) => line.replace('"currency":"USD"', '"currency":"$$"')));
  const { code, text } = await verify({ file });
  expect(code).toBe(1);
  expect(text).toContain('entry 1: its currency is not three capital letters: "$');
});

test('a changed cent in an export is found', async () => {
  const file = await exportFile((lines) =>
    lines.map((line) => line.replace('"amountMinor":2500', '"amountMinor":2501')),
  );
  const { code, text } = await verify({ file });
  expect(code).toBe(1);
  expect(text).toContain('entry 2: it was changed after it was written: its hash differs');
  expect(text).toContain('The ledger is not correct.');
});

test('entries cut off at the end are found with the last hash of an earlier check', async () => {
  const file = await exportFile();
  const last = (await readFile(file, 'utf8')).split('"hash":"').at(-1)?.slice(0, 64) ?? '';
  expect(await verify({ file, expectHead: [last] })).toMatchObject({ code: 0 });
  const cut = await exportFile((lines) => lines.slice(0, -1));
  expect(await verify({ file: cut })).toMatchObject({ code: 0 });
  expect(await verify({ file: cut, expectHead: [last] })).toMatchObject({
    code: 1,
    text: expect.stringContaining(`The entry with the hash ${last} is missing: the books were cut off`),
  });
});

test.each([
  ['is not JSON', 'seq,kind', 'it is not a JSON object'],
  ['lacks a value', '{"seq":1}', 'its previousHash is not valid'],
])('a line that %s is named', async (_, line, why) => {
  const file = await exportFile((lines) => [...lines.slice(0, 2), line]);
  await expect(verify({ file })).rejects.toThrow(`${file}:3 is not an entry of "deskwright ledger export": ${why}.`);
});

test('CSV has a header and a line an entry', async () => {
  const lines = (await exported('csv')).trimEnd().split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatch(/^seq,at,kind,amountMinor,currency,payment,/);
  expect(lines[2]).toMatch(/^2,2026-03-01T10:00:00.123Z,reserved,2500,USD,stripe:ch_1,first,/);
});

test('refunds are stopped and resumed with a reason, and status lists both', async () => {
  const act = (action: 'stop' | 'resume', why: string) =>
    run((out) =>
      runStopRefunds(
        { db: database.db, json: false, out },
        { action, why, who: 'ana@support', at: new Date('2026-03-01T10:00:00Z') },
      ),
    );
  const status = (json: boolean) => run((out) => runRefundsStatus({ db: database.db, json, out }));
  await expect(act('stop', ' ')).rejects.toThrow('Say why');
  expect(await status(false)).toEqual({ code: 0, text: 'Refunds are not stopped.' });
  expect(await act('resume', 'Early')).toMatchObject({ code: 1, text: 'Refunds were not stopped.' });
  expect(await act('stop', 'Fraud?')).toMatchObject({ code: 0 });
  expect(await act('stop', 'Fraud?')).toMatchObject({ code: 1, text: 'Refunds are stopped already.' });
  expect((await status(false)).text).toBe(
    'Refunds are stopped.\n  2026-03-01T10:00:00.000Z  stopped by ana@support: Fraud?',
  );
  expect(await act('resume', 'No fraud')).toMatchObject({ code: 0 });
  expect(JSON.parse((await status(true)).text)).toMatchObject({ stopped: false, stops: [{ action: 'resume' }, {}] });
});
