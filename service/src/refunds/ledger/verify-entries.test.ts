import { chainEntry, type Entry, type NewEntry } from './entry.ts';
import { anEntry } from './testing/an-entry.ts';
import { nameBalance, verifyEntries } from './verify-entries.ts';

const chain = (...entries: NewEntry[]) => {
  const chained: Entry[] = [];
  for (const entry of entries) chained.push(chainEntry(entry, chained.at(-1) ?? null));
  return chained;
};
const problemsOf = async (entries: Entry[]) =>
  (await verifyEntries(entries)).problems.map(({ seq, problem }) => `${seq}: ${problem}`);

const BOOKS = [
  anEntry({ kind: 'payment', amountMinor: 1_000 }),
  anEntry({ kind: 'reserved', amountMinor: 300 }),
  anEntry({ kind: 'confirmed', amountMinor: 300, providerRef: 're_1' }),
];

test('an empty ledger is correct', async () => {
  expect(await verifyEntries([])).toEqual({
    entries: 0,
    head: null,
    problems: [],
    problemCount: 0,
    totals: {},
    pending: [],
    used: [],
  });
});

test('the head names the last entry, for comparing it with a copy kept elsewhere', async () => {
  const entries = chain(...BOOKS);
  expect((await verifyEntries(entries)).head).toEqual({ seq: 3, hash: entries[2]?.hash });
  expect((await verifyEntries(chain(...BOOKS))).head).toEqual({ seq: 3, hash: entries[2]?.hash });
});

/** Every value of an entry is covered by its hash. */
test.each<Partial<Entry>>([
  { amountMinor: 301 },
  { currency: 'EUR' },
  { payment: 'stripe:ch_2' },
  { requestId: 'second' },
  { ticketId: 43 },
  { agentId: 8 },
  { customer: 'c-2' },
  { day: '2026-03-02' },
  { rule: 'tier t2' },
  { policyHash: 'abc' },
  { approvedBy: 9 },
  { providerRef: 're_2' },
  { at: new Date('2026-03-01T10:00:00.124Z') },
])('finds %j written into an entry afterwards', async (changed) => {
  const entries = chain(...BOOKS).map((entry) => (entry.seq === 2 ? { ...entry, ...changed } : entry));
  expect(await problemsOf(entries)).toContain('2: it was changed after it was written: its hash differs');
});

test('finds an entry taken out, doubled or put in', async () => {
  const [first, second, third] = chain(...BOOKS);
  if (!first || !second || !third) throw new Error('three entries');
  const GAP = /its number should be|does not follow/;
  for (const entries of [
    [first, third],
    [second, third],
    [first, second, second, third],
    [first, chainEntry(anEntry({ kind: 'payment', payment: 'stripe:ch_9' }), first), second, third],
  ])
    expect((await problemsOf(entries)).join()).toMatch(GAP);
});

/** Chained correctly, as somebody who trusts the code would have written them. */
test.each<[string, NewEntry[], string]>([
  ['more than was paid', [anEntry({ kind: 'reserved', amountMinor: 1_001 })], '4: more left payment:stripe:ch_1'],
  ['a second end', [anEntry({ kind: 'released', amountMinor: 300 })], '4: released, but request first was confirmed'],
  ['a second reservation', [anEntry({ kind: 'reserved', amountMinor: 300 })], '4: request first was reserved already'],
  ['an end of nothing', [anEntry({ kind: 'confirmed', requestId: 'x' })], '4: request x was never reserved'],
  ['another amount', [anEntry({ kind: 'reversed', amountMinor: 299 })], '4: it is of another amount'],
  ['another currency', [anEntry({ kind: 'outside', currency: 'EUR', amountMinor: 1 })], '4: it is in EUR, and payment'],
  [
    'a payment entered twice',
    [anEntry({ kind: 'payment', amountMinor: 500 })],
    '4: payment stripe:ch_1 was entered already',
  ],
  [
    'a refund of the provider entered twice',
    [anEntry({ kind: 'outside', amountMinor: 300, providerRef: 're_1' })],
    '4: refund re_1 of payment stripe:ch_1 was entered already',
  ],
  ['another day', [anEntry({ kind: 'reversed', amountMinor: 300, day: '2026-03-02' })], '4: it counts for another day'],
  ['another agent', [anEntry({ kind: 'reversed', amountMinor: 300, agentId: 8 })], '4: it counts for another day'],
  [
    'another customer',
    [anEntry({ kind: 'reversed', amountMinor: 300, customer: 'c-2' })],
    '4: it counts for another day',
  ],
  [
    'another approver',
    [anEntry({ kind: 'reversed', amountMinor: 300, approvedBy: 9 })],
    '4: more comes back of agent 9 on 2026-03-01 than counted: 300 too much',
  ],
  ['another ticket', [anEntry({ kind: 'reversed', amountMinor: 300, ticketId: 43 })], '4: it counts for another day'],
  ['no amount', [anEntry({ kind: 'outside', amountMinor: 0 })], '4: its amount is not a positive integer'],
  ['a fraction', [anEntry({ kind: 'outside', amountMinor: 0.5 })], '4: its amount is not a positive integer'],
])('finds %s', async (_, entries, problem) => {
  const found = await problemsOf(chain(...BOOKS.with(1, anEntry({ kind: 'reserved', amountMinor: 300 })), ...entries));
  expect(found.join('\n')).toContain(problem);
});

test('what was used of each limit is replayed, for the approver alone where there is one', async () => {
  const approved = { requestId: 'second', amountMinor: 500, approvedBy: 9 } as const;
  const { used, problems } = await verifyEntries(
    chain(
      ...BOOKS,
      anEntry({ kind: 'reserved', ...approved }),
      anEntry({ kind: 'outside', amountMinor: 50, agentId: null, day: '2026-03-02', providerRef: 're_2' }),
      anEntry({ kind: 'released', ...approved }),
      anEntry({ kind: 'reserved', ...approved, requestId: 'third', amountMinor: 20 }),
    ),
  );
  expect(problems).toEqual([]);
  expect(used.map((one) => `${nameBalance(one)}: ${one.usedMinor}`)).toEqual([
    'agent 7 on 2026-03-01: 300',
    'customer c-1 on 2026-03-01: 320',
    'ticket 42: 370',
    'agent 9 on 2026-03-01: 20',
    'customer c-1 on 2026-03-02: 50',
  ]);
});

test('lists a hundred problems and counts the others', async () => {
  const entries = chain(...Array.from({ length: 150 }, () => anEntry({ kind: 'released' })));
  const { problems, problemCount } = await verifyEntries(entries);
  expect(problems).toHaveLength(100);
  expect(problemCount).toBeGreaterThanOrEqual(150);
});
