import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { type ClaimOptions, claimEntries } from './claim.ts';
import type { EffectDefinition, EffectPriority } from './effect-definition.ts';
import { recordEffect } from './entries.ts';
import { finish, renewLeases } from './settle.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const LETTER: EffectDefinition<{ urgency: EffectPriority }> = {
  name: 'letter',
  description: 'A letter',
  payload: z.strictObject({ urgency: z.literal([0, 1, 2]) }),
  priority: ({ urgency }) => urgency,
  coalesceBy: ({ subjectId }) => String(subjectId),
  whenInDoubt: 'retry',
  advise: () => 'Look at the address.',
};

let keys = 0;
const write = (subjectId: number, urgency: EffectPriority = 2) =>
  recordEffect(database.db, LETTER, { key: `w:${++keys}`, subjectId, payload: { urgency } });
const claim = async (options: Partial<ClaimOptions> = {}) =>
  (await claimEntries(database.db, LETTER, { lane: 'fresh', groups: 10, leaseMs: 60_000, ...options })).groups;
const letLeasesEnd = () => database.db.execute(sql`UPDATE outbox SET claimed_until = now() - interval '1 second'`);

test('a claim takes all entries of a key, oldest first', async () => {
  await write(42);
  await write(43);
  await write(42);
  const claimed = await claim();
  expect(claimed.map((entries) => entries.map((entry) => [entry.subjectId, entry.id]))).toEqual([
    [
      [42, 1],
      [42, 3],
    ],
    [[43, 2]],
  ]);
});

test('urgent entries are claimed before others, however long these have waited', async () => {
  await write(42);
  await write(43, 1);
  await write(44);
  await write(44, 0);
  const next = async () => (await claim({ groups: 1 })).map(([entry]) => entry?.subjectId);
  expect([await next(), await next(), await next(), await next()]).toEqual([[44], [43], [42], []]);
});

test('keys with an urgent entry can be claimed alone', async () => {
  await write(42);
  await write(43, 0);
  await write(43);
  expect((await claim({ lane: 'urgent' })).map((entries) => entries.map(({ subjectId }) => subjectId))).toEqual([
    [43, 43],
  ]);
});

test('an entry added while its key is being performed waits until that has ended', async () => {
  await write(42);
  await claim();
  await write(42);
  expect(await claim()).toEqual([]);
  expect(await claim({ lane: 'retries' })).toEqual([]);
});

test('an entry of a key that waits after a failure is claimed with it, at once', async () => {
  await write(42);
  await database.db.execute(sql`UPDATE outbox SET alone = true, due_at = now() + interval '1 hour'`);
  expect(await claim({ lane: 'retries' })).toEqual([]);
  await write(42);
  expect(await claim()).toMatchObject([
    [
      { id: 1, alone: true },
      { id: 2, alone: false },
    ],
  ]);
});

test("a dead process's entry is claimed as in doubt once its lease has expired, and not as fresh", async () => {
  await write(42);
  await claim();
  await letLeasesEnd();
  expect(await claim()).toEqual([]);
  expect(await claim({ lane: 'retries' })).toMatchObject([
    [{ subjectId: 42, inDoubt: true, claim: 2, attempts: 0, unfinished: 1 }],
  ]);
});

test('an entry during which processes died more than once is claimed by its own lane only, with later ones of its key', async () => {
  await write(42);
  await claim();
  await letLeasesEnd();
  await claim({ lane: 'retries' });
  await letLeasesEnd();
  await write(42);
  expect(await claim()).toEqual([]);
  expect(await claim({ lane: 'retries' })).toEqual([]);
  expect(await claim({ lane: 'suspects' })).toMatchObject([[{ unfinished: 2 }, { unfinished: 0 }]]);
});

test('a lease is renewed only by its own claim', async () => {
  const renew = async (claims: Parameters<typeof renewLeases>[1]) =>
    (await renewLeases(database.db, claims, 60_000)).size;
  await write(42);
  const [first = []] = await claim();
  expect(await renew(first)).toBe(1);
  await letLeasesEnd();
  const [second = []] = await claim({ lane: 'retries' });
  expect(await renew(first)).toBe(0);
  expect(await renew(second)).toBe(1);
});

test('only a claim settles', async () => {
  await write(42);
  const [[claimed] = []] = await claim();
  if (!claimed) throw new Error('nothing was claimed');
  // @ts-expect-error an id and a number do not settle
  expect(await finish(database.db, [{ id: 1, claim: 99 }], 'done')).toBe(0);
  expect(await finish(database.db, [claimed], 'done')).toBe(1);
});

test('an entry with a payload of another version is not claimed', async () => {
  await write(42);
  await database.db.execute(sql`UPDATE outbox SET payload = '{"urgency": 2, "stamps": 3}'`);
  await write(42);
  const claimed = await claimEntries(database.db, LETTER, { lane: 'fresh', groups: 10, leaseMs: 60_000 });
  expect(claimed).toMatchObject({ groups: [[{ id: 2 }]], unreadable: [{ id: 1 }] });
});

test('processes that claim at the same moment never share a key', async () => {
  for (let round = 0; round < 5; round++) {
    await database.clear();
    for (let id = 1; id <= 30; id++) {
      await write((id % 10) + 1);
    }
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim({ groups: 3 })));
    const keysClaimed = claims.flat().map(([entry]) => entry?.coalesceKey);
    expect(new Set(keysClaimed).size).toBe(keysClaimed.length);
    expect(claims.flat().every((entries) => entries.length === 3)).toBe(true);
  }
});
