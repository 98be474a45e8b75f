// Checks that figures kept by increments equal those computed at once, however the history came.

import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { HistoryEntry } from '../../figures/history-entry.ts';
import { aPolicy, groupIdOf } from '../../figures/testing/builders.ts';
import { history, measuresDue } from '../tables.ts';
import { allSums } from '../testing/history-fixture.ts';
import { createMeasurer } from './measure-due-tickets.ts';
import { requestRebuild } from './rebuild-figures.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const policy = aPolicy({ time_zone: 'Asia/Kolkata' });
const NOW = new Date('2026-11-20T12:00:00Z');
const START = Date.parse('2026-11-14T17:00:00Z');

function measurer(atOnce = 7, given = policy) {
  return createMeasurer({
    db: database.db,
    policy: { current: () => ({ policy: given, guidance: new Map() }) },
    groupIdOf: () => groupIdOf,
    clock: () => NOW.getTime(),
    logger: { info: () => undefined, error: () => undefined },
    atOnce,
  });
}

const minutes = fc.integer({ min: 0, max: 6 * 24 * 60 });
type Part = Pick<HistoryEntry, 'kind' | 'value' | 'actor' | 'public' | 'assigneeId' | 'groupId'>;
const part = (kind: HistoryEntry['kind'], more: Partial<Part> = {}): Part => ({
  kind,
  value: null,
  actor: null,
  public: null,
  groupId: null,
  assigneeId: null,
  ...more,
});
const happening: fc.Arbitrary<Part> = fc.oneof(
  fc.constant(part('comment', { value: 'email', actor: 'agent', public: true })),
  fc.constantFrom(
    part('comment', { value: 'email', actor: 'customer', public: true }),
    part('comment', { value: 'email', actor: 'agent', public: true }),
    part('comment', { value: 'email', actor: 'agent', public: false }),
    part('status', { value: 'open', actor: 'agent' }),
    part('status', { value: 'pending', actor: 'agent' }),
    part('status', { value: 'solved', actor: 'agent', assigneeId: 7, groupId: 11 }),
    part('status', { value: 'solved', actor: 'zendesk', groupId: 12 }),
    part('spam', { actor: 'agent' }),
    part('survey_asked', { value: 'csat', actor: 'us' }),
    part('survey_answered', { value: 'csat:4', actor: 'customer' }),
  ),
  fc.constantFrom('refunds', 'bug', 'other').map((value) => part('category', { value, actor: 'us' })),
  fc.constantFrom('t1', 't2').map((value) => part('tier', { value, actor: 'us' })),
  fc.constantFrom('urgent', 'normal', null).map((value) => part('priority', { value, actor: 'agent' })),
);
const entry: fc.Arbitrary<HistoryEntry> = fc
  .tuple(fc.integer({ min: 1, max: 8 }), minutes, happening, fc.integer({ min: 1, max: 60 }))
  .map(([ticketId, minute, what, ref]) => ({
    ...what,
    ticketId,
    at: new Date(START + minute * 60_000),
    ref,
    actorId: what.actor === 'agent' ? 7 : 900,
    rule: null,
  }));
const created = (ticketId: number): HistoryEntry => ({
  ...part('created', { value: ticketId % 2 ? 'email' : 'web', actor: 'customer' }),
  ticketId,
  at: new Date(START + ticketId * 60_000),
  ref: 900,
  actorId: 900,
  rule: null,
});
/** Most stay in the first tier, so that they are one queue. */
const placed = (ticketId: number): HistoryEntry => ({
  ...created(ticketId),
  ...part('tier', { value: 't1', actor: 'us' }),
});
const firstMessage = (ticketId: number): HistoryEntry => ({
  ...created(ticketId),
  ...part('comment', { value: 'email', actor: 'customer', public: true }),
  ref: 100 + ticketId,
});
const IDS = [1, 2, 3, 4, 5, 6, 7, 8];
/** Batches of entries: late, doubled, in any order. */
const batches = fc
  .tuple(fc.array(entry, { minLength: 20, maxLength: 60 }), fc.array(fc.nat(), { maxLength: 8 }))
  .chain(([entries, doubled]) => {
    const all = [...IDS.map(created), ...IDS.map(placed), ...IDS.map(firstMessage), ...entries];
    const again = doubled.flatMap((n) => all[n % all.length] ?? []);
    return fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length });
  })
  .map((all) => [all.slice(0, 25), all.slice(25, 40), all.slice(40)]);

async function record(entries: readonly HistoryEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await database.db.transaction(async (tx) => {
    await tx.insert(history).values(entries.map((row) => ({ ...row, source: 'event' as const })));
    await tx.insert(measuresDue).values(entries.map(({ ticketId }) => ({ ticketId })));
  });
}

async function everything() {
  const { db } = database;
  const rows = async (table: string) =>
    (await db.execute(sql.raw(`SELECT to_jsonb(t)::text AS row FROM ${table} t ORDER BY 1`))).rows;
  return { sums: await allSums(db), measures: await rows('measures'), waits: await rows('waits') };
}

let overtakes = 0;
test('property: however the history comes, the figures are those of a computation at once, and of a rebuild', async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (parts) => {
      await database.clear();
      for (const entries of parts) {
        await record(entries);
        await measurer()();
      }
      const kept = await everything();
      expect(kept.sums.length).toBeGreaterThan(0);
      overtakes += kept.sums.filter(({ figure, dimension }) => figure === 'overtake' && dimension === 'all').length;

      await requestRebuild(database.db, NOW);
      await measurer()();
      expect(await everything()).toEqual(kept);

      await database.db.execute(sql`TRUNCATE measures, waits, rollups, combined_rollups, settings`);
      await database.db.insert(measuresDue).values(IDS.map((ticketId) => ({ ticketId })));
      await measurer(100)();
      expect(await everything()).toEqual(kept);
      expect(await database.db.select().from(measuresDue)).toEqual([]);
    }),
    { numRuns: 15, endOnFailure: true },
  );
  expect(overtakes).toBeGreaterThan(0);
});

test('two at once give what one gives', async () => {
  const parts = fc.sample(batches, { numRuns: 1, seed: 11 })[0] ?? [];
  await database.clear();
  for (const entries of parts) {
    await record(entries);
    const [first, second] = [measurer(2), measurer(3)];
    await Promise.all([first(), second()]);
  }
  const kept = await everything();
  await database.db.execute(sql`TRUNCATE measures, waits, rollups, combined_rollups, settings`);
  await requestRebuildOf(IDS);
  expect(await everything()).toEqual(kept);
});

async function requestRebuildOf(ids: readonly number[]): Promise<void> {
  await database.db.insert(measuresDue).values(ids.map((ticketId) => ({ ticketId })));
  await measurer(100)();
}

test('another time zone cuts all days anew', async () => {
  const parts = fc.sample(batches, { numRuns: 1, seed: 12 })[0] ?? [];
  await database.clear();
  await record(parts.flat());
  await measurer()();
  const inNewYork = aPolicy();
  await measurer(7, inNewYork)();
  const kept = await everything();
  await database.db.execute(sql`TRUNCATE measures, waits, rollups, combined_rollups, settings`);
  await database.db.insert(measuresDue).values(IDS.map((ticketId) => ({ ticketId })));
  await measurer(7, inNewYork)();
  expect(await everything()).toEqual(kept);
});
