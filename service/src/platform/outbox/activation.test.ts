import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import fc from 'fast-check';
import { z } from 'zod';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import {
  describeActing,
  followPolicyMode,
  readActing,
  recordActivation,
  releaseCovered,
  watchAtFirst,
} from './activation.ts';
import type { EffectDefinition } from './effect-definition.ts';
import { recordEffect } from './entries.ts';
import { createOutbox } from './outbox.ts';
import { simpleEffect } from './simple-effect.ts';
import { outbox } from './tables.ts';

let database: TestDatabase;
let posted: string[];
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  posted = [];
});
afterAll(() => database.drop());

// A kind that says nothing of activation, as whoever adds one would write it.
const POSTCARD: EffectDefinition<{ to: string }> = {
  name: 'postcard',
  description: 'A postcard',
  payload: z.strictObject({ to: z.string() }),
  whenInDoubt: 'retry',
  advise: () => 'Retry it.',
};

const write = (to: string) => recordEffect(database.db, POSTCARD, { key: to, subjectId: null, payload: { to } });
const perform = (post: (to: string) => Promise<unknown> = async () => undefined, atOnce = 1) =>
  createOutbox({
    db: database.db,
    kinds: [
      simpleEffect(POSTCARD, {
        perform: async ([{ payload }]) => {
          posted.push(payload.to);
          await post(payload.to);
          return { outcome: 'done' };
        },
        batch: { size: 20, atOnce },
        limits: { workMs: 0 },
      }),
    ],
    logger: silentLogger as never,
  }).perform();
const say = (mode: 'observe' | 'act', scope: 'all' | 'new_tickets' = 'all') =>
  recordActivation(database.db, { mode, scope, who: 'test' });
const policySays = (mode: 'observe' | 'act', performs = true) =>
  followPolicyMode(database.db, [POSTCARD], { performs, logger: silentLogger, signal: new AbortController().signal })(
    mode,
  );
const states = async () => {
  const rows = await database.db.select({ key: outbox.key, state: outbox.state }).from(outbox).orderBy(outbox.id);
  return Object.fromEntries(rows.map(({ key, state }) => [key, state]));
};

test('without a word about it effects are performed, as by former versions', async () => {
  await write('Ida');
  await perform();
  expect(posted).toEqual(['Ida']);
});

test('while only watching no kind of effect is performed, and activation performs what was observed', async () => {
  await say('observe');
  await write('Ida');
  expect(await perform()).toMatchObject({ writes: 0, againInMs: null });
  expect(await states()).toEqual({ Ida: 'observed' });

  await say('act');
  await releaseCovered(database.db, [POSTCARD]);
  await perform();
  expect(posted).toEqual(['Ida']);
});

test('what was waiting at a pause is not performed', async () => {
  await write('Ida');
  await say('observe');
  await perform();
  expect(posted).toEqual([]);
  expect(await states()).toEqual({ Ida: 'observed' });
});

test('a pause lets the effect in progress end, and no other of the same batch begin', async () => {
  for (const name of ['Ida', 'Otto', 'Emil']) await write(name);
  await perform((to) => (to === 'Ida' ? say('observe') : Promise.resolve()));
  await perform();
  expect(posted).toEqual(['Ida']);
  expect(await states()).toEqual({ Ida: 'done', Otto: 'observed', Emil: 'observed' });
  const [otto] = await database.db.select().from(outbox).where(sql`key = 'Otto'`);
  expect(otto).toMatchObject({ attempts: 0, unfinished: 0, alone: false });
});

test('an effect recorded while an activation was being stored is performed by the next run', async () => {
  await say('observe');
  const client = await database.db.$client.connect();
  await client.query('BEGIN');
  await recordEffect(drizzle(client), POSTCARD, { key: 'Ida', subjectId: null, payload: { to: 'Ida' } });
  await say('act');
  await releaseCovered(database.db, [POSTCARD]);
  await client.query('COMMIT');
  client.release();

  await perform();
  expect(posted).toEqual(['Ida']);
});

test('entries in doubt that an activation does not cover wait for it without being claimed or looked at again and again', async () => {
  await write('Ida');
  await database.db.update(outbox).set({ state: 'in_flight', claimedUntil: new Date(0), alone: true });
  await say('act', 'new_tickets');
  expect(await perform()).toMatchObject({ writes: 0, againInMs: null });
  expect(await states()).toEqual({ Ida: 'in_flight' });

  await say('act');
  await perform();
  expect(posted).toEqual(['Ida']);
});

test('a narrower activation holds what was claimed but not begun', async () => {
  for (const name of ['Ida', 'Otto']) await write(name);
  await perform((to) => (to === 'Ida' ? say('act', 'new_tickets') : Promise.resolve()));
  expect(posted).toEqual(['Ida']);
  await perform();
  expect(await states()).toEqual({ Ida: 'done', Otto: 'observed' });
});

test('a kind that knows no scope is observed until everything is activated', async () => {
  await say('act', 'new_tickets');
  await write('Ida');
  await perform();
  expect(posted).toEqual([]);
});

test('mode: observe in the policy stands above an activation, and what was observed is performed when it is gone', async () => {
  await say('act');
  await policySays('observe');
  await policySays('observe');
  await write('Ida');
  await perform();
  expect(posted).toEqual([]);
  expect(describeActing(await readActing(database.db))).toMatch(/^only watches/);

  await policySays('act', false);
  await perform();
  expect(posted).toEqual([]);

  await policySays('act');
  await perform();
  expect(posted).toEqual(['Ida']);
});

test('a new database only watches if asked to, and what somebody said before stays', async () => {
  await watchAtFirst(database.db);
  expect(await readActing(database.db)).toMatchObject({ mode: 'observe' });
  await say('act');
  await watchAtFirst(database.db);
  expect(await readActing(database.db)).toMatchObject({ mode: 'act', scope: 'all' });
});

const MODES = ['act', 'observe', 'new_tickets'] as const;

test('however often the mode changes under load, nothing is performed while watching, and nothing twice', async () => {
  const flip = fc.record({ to: fc.constantFrom(...MODES), more: fc.nat(3), isLull: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(flip, { minLength: 100, maxLength: 100 }), async (flips) => {
      await database.clear();
      posted = [];
      let recorded = 0;
      const over = new AbortController();
      const record = async (count: number) => {
        for (let n = 0; n < count; n += 1) await write(`card ${(recorded += 1)}`);
      };
      const runs: Promise<unknown>[] = [];
      const processes = [0, 1, 2].map(async (index) => {
        while (!over.signal.aborted) {
          runs[index] = perform(() => new Promise((resolve) => setImmediate(resolve)));
          await runs[index];
        }
      });
      try {
        for (const { to, more, isLull } of flips) {
          await record(more);
          await say(to === 'observe' ? 'observe' : 'act', to === 'new_tickets' ? 'new_tickets' : 'all');
          if (to === 'act' || !isLull) continue;
          // What was begun before it ends with the runs under way.
          await Promise.all(runs);
          const before = posted.length;
          await record(more);
          await perform();
          await Promise.all(runs);
          expect(posted).toHaveLength(before);
        }
      } finally {
        over.abort();
        await Promise.all(processes);
      }
      await say('act');
      // Each run performs one batch.
      let done = 1;
      while (done > 0) ({ done } = await perform());
      expect(posted.toSorted()).toEqual(Array.from({ length: recorded }, (_, n) => `card ${n + 1}`).toSorted());
    }),
    { numRuns: 1, endOnFailure: true },
  );
});
