import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { migrate } from '../../platform/storage/database.ts';
import { readGoodwill } from './read-goodwill.ts';
import { type GoodwillEntry, goodwillEntries } from './tables.ts';
import { type ChainedGoodwill, hashGoodwillEntry, verifyGoodwill } from './verify-goodwill.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const GIVEN = {
  kind: 'given',
  requestId: 'first',
  item: 'credit',
  itemKind: 'credit',
  valueMinor: 1_000,
  currency: 'USD',
  ticketId: 42,
  agentId: 7,
  customer: 'c-1',
  day: '2026-11-30',
  budgetMinor: 2_500,
  perMonth: 3,
  rule: 'refunds.goodwill.budgets of tier t1',
  policyHash: 'abc',
  at: new Date('2026-11-30T10:00:00.120Z'),
} as const;

const write = (...entries: (typeof goodwillEntries.$inferInsert)[]) =>
  database.db.insert(goodwillEntries).values(entries);
async function books(): Promise<GoodwillEntry[]> {
  const entries: GoodwillEntry[] = [];
  for await (const entry of readGoodwill(database.db, 2)) entries.push(entry);
  return entries;
}
const problemsOf = async (entries: Iterable<ChainedGoodwill>) =>
  (await verifyGoodwill(entries)).problems.map(({ seq, problem }) => `${seq}: ${problem}`);

test('the books are whole, with what is left of each budget', async () => {
  await write(GIVEN, { ...GIVEN, requestId: 'second' }, { ...GIVEN, kind: 'taken_back' });
  const free = { item: 'account', itemKind: 'free_account', budgetMinor: null, perMonth: 1 } as const;
  await write({ ...GIVEN, ...free, requestId: 'third' });
  const entries = await books();
  expect(await verifyGoodwill(entries)).toEqual({
    entries: 4,
    head: { seq: 4, hash: entries[3]?.hash },
    problems: [],
    problemCount: 0,
    totals: { USD: { given: 3_000, takenBack: 1_000 } },
    budgets: [
      { agentId: 7, day: '2026-11-30', currency: 'USD', usedMinor: 1_000 },
      { agentId: 7, month: '2026-11', item: 'credit', count: 1 },
      { agentId: 7, month: '2026-11', item: 'account', count: 1 },
    ],
  });
});

test('the database and the verifier compute the same hash, whatever stands in an entry, and whoever gives it another', async () => {
  const text = fc.string({ unit: 'binary' }).filter((one) => !one.includes('\0'));
  await fc.assert(
    fc.asyncProperty(text, text, fc.option(text), fc.nat(999), async (requestId, rule, customer, ms) => {
      await database.clear();
      const at = new Date(Date.UTC(2026, 0, 1, 0, 0, 0, ms));
      await write({ ...GIVEN, requestId, rule, customer, at, seq: 9, previousHash: 'x', hash: 'x' });
      expect(await problemsOf(await books())).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test('many at once stand in one chain', async () => {
  await Promise.all(
    Array.from({ length: 12 }, (_, n) => write({ ...GIVEN, requestId: `request-${n}`, agentId: n % 6, ticketId: n })),
  );
  expect(await verifyGoodwill(await books())).toMatchObject({ entries: 12, problems: [] });
});

test.each<Partial<ChainedGoodwill>>([
  { kind: 'taken_back' },
  { requestId: 'x' },
  { item: 'x' },
  { itemKind: 'discount' },
  { valueMinor: 1 },
  { currency: 'EUR' },
  { ticketId: 1 },
  { agentId: 1 },
  { customer: null },
  { day: '2026-11-29' },
  { budgetMinor: 9 },
  { perMonth: 9 },
  { rule: 'x' },
  { policyHash: 'x' },
  { at: new Date(0) },
])('finds %j written into an entry afterwards', async (changed) => {
  await write(GIVEN);
  const [entry] = await books();
  if (entry === undefined) throw new Error('nothing was given');
  expect(await problemsOf([{ ...entry, ...changed }])).toContain(
    '1: it was changed after it was written: its hash differs',
  );
});

test('finds an entry that is missing', async () => {
  await write(GIVEN, { ...GIVEN, requestId: 'second' });
  expect((await problemsOf((await books()).slice(1))).join()).toMatch(/its number should be 1.*does not follow/);
});

/** Chained correctly, as somebody who owns the tables could have written them. */
test.each<[string, Partial<ChainedGoodwill>, string]>([
  ['more than the budget', { requestId: 'x', valueMinor: 1_501 }, '2: more was given of the budget of agent 7'],
  ['more than the month allows', { requestId: 'x', perMonth: 1 }, '2: more was given of the number of "credit"'],
  ['a request given twice', {}, '2: request first was given already'],
  ['an end of nothing', { kind: 'taken_back', requestId: 'x' }, '2: request x was never given'],
  ['an end for another agent', { kind: 'taken_back', agentId: 8 }, '2: it is not what request first gave'],
  ['more taken back than given', { kind: 'taken_back', valueMinor: 1_001 }, '2: more was taken back of the budget'],
  ['a negative value', { requestId: 'x', valueMinor: -1 }, '2: its value is not an integer'],
  ['a currency that is none', { requestId: 'x', currency: '$' }, '2: its currency is not three capital letters'],
])('finds %s', async (_, changed, problem) => {
  await write(GIVEN);
  const [first] = await books();
  if (first === undefined) throw new Error('nothing was given');
  const next = { ...first, ...changed, seq: 2, previousHash: first.hash };
  expect((await problemsOf([first, { ...next, hash: hashGoodwillEntry(next) }])).join('\n')).toContain(problem);
});

test('what was given before there was a chain is chained by the migration', async () => {
  const { $client } = database.db;
  await $client.query(`DROP TRIGGER place_entry ON goodwill_entries;
    DROP FUNCTION deskwright_place_goodwill_entry, deskwright_hash_goodwill_entry;
    ALTER TABLE goodwill_entries DROP COLUMN seq, DROP COLUMN previous_hash, DROP COLUMN hash;
    DELETE FROM drizzle.__drizzle_migrations WHERE created_at = 1804100000000;
    INSERT INTO goodwill_entries (kind, request_id, item, item_kind, value_minor, currency, ticket_id, agent_id, day, budget_minor, rule, policy_hash, at)
      SELECT 'given', 'r' || n, 'credit', 'credit', 100, 'USD', 1, 7, '2026-11-30', 9000, 'r', 'p', now() FROM generate_series(1, 3) n`);
  await migrate(database.url);
  await write({ ...GIVEN, agentId: 8 });
  expect(await verifyGoodwill(await books())).toMatchObject({ entries: 4, problems: [] });
  await expect($client.query('UPDATE goodwill_entries SET value_minor = 1')).rejects.toThrow('permission denied');
});
