import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { EffectDefinition } from './effect-definition.ts';
import { listDeadLetters, recordEffect, retryDeadLetters } from './entries.ts';
import { createOutbox, type RunSummary } from './outbox.ts';
import { type Outcome, type SimpleEffect, simpleEffect } from './simple-effect.ts';
import { outbox } from './tables.ts';
import type { EffectLimits } from './work.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  posted = [];
});
afterAll(() => database.drop());

// Everything down to `postcards` is what a new kind of effect needs; the rest tests what it gets.
interface Postcard {
  to: string;
  text: string;
}

const POSTCARD: EffectDefinition<Postcard> = {
  name: 'postcard',
  description: 'A postcard',
  payload: z.strictObject({ to: z.string(), text: z.string() }),
  whenInDoubt: 'retry',
  advise: () => 'Look whether the address is right, then retry it.',
};

const postcards = (post: (card: Postcard) => Promise<Outcome>, how: Partial<SimpleEffect<Postcard>> = {}) =>
  simpleEffect(POSTCARD, { perform: ([entry]) => post(entry.payload), ...how });

const LOGGER = { debug() {}, info() {}, warn() {}, error() {}, child: () => LOGGER } as Parameters<
  typeof createOutbox
>[0]['logger'];
const QUICK: Partial<EffectLimits> = { workMs: 0, attempts: 3, unfinished: 2 };

let posted: string[] = [];
const accept = async ({ to }: Postcard): Promise<Outcome> => {
  posted.push(to);
  return { outcome: 'done' };
};
const write = (to: string, key = `card:${to}`) =>
  recordEffect(database.db, POSTCARD, { key, subjectId: null, payload: { to, text: 'Wish you were here' } });

async function run(
  post: (card: Postcard) => Promise<Outcome> = accept,
  { definition = POSTCARD, ...how }: Partial<SimpleEffect<Postcard>> & { definition?: typeof POSTCARD } = {},
): Promise<RunSummary> {
  const kind =
    definition === POSTCARD
      ? postcards(post, { limits: QUICK, ...how })
      : simpleEffect(definition, { perform: ([entry]) => post(entry.payload), limits: QUICK, ...how });
  return createOutbox({ db: database.db, kinds: [kind], logger: LOGGER, random: () => 0.5 }).perform();
}

async function letTimePass(): Promise<void> {
  await database.db.execute(sql`UPDATE outbox SET due_at = now() - interval '1 second' WHERE state = 'waiting'`);
  await database.db.execute(
    sql`UPDATE outbox SET claimed_until = now() - interval '1 second' WHERE state = 'in_flight'`,
  );
}
const rows = () => database.db.select().from(outbox).orderBy(outbox.id);

test('an effect is performed once, and a second one with the same key is ignored', async () => {
  expect(await write('Ida')).toBe(true);
  expect(await write('Ida')).toBe(false);
  await write('Otto');
  expect(await run()).toMatchObject({ done: 2, writes: 2, againInMs: null });
  await run();
  expect(posted.toSorted()).toEqual(['Ida', 'Otto']);
});

test('a failure is retried with growing delays, and finally dead-lettered', async () => {
  await write('Ida');
  const fail = async (): Promise<Outcome> => ({ outcome: 'failed', reason: 'the post office is closed' });
  const waits: (number | null)[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    waits.push((await run(fail)).againInMs);
    await letTimePass();
  }
  expect(waits[1]).toBeGreaterThan(waits[0] ?? Number.POSITIVE_INFINITY);
  expect(await listDeadLetters(database.db)).toMatchObject([
    { kind: 'postcard', attempts: 3, reason: 'the post office is closed' },
  ]);
  expect(await run()).toMatchObject({ done: 0, againInMs: null });
});

test.each([
  ['refused', { outcome: 'refused', reason: 'no such address' }, { state: 'parked', lastError: 'no such address' }],
  ['not wanted any more', { outcome: 'cancelled', reason: 'moved away' }, { state: 'cancelled' }],
  ['not to blame', { outcome: 'wait', ms: 60_000, reason: 'strike' }, { state: 'waiting', attempts: 0 }],
  ['not known to have ended', { outcome: 'unknown', reason: 'no answer' }, { state: 'in_flight', attempts: 1 }],
] as const)('an effect that is %s', async (_what, outcome, row) => {
  await write('Ida');
  await run(async () => outcome);
  expect(await rows()).toMatchObject([row]);
});

test('one that throws is in doubt, and its message is not stored', async () => {
  await write('Ida');
  await run(async () => {
    throw new Error('Wish you were here');
  });
  expect(await rows()).toMatchObject([{ state: 'in_flight', attempts: 1, lastError: 'Error' }]);
});

test('an effect of a process that dies is performed by another; one that keeps crashing processes is dead-lettered', async () => {
  await write('Ida');
  await write('Otto');
  const die = async () => {
    await database.db.execute(sql`UPDATE outbox SET state = 'in_flight', unfinished = unfinished + 1,
      claimed_until = now() - interval '1 second' WHERE payload ->> 'to' = 'Ida' AND state IN ('waiting', 'in_flight')`);
  };
  await die();
  await die();
  await run();
  expect(posted).toEqual(['Otto']);
  expect(await listDeadLetters(database.db)).toMatchObject([{ reason: expect.stringContaining('ended 2 times') }]);
});

describe('a kind that must not be repeated', () => {
  const definition = { ...POSTCARD, whenInDoubt: 'dead_letter' } as const;

  test('is dead-lettered when it is unknown whether it was performed, and retried only by an operator', async () => {
    await write('Ida');
    await run(async () => ({ outcome: 'unknown', reason: 'no answer' }), { definition });
    await letTimePass();
    await run(accept, { definition });
    expect(posted).toEqual([]);
    expect(await retryDeadLetters(database.db, [definition], 'all')).toBe(1);
    expect(await run(accept, { definition })).toMatchObject({ done: 1 });
    expect(posted).toEqual(['Ida']);
  });

  test('is not performed when the process that had claimed it died', async () => {
    await write('Ida');
    await database.db.execute(
      sql`UPDATE outbox SET state = 'in_flight', claims = 1, unfinished = 1, claimed_until = now()`,
    );
    expect(await run(accept, { definition })).toMatchObject({ done: 0, deadLettered: 1 });
    expect(posted).toEqual([]);
  });
});

test('an entry that this version cannot read is dead-lettered, and stops nothing else', async () => {
  await write('Ida');
  await database.db.execute(sql`UPDATE outbox SET payload = '{"to": ["Ida", "Otto"]}'`);
  await write('Otto');
  expect(await run()).toMatchObject({ done: 1, deadLettered: 1 });
  expect(posted).toEqual(['Otto']);
});

test('entries of one coalescing key are performed with one call', async () => {
  const definition = { ...POSTCARD, coalesceBy: ({ payload }: { payload: Postcard }) => payload.to };
  for (const key of ['a', 'b'])
    await recordEffect(database.db, definition, { key, subjectId: null, payload: { to: 'Ida', text: key } });
  const texts: string[][] = [];
  const kind = simpleEffect(definition, {
    perform: async (entries) => {
      texts.push(entries.map(({ payload }) => payload.text));
      return { outcome: 'done' };
    },
  });
  await createOutbox({ db: database.db, kinds: [kind], logger: LOGGER }).perform();
  expect(texts).toEqual([['a', 'b']]);
});

test('a rate applies to all processes together, and waiting for it does not count as a failure', async () => {
  for (const to of ['Ida', 'Otto', 'Emma']) await write(to);
  // Six a minute: a burst of one.
  const rate = { name: 'post', perMinute: () => 6 };
  expect(await run(accept, { rate })).toMatchObject({ done: 1, postponed: 2 });
  expect(await run(accept, { rate })).toMatchObject({ done: 0 });
  expect((await rows()).map(({ state, attempts }) => [state, attempts])).toEqual(
    expect.arrayContaining([
      ['done', 0],
      ['waiting', 0],
      ['waiting', 0],
    ]),
  );
});

test('two kinds with the same name are refused', () => {
  const kinds = [postcards(accept), postcards(accept)];
  expect(() => createOutbox({ db: database.db, kinds, logger: LOGGER })).toThrow('"postcard"');
});
