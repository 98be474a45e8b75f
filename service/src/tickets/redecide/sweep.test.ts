// Checks sweeps on a Zendesk in memory: what they change, what they leave alone, and that an undo restores everything.
import { loadPolicy } from '@deskwright/shared';
import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { compilePolicy } from '../../decide/compile-policy.ts';
import { recordActivation } from '../../platform/outbox/activation.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { tickets } from '../tables.ts';
import { createOutboxFixture, type OutboxFixture, performEffects } from '../write/testing/outbox-fixture.ts';
import { createSweepRunner } from './run-sweeps.ts';
import { listMoves, pauseSweep, planSweep, readSweep, stepSweep } from './sweeps.ts';
import { type SweepFilter, sweeps } from './tables.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function aPolicy(refundTo: string, priority = 'high', tags = '[money]'): PolicyInForce {
  const loaded = loadPolicy(
    `
version: 1
company: Northwind Outdoor
time_zone: America/New_York
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1, escalates_to: t2 }, { id: t2, name: Tier 2, group: Support Tier 2 }]
categories: [{ id: refunds, name: Refund, tier: t1 }, { id: bug, name: Bug, tier: t2 }, { id: other, name: Other, tier: t1 }]
default_category: other
triggers:
  - { id: money, title: Money, conditions: { any: [{ field: text, operator: includes_any, value: [refund] }] }, actions: { category: ${refundTo}, priority: ${priority}, add_tags: ${tags} } }
surveys: { csat: { delay: 24h, expires: 14d }, ces: { delay: 2h, expires: 14d } }
`,
    'policy.yaml',
  );
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return { policy: loaded.policy, compiled: compilePolicy(loaded.policy), hash: loaded.hash };
}
const BEFORE = aPolicy('refunds');
const AFTER = aPolicy('bug', 'urgent');

let fixture: OutboxFixture;
let inForce: PolicyInForce;
beforeEach(() => begin());
async function begin(): Promise<void> {
  await database.clear();
  fixture = createOutboxFixture(database.db);
  inForce = BEFORE;
}

/** A service that decides by `inForce`, and whose writes arrive at once. */
const service = (
  signal = new AbortController().signal,
  onEffect: () => Promise<unknown> = () => performEffects(fixture.deps),
) => createSweepRunner({ ...pipelineDeps(database.db, { policy: { current: () => inForce } }), signal, onEffect });

const plan = async (filter: SweepFilter = {}) => {
  const id = await planSweep(database.db, { origin: 'operator', who: 'ana', why: null, filter });
  await service()();
  return id;
};
const sweep = async (filter: SweepFilter = {}) => {
  const id = await plan(filter);
  await stepSweep(database.db, id, 'run');
  await service()();
  return id;
};
const undo = async (id: number) => {
  await stepSweep(database.db, id, 'undo');
  await service()();
};
const statusOf = (id: number) => readSweep(database.db, id);

/** Tickets as Zendesk has them. */
const inZendesk = () =>
  [...fixture.zendesk.account.tickets.values()].map(({ id, tags, group_id, priority, status, assignee_id }) => ({
    id,
    tags: tags.toSorted(),
    group_id,
    priority,
    status,
    assignee_id,
  }));
/** And as we have them. */
const projected = () =>
  database.db
    .select({
      id: tickets.id,
      tags: tickets.tags,
      category: tickets.category,
      tier: tickets.tier,
      wanted: tickets.wanted,
    })
    .from(tickets)
    .orderBy(asc(tickets.id));
const change = (id: number, values: Partial<typeof tickets.$inferSelect>) =>
  database.db.update(tickets).set(values).where(eq(tickets.id, id));

const REFUND = { subject: 'A refund, please' };

test('a sweep changes what the changed policy decides differently, and says so before', async () => {
  await fixture.aTicket(1, { ...REFUND, status: 'open' });
  await fixture.aTicket(2, { subject: 'Hello', status: 'open' });
  await fixture.aTicket(3, { ...REFUND, status: 'solved' });
  await sweep();
  inForce = AFTER;
  const writes = fixture.zendesk.writes.length;
  const id = await plan();
  expect(await statusOf(id)).toMatchObject({ state: 'planned', open: 2, byPeople: 0, tickets: { planned: 1 } });
  expect(await listMoves(database.db, id)).toEqual([
    {
      before: { category: 'refunds', tier: 't1', priority: 'high', groupId: 11 },
      after: { category: 'bug', tier: 't2', priority: 'urgent', groupId: 12 },
      trigger: 'money',
      tags: { added: [], removed: [] },
      n: 1,
      examples: [1],
    },
  ]);
  expect(fixture.zendesk.writes).toHaveLength(writes);
  await stepSweep(database.db, id, 'run');
  await service()();
  expect(await statusOf(id)).toMatchObject({ state: 'done', waiting: 0, tickets: { changed: 1 } });
  expect(inZendesk()[0]).toMatchObject({
    group_id: 12,
    priority: 'urgent',
    tags: ['category__bug', 'money', 'tents', 'tier__t2'],
  });
  expect(fixture.zendesk.writes).toHaveLength(writes + 1);
});

test('tickets that go the same way are one row, whatever stays as it is, and tags tell apart what they tell', async () => {
  for (const [id, tags, group_id] of [
    [1, [], 11],
    [2, [], 12],
    [3, ['vip'], 11],
  ] as const)
    await fixture.aTicket(id, { ...REFUND, status: 'open', tags: [...tags], group_id, assignee_id: 2 });
  await sweep();
  inForce = aPolicy('refunds', 'low', '[money, vip, loud]');

  const moves = await listMoves(database.db, await plan());

  expect(moves.map(({ tags, n, examples }) => [tags.added.join(' '), n, examples.join(' ')])).toEqual([
    ['loud vip', 2, '1 2'],
    ['loud', 1, '3'],
  ]);
});

const aTicket = fc.record({
  subject: fc.constantFrom('A refund, please', 'Hello'),
  priority: fc.constantFrom(null, 'low', 'high', 'urgent'),
  group_id: fc.constantFrom(null, 11, 12, 99),
  assignee_id: fc.constantFrom(null, null, 2),
  tags: fc.subarray(['vip', 'money', 'tents', 'category__bug', 'tier__t2']),
  placedBy: fc.constantFrom('policy', 'policy', 'human'),
  status: fc.constantFrom('new', 'open', 'pending', 'solved'),
});

test('property: after a sweep and its undo, everything is as it was, in Zendesk and here', async () => {
  let changed = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(aTicket, { minLength: 1, maxLength: 12 }), fc.boolean(), async (given, isFirst) => {
      await begin();
      for (const [index, { placedBy, ...values }] of given.entries()) {
        await fixture.aTicket(index + 1, values);
        await change(index + 1, { placedBy, assigneeId: values.assignee_id });
      }
      if (!isFirst) await sweep();
      inForce = AFTER;
      const before = { inZendesk: inZendesk(), projected: await projected() };
      const id = await sweep();
      changed += (await statusOf(id))?.tickets.changed ?? 0;
      await undo(id);
      const sorted = (rows: Awaited<ReturnType<typeof projected>>) =>
        rows.map((row) => ({ ...row, tags: row.tags.toSorted() }));
      expect(inZendesk()).toEqual(before.inZendesk);
      expect(sorted(await projected())).toEqual(sorted(before.projected));
      expect(await statusOf(id)).toMatchObject({ state: 'undone', waiting: 0 });
    }),
    { numRuns: 12, endOnFailure: true },
  );
  expect(changed).toBeGreaterThan(0);
});

test('an undo leaves what somebody changed since', async () => {
  for (const id of [1, 2, 3, 4]) await fixture.aTicket(id, { ...REFUND, status: 'open' });
  await sweep();
  inForce = AFTER;
  const id = await sweep();
  const edit = async (ticketId: number, seen: object, values: Parameters<typeof change>[1]) => {
    Object.assign(fixture.zendesk.account.tickets.get(ticketId) ?? {}, seen);
    await change(ticketId, values);
  };
  // An agent lowers the priority, another takes the ticket, a third places it, a fourth solves it.
  await edit(1, { priority: 'low' }, { priority: 'low' });
  await edit(2, { assignee_id: 2 }, { assigneeId: 2 });
  await edit(3, {}, { placedBy: 'human' });
  await edit(4, { status: 'solved' }, { status: 'solved' });
  await undo(id);
  expect(inZendesk()).toMatchObject([
    { priority: 'low', group_id: 11, tags: expect.arrayContaining(['category__refunds']) },
    { priority: 'high', group_id: 12, assignee_id: 2, tags: expect.arrayContaining(['category__bug']) },
    { priority: 'high', group_id: 12, tags: expect.arrayContaining(['category__bug']) },
    { priority: 'urgent', group_id: 12, status: 'solved' },
  ]);
  expect(await statusOf(id)).toMatchObject({ state: 'undone', tickets: { kept: 4 } });
});

test('tickets placed by people, and those a filter leaves out, stay as they are', async () => {
  for (const id of [1, 2, 3]) await fixture.aTicket(id, { ...REFUND, status: 'open' });
  await sweep();
  await change(2, { placedBy: 'human' });
  inForce = AFTER;
  const id = await sweep({ ticketIds: [1, 2] });
  expect(await statusOf(id)).toMatchObject({ open: 2, byPeople: 1, tickets: { changed: 1 } });
  expect(inZendesk().map(({ group_id }) => group_id)).toEqual([12, 11, 11]);
  expect(await statusOf(await plan({ category: 'refunds' }))).toMatchObject({
    open: 2,
    byPeople: 1,
    tickets: { planned: 1 },
  });
});

test('hundreds of tickets are written a hundred at a time; paused or killed in the middle, it goes on where it was', async () => {
  for (let id = 1; id <= 250; id += 1) await fixture.aTicket(id, { ...REFUND, status: 'open' });
  const [update, look] = [jest.spyOn(fixture.zendesk, 'updateTickets'), jest.spyOn(fixture.zendesk, 'showJob')];
  const id = await plan();
  await stepSweep(database.db, id, 'run');
  // Dies after the first hundred are recorded, before they are written.
  const dying = new AbortController();
  await service(dying.signal, async () => dying.abort())();
  expect(await statusOf(id)).toMatchObject({ state: 'running', waiting: 100, tickets: { changed: 100, planned: 150 } });
  await pauseSweep(database.db, id, true);
  await service()();
  expect(await statusOf(id)).toMatchObject({ tickets: { changed: 100, planned: 150 } });
  await pauseSweep(database.db, id, false);
  // On a busy machine it gives way before the end, and is run again.
  do await service()();
  while ((await statusOf(id))?.state === 'running');
  expect(await statusOf(id)).toMatchObject({ state: 'done', waiting: 0, tickets: { changed: 250 } });
  expect(new Set(inZendesk().map(({ group_id }) => group_id))).toEqual(new Set([11]));
  expect(fixture.zendesk.writes).toHaveLength(250);
  expect(fixture.zendesk.writes.every(({ bulk }) => bulk)).toBe(true);
  // The fewest calls that Zendesk allows: one for each hundred, and one look at each job.
  expect([update, look].map(({ mock }) => mock.calls.length)).toEqual([3, 3]);
});

test('what is written meanwhile does not take the first few of a hundred', async () => {
  for (let id = 1; id <= 110; id += 1) await fixture.aTicket(id, { ...REFUND, status: 'open' });
  const update = jest.spyOn(fixture.zendesk, 'updateTickets');
  const id = await plan();
  const ended = new AbortController();
  const writing = (async () => {
    while (!ended.signal.aborted) await performEffects(fixture.deps);
  })();
  try {
    await stepSweep(database.db, id, 'run');
    do await service(undefined, async () => undefined)();
    while ((await statusOf(id))?.state === 'running');
    expect(update.mock.calls.map(([rows]) => rows.length)).toEqual([100, 10]);
    await stepSweep(database.db, id, 'undo');
    do await service(undefined, async () => undefined)();
    while ((await statusOf(id))?.state === 'undoing');
    expect(update.mock.calls.map(([rows]) => rows.length)).toEqual([100, 10, 100, 10]);
  } finally {
    ended.abort();
    await writing;
  }
});

test('it stops when the policy changes after it was planned', async () => {
  await fixture.aTicket(1, { ...REFUND, status: 'open' });
  const id = await plan();
  inForce = AFTER;
  await stepSweep(database.db, id, 'run');
  await service()();
  expect(await statusOf(id)).toMatchObject({
    state: 'running',
    paused: true,
    pausedBecause: expect.stringMatching(/policy/),
  });
  expect(fixture.zendesk.writes).toEqual([]);
});

test('after a reload it says how many open tickets would be decided differently, and changes none', async () => {
  await fixture.aTicket(1, { ...REFUND, status: 'open' });
  await sweep();
  const writes = fixture.zendesk.writes.length;
  expect(await database.db.$count(sweeps, eq(sweeps.origin, 'reload'))).toBe(0);
  inForce = AFTER;
  await service()();
  const [counted] = await database.db.select().from(sweeps).where(eq(sweeps.origin, 'reload'));
  expect(await statusOf(counted?.id ?? 0)).toMatchObject({ state: 'planned', open: 1, tickets: { planned: 1 } });
  expect(await stepSweep(database.db, counted?.id ?? 0, 'run')).toBe(false);
  expect(fixture.zendesk.writes).toHaveLength(writes);
});

test('only tickets that Deskwright acts on are swept', async () => {
  await fixture.aTicket(1, { ...REFUND, status: 'open' });
  await fixture.aTicket(2, { ...REFUND, status: 'open' });
  await recordActivation(database.db, {
    mode: 'act',
    scope: 'group',
    groupId: 12,
    groupName: 'Support Tier 2',
    who: 'ana',
    why: null,
  });
  await change(2, { groupId: 12 });
  const id = await sweep();
  expect(await statusOf(id)).toMatchObject({ open: 1 });
});
