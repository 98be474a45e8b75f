import { loadPolicy } from '@deskwright/shared';
import { AGENT, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { compilePolicy } from '../../decide/compile-policy.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { eraseTickets } from '../projection/erase-tickets.ts';
import { dueDecisions, tickets } from '../tables.ts';
import { createDueDecider } from './decide-due-tickets.ts';
import { CUSTOMER, change, comment, pipelineFixture } from './testing/pipeline-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear, log, effects } = pipelineFixture(() => database);
const dues = () => database.db.select().from(dueDecisions);

const CREATED = Date.parse('2025-01-08T10:12:07Z');
const HOUR = 3_600_000;
const hours = (n: number) => CREATED + n * HOUR;

function aPolicyOn(...triggers: string[]): PolicyInForce {
  const text = `
version: 1
company: Northwind Outdoor
time_zone: America/New_York
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1 }]
categories: [{ id: refunds, name: Refund, tier: t1 }, { id: other, name: Other, tier: t1 }]
default_category: other
triggers: [${triggers.join(', ')}]
surveys: { csat: { delay: 24h, expires: 14d }, ces: { delay: 2h, expires: 14d } }
`;
  const loaded = loadPolicy(text, 'policy.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return { policy: loaded.policy, compiled: compilePolicy(loaded.policy), hash: loaded.hash };
}
const waitsFor = (n: number, priority = 'urgent') =>
  `{ id: waits-${n}, title: Waits ${n} h, conditions: { all: [{ field: waiting_hours, operator: greater_than, value: ${n} }] }, actions: { priority: ${priority} } }`;
const REFUND =
  '{ id: refund, title: Refund, conditions: { any: [{ field: text, operator: includes_any, value: [refund] }] }, actions: { category: refunds } }';

/** A process whose clock and policy the test sets. */
function aProcess(inForce: PolicyInForce, now = CREATED + 1_000) {
  const state = { inForce, now };
  const deps = pipelineDeps(database.db, { policy: { current: () => state.inForce }, clock: () => state.now });
  const follow = createDueDecider(deps);
  return {
    deps,
    followAt: (moment: number) => {
      state.now = moment;
      return follow();
    },
    loads: (next: PolicyInForce) => {
      state.inForce = next;
    },
    at: (moment: number) => {
      state.now = moment;
    },
  };
}

test('decides a ticket once when the time of a condition is reached, not before', async () => {
  const { deps, followAt } = aProcess(aPolicyOn(waitsFor(24)));
  await hear(deps, {});
  expect(await dues()).toEqual([{ ticketId: 5158, dueAt: new Date(hours(24) + 1) }]);

  expect(await followAt(hours(24))).toBe(0);
  expect(await followAt(hours(24) + 1)).toBe(1);
  expect(await followAt(hours(25))).toBe(0);

  expect(await log()).toEqual([
    expect.objectContaining({ trigger: 'ticket.created', priority: null }),
    expect.objectContaining({ trigger: 'time', inboxId: null, priority: 'urgent', outcome: 'acted' }),
  ]);
  expect((await log())[1]?.decidedAt).toEqual(new Date(hours(24) + 1));
  expect(await dues()).toEqual([]);
});

test('stores no row for rules without time conditions', async () => {
  const { deps, followAt } = aProcess(aPolicyOn(REFUND));
  await hear(deps, {});

  expect(await dues()).toEqual([]);
  expect(await followAt(hours(1_000))).toBe(0);
});

test('handles due times one after another, and late ones with one decision', async () => {
  const { deps, followAt } = aProcess(aPolicyOn(waitsFor(1, 'normal'), waitsFor(2, 'high'), waitsFor(3)));
  await hear(deps, {});

  await followAt(hours(1.5));
  expect(await dues()).toEqual([{ ticketId: 5158, dueAt: new Date(hours(2) + 1) }]);
  await followAt(hours(9));

  expect((await log()).map(({ priority }) => priority)).toEqual([null, 'normal', 'urgent']);
});

test('a reply removes the due time, and a new question sets a new one', async () => {
  const { deps, at, followAt } = aProcess(aPolicyOn(waitsFor(24)));
  await hear(deps, {});
  await hear(deps, comment(10, '51', String(AGENT)));
  expect(await dues()).toEqual([]);

  at(CREATED + 30_000);
  await hear(deps, comment(20, '52', CUSTOMER));

  const asked = Date.parse('2025-01-08T10:12:20Z');
  expect(await dues()).toEqual([{ ticketId: 5158, dueAt: new Date(asked + 24 * HOUR + 1) }]);
  expect(await followAt(asked + 24 * HOUR)).toBe(0);
  expect(await followAt(asked + 24 * HOUR + 1)).toBe(1);
});

const OLD =
  '{ id: old, title: Is old, conditions: { all: [{ field: created_hours_ago, operator: greater_than, value: 24 }] }, actions: { priority: high } }';

test('a solved ticket is not decided again unless it was reopened before the due time', async () => {
  const { deps, at, followAt } = aProcess(aPolicyOn(OLD));
  await hear(deps, {});
  await hear(deps, change(20, 'ticket.status_changed', { status: 'SOLVED' }, { current: 'SOLVED', previous: 'NEW' }));
  expect(await dues()).toEqual([]);

  at(CREATED + 60_000);
  await hear(deps, change(40, 'ticket.status_changed', { status: 'OPEN' }, { current: 'OPEN', previous: 'SOLVED' }));

  expect(await followAt(hours(24) + 1)).toBe(1);
});

test('does not decide a deleted ticket', async () => {
  const { deps, followAt } = aProcess(aPolicyOn(OLD));
  await hear(deps, {});
  await database.db.update(tickets).set({ gone: 'deleted' });

  expect(await followAt(hours(25))).toBe(0);
  expect(await dues()).toEqual([]);
});

test('does not decide an erased ticket, not even for a new policy', async () => {
  const { deps, loads, followAt } = aProcess(aPolicyOn(OLD));
  await hear(deps, {});
  await database.db.transaction((tx) => eraseTickets(tx, { ids: [5158], now: new Date(), gone: false, hooks: [] }));

  expect(await followAt(hours(25))).toBe(0);
  loads(aPolicyOn(waitsFor(2), OLD));
  expect(await followAt(hours(26))).toBe(0);
  expect(await dues()).toEqual([]);
});

test('does not decide a ticket with an override until the override is undone', async () => {
  const { deps, followAt } = aProcess(aPolicyOn(OLD));
  await hear(deps, {});
  await database.db.update(tickets).set({ placedBy: 'human' });
  expect(await followAt(hours(25))).toBe(0);

  await database.db.update(tickets).set({ placedBy: 'policy' });

  expect(await followAt(hours(26))).toBe(1);
});

test('the event of our own write keeps a due time that is still to be handled', async () => {
  const { deps, at, followAt } = aProcess(aPolicyOn(waitsFor(1)));
  await hear(deps, {});
  at(hours(2));
  await hear(deps, change(30, 'ticket.status_changed', { actor_id: '1' }, { current: 'NEW', previous: 'NEW' }));

  expect(await followAt(hours(2))).toBe(1);
});

test('several processes decide each ticket once', async () => {
  const inForce = aPolicyOn(waitsFor(24));
  const [one, other] = [aProcess(inForce), aProcess(inForce)];
  for (let id = 1; id <= 20; id++) await hear(one.deps, { ticketId: id, detail: { id: String(id) } });

  const counts = await Promise.all([one.followAt(hours(25)), other.followAt(hours(25))]);

  expect(counts[0] + counts[1]).toBe(20);
  expect((await log()).filter(({ trigger }) => trigger === 'time')).toHaveLength(20);
  expect(await effects()).toHaveLength(20 + 20);
});

test('a ticket that cannot be decided is retried and does not block others', async () => {
  const { deps, followAt } = aProcess(aPolicyOn(waitsFor(24)));
  for (const id of [1, 2]) await hear(deps, { ticketId: id, detail: { id: String(id) } });
  await database.db.$client.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF NEW.ticket_id = 1 THEN RAISE EXCEPTION 'refused'; END IF; RETURN NEW; END $$`);
  await database.db.$client.query(
    'CREATE TRIGGER refuse BEFORE INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION refuse()',
  );

  expect(await followAt(hours(25))).toBe(1);
  await database.db.$client.query('DROP FUNCTION refuse CASCADE');
  expect(await followAt(hours(25) + 60_000)).toBe(0);

  expect(await followAt(hours(25) + 300_000)).toBe(1);
});

describe('after a policy change', () => {
  test('to a shorter time, a ticket that has waited longer already is decided at once', async () => {
    const process = aProcess(aPolicyOn(waitsFor(48)));
    await hear(process.deps, {});
    await process.followAt(hours(30));

    process.loads(aPolicyOn(waitsFor(24)));

    expect(await process.followAt(hours(30))).toBe(1);
    expect((await log()).at(-1)).toMatchObject({ trigger: 'time', priority: 'urgent' });
    expect(await process.followAt(hours(31))).toBe(0);
  });

  test('that adds the first time condition, tickets get due times', async () => {
    const process = aProcess(aPolicyOn(REFUND));
    await hear(process.deps, {});
    process.loads(aPolicyOn(REFUND, waitsFor(24)));

    await process.followAt(hours(2));

    expect(await dues()).toEqual([{ ticketId: 5158, dueAt: new Date(hours(24) + 1) }]);
  });

  test('that removes all time conditions, no ticket has a due time', async () => {
    const process = aProcess(aPolicyOn(waitsFor(24)));
    await hear(process.deps, {});
    process.loads(aPolicyOn(REFUND));

    expect(await process.followAt(hours(48))).toBe(0);
    expect(await dues()).toEqual([]);
  });

  test('that lets a trigger act that was in shadow, tickets past its time are decided at once', async () => {
    const inShadow = waitsFor(24).replace('title:', 'mode: shadow, title:');
    const process = aProcess(aPolicyOn(inShadow));
    await hear(process.deps, {});
    expect(await process.followAt(hours(25))).toBe(1);
    expect((await log()).at(-1)).toMatchObject({ priority: null, shadow: { triggers: ['waits-24'] } });

    process.loads(aPolicyOn(waitsFor(24)));

    expect(await process.followAt(hours(30))).toBe(1);
    expect((await log()).at(-1)).toMatchObject({ trigger: 'time', priority: 'urgent', shadow: null });
    expect(await process.followAt(hours(31))).toBe(0);
  });

  test('that leaves the time conditions unchanged, nothing is decided', async () => {
    const process = aProcess(aPolicyOn(waitsFor(1), waitsFor(24)));
    await hear(process.deps, {});
    await process.followAt(hours(2));
    process.loads(aPolicyOn(waitsFor(1), waitsFor(24), REFUND));

    expect(await process.followAt(hours(3))).toBe(0);
    expect(await process.followAt(hours(25))).toBe(1);
  });

  test('that one process loads before another, decisions by the old policy are made again', async () => {
    const [old, next] = [aPolicyOn(waitsFor(48)), aPolicyOn(waitsFor(1))];
    const [quick, slow] = [aProcess(old), aProcess(old)];
    await quick.followAt(CREATED);
    await slow.followAt(CREATED);
    quick.loads(next);
    await quick.followAt(CREATED + 2_000);
    slow.at(CREATED + 2_500);
    await hear(slow.deps, {});
    expect(await dues()).toEqual([{ ticketId: 5158, dueAt: new Date(hours(48) + 1) }]);

    slow.loads(next);
    await slow.followAt(CREATED + 3_000);

    expect(await dues()).toEqual([{ ticketId: 5158, dueAt: new Date(hours(1) + 1) }]);
  });

  test('by an update of the service, tickets decided earlier get due times', async () => {
    const process = aProcess(aPolicyOn(waitsFor(24)));
    await hear(process.deps, {});
    await database.db.delete(dueDecisions);

    expect(await process.followAt(hours(30))).toBe(1);
  });
});
