// Checks overtakes: by hand, and against their definition without a database.
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { Placement, Wait } from '../../figures/measure.ts';
import { findOvertakes as findByDefinition, type QueuedWait } from '../../figures/testing/find-overtakes.ts';
import { waits } from '../tables.ts';
import { findOvertakes } from './overtakes.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const [LENA, OMAR] = [7, 8];
const [TIER_1, WAREHOUSE] = [11, 21];
const minute = (count: number): Date => new Date(Date.parse('2026-11-23T14:00:00Z') + count * 60_000);
const IN_TIER_1: Omit<Placement, 'at'> = { tier: 't1', groupId: TIER_1, assigneeId: null, priority: null };

interface Parts {
  readonly since: number;
  /** Left out: it still waits. */
  readonly until?: number;
  readonly endedBy?: Wait['endedBy'];
  readonly agent?: number | null;
  /** Where it stood from which minute on; the first from `since`. */
  readonly stood?: readonly (Partial<Placement> & { readonly from?: number })[];
}

function aWait(ticketId: number, { since, until, endedBy = 'reply', agent = LENA, stood = [{}] }: Parts): QueuedWait {
  const placements = stood.map(({ from = since, ...placement }) => ({
    ...IN_TIER_1,
    ...placement,
    at: minute(from),
  }));
  const { tier, groupId, priority } = placements.at(-1) ?? IN_TIER_1;
  const isOpen = until === undefined;
  return {
    ticketId,
    since: minute(since),
    until: isOpen ? null : minute(until),
    endedBy: isOpen ? null : endedBy,
    agentId: isOpen || endedBy === 'gone' ? null : agent,
    tier,
    groupId,
    priority,
    placements,
  };
}

/** Tickets whose reply passed others, and how many. */
async function overtakes(all: readonly QueuedWait[]): Promise<Record<string, number | null>> {
  await database.clear();
  const stored = all.map((wait) => ({
    ...wait,
    placements: wait.placements.map(({ at, ...placement }) => ({ ...placement, at: at.toISOString() })),
  }));
  if (stored.length > 0) await database.db.insert(waits).values(stored);
  const found = await findOvertakes(database.db, [...new Set(all.map(({ ticketId }) => ticketId))], {
    departments: [WAREHOUSE],
    since: null,
  });
  return Object.fromEntries(found.map(({ ticketId, at, score }) => [`${ticketId} ${at.toISOString()}`, score]));
}

function byDefinition(all: readonly QueuedWait[]): Record<string, number | null> {
  const found = findByDefinition(all, new Set([WAREHOUSE]));
  return Object.fromEntries(
    found.map(({ ticketId, at, passed }) => [`${ticketId} ${at.toISOString()}`, passed.length]),
  );
}

/** The newer ticket, which Lena answers at minute 20. */
const answered = aWait(2, { since: 10, until: 20 });
const passedOne = { [`2 ${minute(20).toISOString()}`]: 1 };

test.each<[string, QueuedWait, number]>([
  ['an older ticket that still waits', aWait(1, { since: 0 }), 1],
  ['an older one that is answered later', aWait(1, { since: 0, until: 30, agent: OMAR }), 1],
  ['an older one of her own', aWait(1, { since: 0, stood: [{ assigneeId: LENA }] }), 1],
  ['an older one that Omar took only later', aWait(1, { since: 0, stood: [{}, { from: 25, assigneeId: OMAR }] }), 1],
  [
    'an older one that left for another tier only later',
    aWait(1, { since: 0, stood: [{}, { from: 25, tier: 't2' }] }),
    1,
  ],
  ['none that was answered before', aWait(1, { since: 0, until: 15 }), 0],
  ['none that is newer: a reopened ticket waits from its new question', aWait(1, { since: 12 }), 0],
  ['none that is as old', aWait(1, { since: 10 }), 0],
  ['none that is assigned to Omar', aWait(1, { since: 0, stood: [{ assigneeId: OMAR }] }), 0],
  ['one that Omar gave back before', aWait(1, { since: 0, stood: [{ assigneeId: OMAR }, { from: 15 }] }), 1],
  ['none of another tier', aWait(1, { since: 0, stood: [{ tier: 't2' }] }), 0],
  ['none that came to this tier only later', aWait(1, { since: 0, stood: [{ tier: 't2' }, { from: 25 }] }), 0],
  ['none with a department', aWait(1, { since: 0, stood: [{ groupId: WAREHOUSE }] }), 0],
  ['none of another band', aWait(1, { since: 0, stood: [{ priority: 'urgent' }] }), 0],
  ['one of another priority in the same band', aWait(1, { since: 0, stood: [{ priority: 'low' }] }), 1],
])('a reply passes %s', async (_, older, count) => {
  expect(await overtakes([older, answered])).toEqual(count === 0 ? {} : passedOne);
  expect(byDefinition([older, answered])).toEqual(count === 0 ? {} : passedOne);
});

test.each<[string, Parts]>([
  ['a solve without a reply', { since: 10, until: 20, endedBy: 'solve' }],
  ['a deletion', { since: 10, until: 20, endedBy: 'gone' }],
  ['the reply of a department', { since: 10, until: 20, stood: [{ groupId: WAREHOUSE }] }],
])('%s passes nobody', async (_, parts) => {
  const all = [aWait(1, { since: 0 }), aWait(2, parts)];
  expect(await overtakes(all)).toEqual({});
  expect(byDefinition(all)).toEqual({});
});

test('agrees with the definition on any queue', async () => {
  const placement = fc.record({
    tier: fc.constantFrom('t1', 't1', 't1', 't2', null),
    groupId: fc.constantFrom(TIER_1, TIER_1, TIER_1, WAREHOUSE, null),
    assigneeId: fc.constantFrom(null, null, LENA, OMAR),
    priority: fc.constantFrom(null, 'normal', 'low', 'urgent'),
  });
  const wait = fc
    .record({
      since: fc.nat(20),
      lasts: fc.option(fc.nat(20)),
      endedBy: fc.constantFrom('reply', 'reply', 'reply', 'solve', 'gone'),
      agent: fc.constantFrom(LENA, OMAR, null),
      stood: fc.array(fc.tuple(fc.nat(10), placement), { minLength: 1, maxLength: 3 }),
    })
    .map(({ since, lasts, endedBy, agent, stood }) => {
      const from = [...new Set([since, ...stood.map(([later]) => since + later)])].toSorted((a, b) => a - b);
      const parts: Parts = {
        since,
        ...(lasts !== null && { until: since + lasts }),
        endedBy,
        agent,
        stood: stood.slice(0, from.length).map(([, one], index) => ({ ...one, from: from[index]! })),
      };
      return parts;
    });
  let found = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(wait, { minLength: 4, maxLength: 14 }), async (parts) => {
      const all = parts.map((part, index) => aWait(index + 1, part));
      const defined = byDefinition(all);
      found += Object.keys(defined).length;
      expect(await overtakes(all)).toEqual(defined);
    }),
    { numRuns: 60 },
  );
  expect(found).toBeGreaterThan(0);
});
