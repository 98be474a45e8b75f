// Tests that the stored order of the queue follows tickets, time and the policy.
import { loadPolicy } from '@deskwright/shared';
import { eq, sql } from 'drizzle-orm';
import { aTicketRow } from '../../testing/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { compilePolicy } from '../decide/compile-policy.ts';
import { until } from '../platform/testing/until.ts';
import { lockTicket, saveTicket } from '../tickets/projection/projection-store.ts';
import type { TicketRow } from '../tickets/projection/ticket-row.ts';
import { comments, tickets } from '../tickets/tables.ts';
import { bandQueue } from './band-queue.ts';
import { placeInLargeQueue } from './place-in-large-queue.ts';
import { listQueue, nextOldest, placeInQueue } from './queue-order.ts';
import { queueDue } from './tables.ts';

const POLICY = `
version: 1
company: Northwind Outdoor
time_zone: America/New_York
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1 }]
categories: [{ id: other, name: Other, tier: t1 }]
default_category: other
targets: [{ first_reply: 8h, next_reply: 2h }]
`;
const ORDER = 'queue_order: { bands: [incident, urgent, over_target], rises_after: 72h }\n';
const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-24T15:00:00Z');
const hoursAgo = (hours: number): Date => new Date(NOW - hours * HOUR);

const AN_ANSWER = {
  id: 1,
  ticketId: 1,
  authorId: 2,
  author: 'agent',
  public: true,
  body: 'Hello',
  createdAt: hoursAgo(4),
} as const;

let database: TestDatabase;
let now: number;
let text: string;
let order: () => Promise<void>;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  now = NOW;
  text = POLICY + ORDER;
  order = process(() => text);
  await order();
});
afterAll(() => database.drop());

/** Orders the queue as one process does, by the policy of `yaml`. */
function process(yaml: () => string, signal = new AbortController().signal): () => Promise<void> {
  const current = () => {
    const loaded = loadPolicy(yaml(), 'policy.yaml');
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    return { policy: loaded.policy, compiled: compilePolicy(loaded.policy), hash: loaded.hash };
  };
  return bandQueue({ db: database.db, policy: { current }, clock: () => now, signal });
}

/** Resolves when `work` has ended or waits for a lock. */
async function endedOrBlocked(work: Promise<unknown>): Promise<void> {
  let isEnded = false;
  const ended = work.then(
    () => (isEnded = true),
    () => (isEnded = true),
  );
  const isBlocked = async () =>
    (
      await database.db.execute(
        sql`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
    ).rowCount !== 0;
  await until(async () => isEnded || (await isBlocked()));
  if (isEnded) await ended;
}

const ticket = (id: number, hours: number, part: Partial<TicketRow> = {}) =>
  database.db.insert(tickets).values(aTicketRow({ id, tier: 't1', waitingSince: hoursAgo(hours), ...part }));
const change = (id: number, part: Partial<TicketRow>) =>
  database.db.transaction(async (tx) => saveTicket(tx, { ...(await lockTicket(tx, id))!, ...part }));
const ids = async () => {
  await order();
  return (await listQueue(database.db, { tier: 't1', limit: 1_000 })).map(({ id }) => id);
};
const bandOf = async (id: number) =>
  (await database.db.select({ band: tickets.queueBand }).from(tickets).where(eq(tickets.id, id)))[0]?.band;

test('urgent and overdue tickets come before calm ones, each band by its longest wait', async () => {
  await ticket(1, 6);
  await ticket(2, 5, { priority: 'urgent' });
  await ticket(3, 9);
  await ticket(4, 1, { priority: 'urgent' });
  await ticket(5, 0.5, { type: 'incident' });
  await ticket(6, 80);
  expect(await ids()).toEqual([6, 5, 2, 4, 3, 1]);
  expect(await placeInQueue(database.db, { id: 4, tier: 't1', notIn: [], band: 1 })).toEqual({ place: 4, of: 6 });
  const asked = { tier: 't1', besides: 6, seen: undefined, inGroups: null, notIn: [] };
  expect(await nextOldest(database.db, asked)).toMatchObject({ id: 5 });
});

test('the order follows what is written to a ticket, also by a later save of its row', async () => {
  await ticket(1, 6);
  await ticket(2, 5);
  expect(await ids()).toEqual([1, 2]);
  await change(2, { priority: 'urgent' });
  expect(await ids()).toEqual([2, 1]);
  await change(2, { subject: 'Still urgent' });
  expect(await bandOf(2)).toBe(1);
  await database.db.update(tickets).set({ priority: 'low' }).where(eq(tickets.id, 2));
  expect(await ids()).toEqual([1, 2]);
});

test('a ticket moves up as time passes: over its target, then beyond the bound', async () => {
  await ticket(1, 1);
  await ticket(2, 0.5, { priority: 'urgent' });
  await ids();
  expect(await bandOf(1)).toBe(9);
  now = NOW + 8 * HOUR;
  await ids();
  expect(await bandOf(1)).toBe(2);
  now = NOW + 72 * HOUR;
  expect(await ids()).toEqual([1, 2]);
  expect(await database.db.select().from(queueDue)).toEqual([]);
});

test('after an answer the target of later replies counts', async () => {
  await ticket(1, 3);
  await database.db.insert(comments).values(AN_ANSWER);
  await ids();
  expect(await bandOf(1)).toBe(2);
});

test('an edited policy orders all tickets anew, and one without the key puts the longest wait first again', async () => {
  await ticket(1, 6);
  await ticket(2, 5, { priority: 'urgent' });
  expect(await ids()).toEqual([2, 1]);
  text = POLICY + ORDER.replace('[incident, urgent, over_target]', '[over_target]');
  expect(await ids()).toEqual([1, 2]);
  text = POLICY + ORDER;
  expect(await ids()).toEqual([2, 1]);
  text = POLICY;
  expect(await ids()).toEqual([1, 2]);
  await ticket(3, 7, { priority: 'urgent' });
  expect(await database.db.select().from(queueDue)).toEqual([]);
  expect(await ids()).toEqual([3, 1, 2]);
});

test('a ticket that somebody else holds is ordered once it is free', async () => {
  await ticket(1, 1, { priority: 'urgent' });
  await database.db.transaction(async (tx) => {
    await lockTicket(tx, 1);
    await order();
    expect(await bandOf(1)).toBe(9);
  });
  await order();
  expect(await bandOf(1)).toBe(1);
});

test('a ticket inserted just before the policy gains the key is ordered too', async () => {
  text = POLICY;
  await order();
  let ordering: Promise<void> | undefined;
  await database.db.transaction(async (tx) => {
    await saveTicket(tx, aTicketRow({ id: 1, tier: 't1', waitingSince: hoursAgo(1), priority: 'urgent' }));
    text = POLICY + ORDER;
    ordering = order();
    await endedOrBlocked(ordering);
  });
  await ordering;
  await order();
  expect(await bandOf(1)).toBe(1);
});

test('who changes a ticket while the policy loses the key is not waited for', async () => {
  await ticket(1, 1, { priority: 'urgent' });
  await ids();
  text = POLICY;
  let ordering: Promise<void> | undefined;
  await database.db.transaction(async (tx) => {
    const row = (await lockTicket(tx, 1))!;
    ordering = order();
    await endedOrBlocked(ordering);
    await saveTicket(tx, { ...row, priority: 'low' });
  });
  await ordering;
  await order();
  expect(await bandOf(1)).toBe(9);
  expect(await database.db.select().from(queueDue)).toEqual([]);
});

test('a process that has not read the new policy yet leaves its order alone', async () => {
  await ticket(1, 6);
  await ticket(2, 5, { priority: 'urgent' });
  const former = process(() => POLICY + ORDER);
  await former();
  text = POLICY + ORDER.replace('[incident, urgent, over_target]', '[over_target]');
  await process(() => text, AbortSignal.abort())();
  await former();
  expect(await ids()).toEqual([1, 2]);
});

test('an older answer that is learnt of later counts within the hour', async () => {
  await ticket(1, 3);
  await ids();
  expect(await bandOf(1)).toBe(9);
  await database.db.insert(comments).values(AN_ANSWER);
  now = NOW + HOUR;
  await ids();
  expect(await bandOf(1)).toBe(2);
});

test('in a large queue each ticket has the same place as by counting', async () => {
  await database.db.execute(sql`INSERT INTO tickets (id, subject, description, status, created_at, updated_at, snapshot_at, tags, tier, waiting_since, priority, type)
    SELECT n, '', '', 'open', now(), now(), now(), '{}', 't1', ${hoursAgo(100).toISOString()}::timestamptz + (n * 7919 % 6000) * interval '1 minute',
      CASE WHEN n % 7 = 0 THEN 'urgent' END, CASE WHEN n % 50 = 0 THEN 'incident' END
    FROM generate_series(1, 3000) n`);
  const all = await database.db.select().from(tickets);
  await order();
  const queue = (await listQueue(database.db, { tier: 't1', limit: 5_000 })).map(({ id }) => id);
  expect(queue).toHaveLength(3_000);
  for (const id of [1, 7, 50, 700, 1_234, 2_999, queue[0]!, queue[499]!, queue[500]!, queue[1_700]!, queue[2_999]!]) {
    const { waitingSince } = all.find((row) => row.id === id)!;
    const asked = {
      id,
      tier: 't1',
      notIn: [],
      groupId: null,
      waitingSince: waitingSince!,
      queueBand: (await bandOf(id))!,
    };
    expect(await placeInLargeQueue(database.db, asked)).toEqual({ place: queue.indexOf(id) + 1, of: 3_000 });
  }
});
