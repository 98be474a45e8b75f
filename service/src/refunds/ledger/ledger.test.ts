import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { readFacts } from '../read-facts.ts';
import { ledgerCustomers } from '../tables.ts';
import { accountsOf, type EntryKind, type NewEntry } from './entry.ts';
import { openLedger, readLedger } from './ledger.ts';
import { anEntry } from './testing/an-entry.ts';
import { verifyEntries } from './verify-entries.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const append = (...entries: NewEntry[]) =>
  database.db.transaction(async (tx) => (await openLedger(tx)).append(entries));
const refundable = () => database.db.transaction(async (tx) => (await openLedger(tx)).refundable('stripe:ch_1', 'USD'));
const verified = () => verifyEntries(readLedger(database.db, 2));

test('a refund leaves what may still be refunded, and each limit has one account of what was used', async () => {
  await append(
    anEntry({ kind: 'payment', amountMinor: 10_000 }),
    anEntry({ kind: 'reserved', amountMinor: 2_500 }),
    anEntry({ kind: 'confirmed', amountMinor: 2_500, providerRef: 're_1' }),
    anEntry({ kind: 'reserved', amountMinor: 4_000, requestId: 'second', day: '2026-03-02' }),
    anEntry({ kind: 'released', amountMinor: 4_000, requestId: 'second', day: '2026-03-02' }),
    anEntry({ kind: 'outside', amountMinor: 1_000, requestId: null, agentId: null, providerRef: 're_2' }),
  );
  expect(await refundable()).toBe(6_500);
  await database.db.insert(ledgerCustomers).values({ customer: 'c-1', requesterId: 9 });
  const asked = {
    agentId: 7,
    ticketId: 42,
    requesterId: 9,
    payment: 'stripe:ch_1',
    amountMinor: 4_000,
    askedCurrency: 'USD',
    currency: 'USD',
    today: '2026-03-01',
    since: '2026-03-01',
    now: new Date('2026-03-02T12:00:00Z'),
  };
  const facts = await readFacts(database.db, asked);
  expect(facts).toMatchObject({
    used: { today: 2_500, ticket: 3_500 },
    payment: { paid: 10_000, refundable: 6_500, currency: 'USD' },
    isSameAgain: false,
    isBehind: false,
  });
  expect(facts.used.customer.toSorted((a, b) => a.day.localeCompare(b.day))).toEqual([
    { day: '2026-03-01', amount: 3_500 },
    { day: '2026-03-02', amount: 0 },
  ]);
  const others = { ticketId: 43, requesterId: null, payment: null, today: '2026-03-02', amountMinor: 2_500 };
  expect(await readFacts(database.db, { ...asked, ...others })).toEqual({
    used: { today: 0, ticket: 0, customer: [] },
    payment: null,
    isSameAgain: false,
    isBehind: false,
    disputed: [],
  });
  const used = { used: { today: 0, ticket: 0, customer: [] }, isSameAgain: true };
  expect(await readFacts(database.db, { ...asked, currency: 'EUR', amountMinor: 2_500 })).toMatchObject(used);
  expect(await verified()).toMatchObject({
    entries: 6,
    problems: [],
    pending: [],
    totals: { USD: { paid: -10_000, refundable: 6_500, pending: 0, refunded: 3_500 } },
  });
});

test('a payment that the books do not know has nothing to refund', async () => {
  expect(await refundable()).toBeNull();
  await expect(append(anEntry({ kind: 'reserved' }))).rejects.toThrow('Failed query');
});

test('says which refunds are pending', async () => {
  await append(anEntry({ kind: 'payment' }), anEntry({ kind: 'reserved', amountMinor: 700 }));
  expect((await verified()).pending).toEqual([{ requestId: 'first', amountMinor: 700, currency: 'USD' }]);
});

describe('the database itself refuses', () => {
  beforeEach(async () => {
    await append(anEntry({ kind: 'payment', amountMinor: 1_000 }), anEntry({ kind: 'reserved', amountMinor: 600 }));
  });

  test.each<[string, NewEntry[]]>([
    ['more than is left', [anEntry({ kind: 'reserved', amountMinor: 401, requestId: 'second' })]],
    ['more than is left, made elsewhere', [anEntry({ kind: 'outside', amountMinor: 401, requestId: null })]],
    ['another currency', [anEntry({ kind: 'reserved', amountMinor: 1, currency: 'EUR', requestId: 'second' })]],
    ['the same request twice', [anEntry({ kind: 'reserved', amountMinor: 1 })]],
    ['an end of another amount', [anEntry({ kind: 'confirmed', amountMinor: 599 })]],
    ['an end of another payment', [anEntry({ kind: 'released', amountMinor: 600, payment: 'stripe:ch_2' })]],
    ['an end that counts for another agent', [anEntry({ kind: 'released', amountMinor: 600, agentId: 8 })]],
    ['an end that counts for another day', [anEntry({ kind: 'released', amountMinor: 600, day: '2026-03-02' })]],
    ['an end of what was not reserved', [anEntry({ kind: 'confirmed', amountMinor: 600, requestId: 'second' })]],
    ['two ends', [anEntry({ kind: 'confirmed', amountMinor: 600 }), anEntry({ kind: 'released', amountMinor: 600 })]],
    ['what comes back before it was done', [anEntry({ kind: 'reversed', amountMinor: 600 })]],
    ['a payment twice', [anEntry({ kind: 'payment', amountMinor: 1 })]],
    ['a negative amount', [anEntry({ kind: 'reserved', amountMinor: -1, requestId: 'second' })]],
    ['nothing', [anEntry({ kind: 'reserved', amountMinor: 0, requestId: 'second' })]],
  ])('%s', async (_, entries) => {
    await expect(append(...entries)).rejects.toThrow('Failed query');
    expect(await refundable()).toBe(400);
    expect(await verified()).toMatchObject({ entries: 2, problems: [] });
  });

  test('the same refund of the provider twice', async () => {
    await append(anEntry({ kind: 'confirmed', amountMinor: 600, providerRef: 're_1' }));
    await expect(
      append(anEntry({ kind: 'outside', amountMinor: 1, requestId: null, providerRef: 're_1' })),
    ).rejects.toThrow('Failed query');
  });

  test.each([
    'UPDATE ledger_entries SET amount_minor = 1',
    'DELETE FROM ledger_entries',
    'TRUNCATE ledger_entries',
    `INSERT INTO ledger_entries (seq, kind, amount_minor, currency, payment, day, at, previous_hash, hash)
      VALUES (9, 'payment', 1, 'USD', 'stripe:ch_9', '2026-03-01', now(), repeat('0', 64), repeat('0', 64))`,
  ])('%s', async (statement) => {
    await expect(database.db.execute(sql.raw(statement))).rejects.toThrow('Failed query');
    expect(await verified()).toMatchObject({ entries: 2, problems: [] });
  });

  test('the rights of its own role are enough for that', async () => {
    await expect(database.db.execute(sql`DELETE FROM ledger_entries`)).rejects.toMatchObject({
      cause: { code: '42501' },
    });
    const { rows } = await database.db.execute(
      sql`SELECT privilege_type AS may FROM information_schema.role_table_grants
        WHERE table_name = 'ledger_entries' AND grantee = current_user ORDER BY 1`,
    );
    expect(rows.map(({ may }) => may)).toEqual(expect.not.arrayContaining(['UPDATE', 'DELETE', 'TRUNCATE']));
  });
});

test('many at once never take more than there is, and their entries follow one another', async () => {
  await append(anEntry({ kind: 'payment', amountMinor: 1_000 }));
  const attempts = Array.from({ length: 60 }, (_, n) =>
    append(anEntry({ kind: 'reserved', amountMinor: 40, requestId: `request-${n}` })).then(
      () => true,
      () => false,
    ),
  );
  expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(25);
  expect(await refundable()).toBe(0);
  expect(await verified()).toMatchObject({ entries: 26, problems: [] });
});

describe('whatever is attempted, in whatever order', () => {
  const anAttempt = fc.record({
    kind: fc.constantFrom<EntryKind>('payment', 'reserved', 'confirmed', 'released', 'outside', 'reversed'),
    amountMinor: fc.integer({ min: 1, max: 60 }),
    payment: fc.constantFrom('stripe:ch_1', 'stripe:ch_2'),
    request: fc.constantFrom('a', 'b', 'c'),
    providerRef: fc.constantFrom('re_1', 're_2', null),
  });

  test('the books are whole, no account goes below zero, and what is refunded never exceeds what was paid', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anAttempt, { minLength: 5, maxLength: 25 }), async (attempts) => {
        await database.clear();
        await append(anEntry({ kind: 'payment', amountMinor: 100 }));
        const model = new Map<string, number>();
        for (const { request, ...attempt } of attempts) {
          const isOfRequest = attempt.kind !== 'payment' && attempt.kind !== 'outside';
          await append(anEntry({ ...attempt, requestId: isOfRequest ? request : null })).catch(() => undefined);
        }
        for await (const entry of readLedger(database.db)) {
          const { from, to } = accountsOf(entry);
          model.set(from, (model.get(from) ?? 0) - entry.amountMinor);
          model.set(to, (model.get(to) ?? 0) + entry.amountMinor);
          const overdrawn = [...model].filter(([account, balance]) => account !== 'paid' && balance < 0);
          expect(overdrawn).toEqual([]);
        }
        expect([...model.values()].reduce((sum, one) => sum + one, 0)).toBe(0);
        expect((await verified()).problems).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});
