import { loadPolicy } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { aDecision, aTicketRow } from '../../testing/builders.ts';
import { GROUPS, silentLogger } from '../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { compilePolicy } from '../decide/compile-policy.ts';
import { people } from '../directory/tables.ts';
import { noteBackfilled, noteBegin } from '../history/measures/known-since.ts';
import { measures, policyVersions } from '../history/tables.ts';
import { recordActivation } from '../platform/outbox/activation.ts';
import { outbox } from '../platform/outbox/tables.ts';
import { openDatabase } from '../platform/storage/database.ts';
import type { SlackMessage } from '../slack/slack-message.ts';
import { readSurveyPause } from '../surveys/pause.ts';
import { invitations } from '../surveys/tables.ts';
import { saveExportPosition } from '../tickets/sync/export-position.ts';
import { comments, decisions, inbox, tickets } from '../tickets/tables.ts';
import { listAlarms } from './alarms/active-alarms.ts';
import { alarms, reminders } from './tables.ts';
import { checkRound, noteRound, remind, type WatchDeps, watchAlarms } from './watch.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
});
afterAll(() => database.drop());

/** A Monday, 10:00 in New York. */
const MONDAY = Date.parse('2026-11-23T15:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let now = MONDAY;
beforeEach(() => {
  now = MONDAY;
});

function aPolicy(keys: string) {
  const text = `
version: 1
company: Northwind Outdoor
time_zone: America/New_York
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1 }]
categories: [{ id: refunds, name: Refund, tier: t1 }, { id: other, name: Other, tier: t1 }]
default_category: other
departments: [{ id: d, name: Warehouse, group: Support Tier 2, hours: { weekdays: { mon: "09:00-17:00" } } }]
promises: [get back to you]
${keys}`;
  const loaded = loadPolicy(text, 'policy.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return { policy: loaded.policy, compiled: compilePolicy(loaded.policy) };
}

const REMINDERS = `
targets: [{ priority: urgent, first_reply: 1h }, { first_reply: 10h, next_reply: 4bh }]
reminders: { at: [80%, 100%, 200%], slack: support }`;

function deps(policy = aPolicy(REMINDERS)): WatchDeps {
  return {
    config: { publicUrl: 'https://desk.test', zendesk: { baseUrl: 'https://northwind.zendesk.test' } },
    db: database.db,
    directory: { current: () => ({ groupId: (name) => GROUPS[name] ?? null }) },
    policy: { current: () => policy },
    hasAddress: (channel) => channel !== 'nowhere',
    onEffect: () => undefined,
    clock: () => now,
    startedAt: 0,
    logger: silentLogger,
  };
}

const aWait = (id: number, hoursAgo: number, part: Parameters<typeof aTicketRow>[0] = {}) =>
  database.db
    .insert(tickets)
    .values(aTicketRow({ id, waitingSince: new Date(MONDAY - hoursAgo * HOUR), tier: 't1', groupId: 11, ...part }));

async function sent(): Promise<string[]> {
  const rows = await database.db.select().from(outbox).orderBy(outbox.id);
  return rows.map(({ payload }) =>
    (payload as SlackMessage).summary
      .map((part) => (typeof part === 'string' ? part : 'bold' in part ? part.bold : part.text))
      .join(''),
  );
}
const notified = async () =>
  (await database.db.select().from(reminders).orderBy(reminders.id)).map(({ ticketId, step }) => [ticketId, step]);

describe('a reminder of a wait', () => {
  test('comes once a step, to Slack with the assignee and without the customer’s words', async () => {
    await database.db.insert(people).values({ id: 2, name: 'Priya Nair', role: 'agent', fetchedAt: new Date(MONDAY) });
    await aWait(7, 8, { subject: 'my secret tent', assigneeId: 2 });
    const watching = deps();
    for (const hours of [0, 0, 1, 2, 2, 5, 12, 20]) {
      now = MONDAY + hours * HOUR;
      await remind(watching);
    }
    expect(await notified()).toEqual([
      [7, 80],
      [7, 100],
      [7, 200],
    ]);
    expect(await sent()).toEqual([
      '#7 has used 80 % of its first reply target of 10 hours (Tier 1, Priya Nair)',
      '#7 has reached its first reply target of 10 hours (Tier 1, Priya Nair)',
      '#7 is at 200 % of its first reply target of 10 hours (Tier 1, Priya Nair)',
    ]);
    const [first] = await database.db.select().from(outbox);
    expect(first).toMatchObject({ payload: { channel: 'support' }, ticketId: 7 });
    expect(JSON.stringify(first?.payload)).toContain('https://northwind.zendesk.test/agent/tickets/7');
    expect(JSON.stringify(first?.payload)).not.toContain('secret');
  });

  test('is never notified twice by several processes, whatever the order of their clocks', async () => {
    for (const id of [1, 2, 3]) await aWait(id, 9);
    const [one, other] = [deps(), deps()];
    await Promise.all([remind(one), remind(other), remind(one), remind(other)]);
    now = MONDAY + 12 * HOUR;
    await remind(one);
    // A process whose clock is slow.
    now = MONDAY + 2 * HOUR;
    await Promise.all([remind(other), remind(one)]);
    expect((await notified()).toSorted(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d)).toEqual(
      [1, 2, 3].flatMap((id) => [
        [id, 80],
        [id, 200],
      ]),
    );
  });

  test('is of the newest step only after a late start, and as one message for many', async () => {
    for (let id = 1; id <= 30; id++) await aWait(id, 40 + id);
    await remind(deps());
    expect(new Set((await notified()).map(([, step]) => step))).toEqual(new Set([200]));
    expect(await sent()).toEqual(['30 tickets need an answer: 30 beyond 200 % of the target']);
  });

  test('ends with an answer, and begins anew with the next wait', async () => {
    await aWait(7, 9);
    await remind(deps());
    await database.db.update(tickets).set({ waitingSince: null });
    now = MONDAY + 30 * HOUR;
    await remind(deps());
    expect(await notified()).toEqual([[7, 80]]);
    await database.db.insert(comments).values({
      id: 70,
      ticketId: 7,
      author: 'agent',
      public: true,
      body: 'x',
      createdAt: new Date(MONDAY),
    });
    // Of the next reply, in business hours: a Tuesday, 10:00 in New York.
    await database.db.update(tickets).set({ waitingSince: new Date(MONDAY + DAY) });
    now = MONDAY + DAY + 4 * HOUR;
    await remind(deps());
    expect(await notified()).toEqual([
      [7, 80],
      [7, 100],
    ]);
    expect((await sent()).at(-1)).toBe('#7 has reached its reply target of 4 business hours (Tier 1, unassigned)');
  });

  test('is not given of a department’s tickets, of those that are gone, or where no target counts', async () => {
    await aWait(1, 50, { groupId: 12 });
    await aWait(2, 50, { gone: 'merged' });
    await remind(deps());
    await aWait(3, 50);
    await remind(deps(aPolicy('reminders: { at: [100%] }')));
    await remind(deps(aPolicy('targets: [{ first_reply: 1h }]')));
    expect(await notified()).toEqual([]);
  });

  test('is recorded and not sent while Deskwright only watches, and of its own tickets where it acts on a group', async () => {
    const activate = (mode: 'observe' | 'act', groupId: number | null) =>
      recordActivation(database.db, {
        mode,
        scope: groupId === null ? 'all' : 'group',
        groupId,
        groupName: groupId === null ? null : 'x',
        who: 'test',
        why: null,
      });
    await activate('observe', null);
    await aWait(1, 9);
    await remind(deps());
    expect([await notified(), (await database.db.select().from(outbox))[0]?.state ?? 'none']).toEqual([
      [[1, 80]],
      'none',
    ]);
    await activate('act', 13);
    await aWait(2, 9);
    await aWait(3, 9, { groupId: 13 });
    await remind(deps());
    expect(await sent()).toEqual(['#3 has used 80 % of its first reply target of 10 hours (Tier 1, unassigned)']);
  });

  test('property: exactly one per step and wait, whatever the order of ticks and restarts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 12 }), async (hours) => {
        await database.clear();
        await aWait(7, 0);
        let newest = 0;
        const expected: number[] = [];
        for (const hour of hours) {
          now = MONDAY + hour * HOUR;
          await remind(deps());
          const step = [80, 100, 200].findLast((percent) => hour >= percent / 10) ?? 0;
          if (step > newest) expected.push(step);
          newest = Math.max(newest, step);
        }
        expect(await notified()).toEqual(expected.map((step) => [7, step]));
      }),
      { numRuns: 15 },
    );
  });
});

describe('a reminder of a promise', () => {
  const policy = aPolicy('reminders: { slack: support }');
  const said = (ticketId: number, hoursAgo: number, body: string) =>
    database.db.insert(comments).values({
      id: ticketId * 10 + hoursAgo,
      ticketId,
      author: 'agent',
      public: true,
      body,
      createdAt: new Date(MONDAY - hoursAgo * HOUR),
    });
  const aTicket = (id: number, status = 'pending') =>
    database.db
      .insert(tickets)
      .values(aTicketRow({ id, status, waitingSince: null, tier: 't1', updatedAt: new Date(MONDAY - HOUR) }));

  test('comes the day after, once, while the business is open, and not when it was kept', async () => {
    for (const id of [1, 2, 4]) await aTicket(id);
    await aTicket(3, 'solved');
    for (const id of [1, 2, 3]) await said(id, 20, 'We will get back to you.');
    await said(2, 2, 'Here is the answer.');
    await said(4, 20, 'Thank you.');
    await remind(deps(policy));
    expect(await notified()).toEqual([]);
    now = MONDAY + 13 * HOUR; // 23:00
    await remind(deps(policy));
    expect(await notified()).toEqual([]);
    for (const hours of [24, 25, 48]) {
      now = MONDAY + hours * HOUR;
      await remind(deps(policy));
    }
    expect(await notified()).toEqual([[1, 0]]);
    expect(await sent()).toEqual(['#1 has a promise of the day before that is still open (Tier 1, unassigned)']);
  });
});

describe('an alarm', () => {
  const kinds = async () => (await listAlarms(database.db)).map(({ kind }) => kind);
  const arrivals = (
    from: number,
    count: number,
    at: Date,
    category: string | null = 'refunds',
    requester = (n: number) => n,
  ) =>
    Promise.all([
      database.db
        .insert(measures)
        .values(Array.from({ length: count }, (_, n) => ({ ticketId: from + n, figure: 'arrival', at, category }))),
      database.db
        .insert(tickets)
        .values(
          Array.from({ length: count }, (_, n) =>
            aTicketRow({ id: from + n, createdAt: at, requesterId: requester(from + n), waitingSince: null, category }),
          ),
        ),
    ]);
  const installed = (weeksAgo: number) =>
    database.db.insert(policyVersions).values({ hash: 'x', since: new Date(MONDAY - weeksAgo * 7 * DAY) });
  const pastWeeks = async (count: number, hoursAgo = 0.5) => {
    for (let week = 1; week <= 8; week++)
      await arrivals(week * 1_000, count, new Date(MONDAY - week * 7 * DAY - hoursAgo * HOUR));
  };

  test('of the oldest wait begins and ends once, and does not flap at the limit', async () => {
    const policy = aPolicy('alarms: { oldest_wait_above: 10h, slack: leads }');
    await aWait(1, 11);
    await aWait(2, 9.5);
    await watchAlarms(deps(policy));
    await watchAlarms(deps(policy));
    expect(await listAlarms(database.db)).toMatchObject([
      { kind: 'oldest_wait', about: null, n: 1, since: new Date(MONDAY), ticketId: 1 },
    ]);
    expect(await sent()).toEqual([
      'A customer has waited too long. 1 customer waits longer than 10 hours. Oldest: #1 since 22 Nov 2026, 23:00',
    ]);
    // The next oldest is just below the limit, then above it: the same alarm.
    await database.db.update(tickets).set({ waitingSince: null }).where(sql`id = 1`);
    await watchAlarms(deps(policy));
    now = MONDAY + HOUR;
    await watchAlarms(deps(policy));
    expect([await kinds(), (await sent()).length]).toEqual([['oldest_wait'], 1]);
    await database.db.update(tickets).set({ waitingSince: null });
    await watchAlarms(deps(policy));
    expect(await kinds()).toEqual([]);
    // Soon again: not told again. Long after: a new alarm.
    await database.db
      .update(tickets)
      .set({ waitingSince: new Date(MONDAY - 20 * HOUR) })
      .where(sql`id = 1`);
    await watchAlarms(deps(policy));
    expect([await kinds(), (await sent()).length]).toEqual([['oldest_wait'], 1]);
    await database.db.update(tickets).set({ waitingSince: null });
    await watchAlarms(deps(policy));
    now = MONDAY + 10 * HOUR;
    await database.db
      .update(tickets)
      .set({ waitingSince: new Date(MONDAY - 20 * HOUR) })
      .where(sql`id = 1`);
    await watchAlarms(deps(policy));
    expect((await sent()).length).toBe(2);
    expect(await database.db.$count(alarms)).toBe(2);
  });

  test('of the oldest wait counts business hours where the limit does', async () => {
    await aWait(1, 60); // since Friday night
    const policy = aPolicy('alarms: { oldest_wait_above: 2bh }');
    await watchAlarms(deps(policy));
    expect(await kinds()).toEqual([]);
    now = MONDAY + 1.5 * HOUR;
    await watchAlarms(deps(policy));
    expect(await kinds()).toEqual(['oldest_wait']);
  });

  test('is notified once by several processes, and recorded without Slack where the policy names no channel', async () => {
    await aWait(1, 11);
    const loud = deps(aPolicy('alarms: { oldest_wait_above: 10h, slack: leads }'));
    await Promise.all([watchAlarms(loud), watchAlarms(loud), watchAlarms(loud)]);
    expect([await kinds(), (await sent()).length]).toEqual([['oldest_wait'], 1]);
    await database.clear();
    await aWait(1, 11);
    await watchAlarms(deps(aPolicy('alarms: { oldest_wait_above: 10h }')));
    expect([await kinds(), await sent()]).toEqual([['oldest_wait'], []]);
    expect(await database.db.select().from(alarms)).toMatchObject([{ notifiedAt: null }]);
  });

  test('and a reminder are recorded without Slack where the channel has no address', async () => {
    await aWait(1, 11);
    const lines = REMINDERS.replace('slack: support', 'slack: nowhere');
    const silent = deps(aPolicy(`${lines}\nalarms: { oldest_wait_above: 10h, slack: nowhere }`));
    await watchAlarms(silent);
    await remind(silent);
    expect([await kinds(), await notified(), await sent()]).toEqual([['oldest_wait'], [[1, 100]], []]);
  });

  test('of a rising category compares with the same hours of past weeks, once there are enough', async () => {
    const policy = aPolicy('alarms: { slack: leads, new_requesters: false }');
    await pastWeeks(4);
    await arrivals(1, 30, new Date(MONDAY - HOUR));
    await installed(2);
    await watchAlarms(deps(policy));
    expect(await kinds()).toEqual([]);
    await installed(20);
    await watchAlarms(deps(policy));
    expect(await listAlarms(database.db)).toMatchObject([{ kind: 'category_rise', about: 'refunds', n: 30 }]);
    expect(await sent()).toEqual([
      'More tickets than usual: Refund. 30 in the last 24 hours, 4 are usual. Newest: #30',
    ]);
  });

  test('of a rising category does not compare with weeks of tickets that nobody categorised', async () => {
    await installed(0);
    await noteBegin(database.db, new Date(MONDAY));
    await noteBackfilled(database.db, new Date(MONDAY - 20 * 7 * DAY), null);
    for (let week = 1; week <= 8; week++)
      await arrivals(week * 1_000, 30, new Date(MONDAY - week * 7 * DAY - HOUR), week === 8 ? 'refunds' : null);
    await arrivals(1, 30, new Date(MONDAY - HOUR));
    await watchAlarms(deps(aPolicy('alarms: { slack: leads, new_requesters: false }')));
    expect(await kinds()).toEqual([]);
  });

  test('of a rise does not compare with weeks before the account had its first ticket', async () => {
    await installed(0);
    await noteBegin(database.db, new Date(MONDAY));
    await noteBackfilled(database.db, new Date(MONDAY - 20 * 7 * DAY), null);
    for (let week = 0; week <= 2; week++)
      await arrivals(1 + week * 1_000, 60, new Date(MONDAY - week * 7 * DAY - HOUR / 2), 'refunds', (n) => 100_000 + n);
    await watchAlarms(deps(aPolicy('alarms: { slack: leads }')));
    expect(await kinds()).toEqual([]);
  });

  test('of the default category compares with its limit', async () => {
    const policy = aPolicy('alarms: { category_rise: false, other_above: 20%, slack: leads }');
    await arrivals(1, 15, new Date(MONDAY - HOUR));
    await arrivals(100, 10, new Date(MONDAY - HOUR), 'other');
    await watchAlarms(deps(policy));
    expect(await sent()).toEqual([
      'Many tickets in "Other". 40 % of the 25 tickets of the last 24 hours, the limit is 20 %. Newest: #109',
    ]);
  });

  test('of a burst of new customers pauses surveys, which go on afterwards and none is lost', async () => {
    const policy = aPolicy('alarms: { category_rise: false, slack: leads }');
    await installed(20);
    await pastWeeks(3);
    await arrivals(1, 60, new Date(MONDAY - HOUR / 2), 'refunds', (n) => 100_000 + n);
    const due = { survey: 'csat', category: 'refunds', requesterId: 1, solvedAt: new Date(MONDAY) } as const;
    await database.db.insert(invitations).values([
      { ...due, ticketId: 1, state: 'scheduled', dueAt: new Date(MONDAY + HOUR) },
      { ...due, ticketId: 2, state: 'scheduled', dueAt: new Date(MONDAY - 10 * DAY) },
      { ...due, ticketId: 3, state: 'scheduled', dueAt: new Date(MONDAY + 20 * DAY) },
    ]);
    await watchAlarms(deps(policy));
    expect([await kinds(), await readSurveyPause(database.db)]).toEqual([['new_requesters'], new Date(MONDAY)]);
    expect((await sent())[0]).toContain('60 wrote for the first time in the last hour, 3 are usual');
    now = MONDAY + 6 * DAY;
    await watchAlarms(deps(policy));
    expect([await kinds(), await readSurveyPause(database.db)]).toEqual([[], null]);
    const rows = await database.db.select().from(invitations).orderBy(invitations.ticketId);
    expect(rows.map(({ dueAt }) => dueAt.getTime())).toEqual([now, MONDAY - 10 * DAY, MONDAY + 20 * DAY]);
  });

  test('of many known customers is no burst', async () => {
    await installed(20);
    await pastWeeks(3);
    await arrivals(1, 60, new Date(MONDAY - HOUR / 2), 'refunds', () => 8_000);
    await watchAlarms(deps(aPolicy('alarms: { category_rise: false }')));
    expect(await kinds()).toEqual([]);
  });

  test('of silent webhooks counts only time in which the business is open', async () => {
    const policy = aPolicy('alarms: { webhooks_silent_for: 90m, slack: leads }');
    const arrived = (hoursAgo: number) =>
      database.db
        .insert(inbox)
        .values({ batch: 1, type: 'x', body: {}, receivedAt: new Date(MONDAY - hoursAgo * HOUR) });
    await arrived(60);
    await watchAlarms(deps(policy)); // 10:00: open for an hour
    expect(await kinds()).toEqual([]);
    now = MONDAY + HOUR;
    await watchAlarms(deps(policy));
    expect(await kinds()).toEqual(['webhooks_silent']);
    await arrived(-1);
    await watchAlarms(deps(policy));
    expect(await kinds()).toEqual([]);
  });

  test('of silent webhooks lasts overnight, and does not blame Zendesk for a service that was down', async () => {
    const watching = deps(aPolicy('alarms: { webhooks_silent_for: 90m, slack: leads }'));
    await database.db.insert(inbox).values({ batch: 1, type: 'x', body: {}, receivedAt: new Date(MONDAY - 60 * HOUR) });
    now = MONDAY + HOUR;
    await watchAlarms({ ...watching, startedAt: MONDAY });
    expect(await kinds()).toEqual([]);
    now = MONDAY + 2 * HOUR;
    await watchAlarms({ ...watching, startedAt: MONDAY });
    expect(await kinds()).toEqual(['webhooks_silent']);
    for (const hours of [9, 15, 22, 24, 26]) {
      now = MONDAY + hours * HOUR;
      await watchAlarms({ ...watching, startedAt: MONDAY });
    }
    expect([await kinds(), (await sent()).length]).toEqual([['webhooks_silent'], 1]);
  });

  test('of silent webhooks goes by what the export found meanwhile', async () => {
    const policy = aPolicy('alarms: { webhooks_silent_for: 90m, slack: leads }');
    await database.db.insert(inbox).values({ batch: 1, type: 'x', body: {}, receivedAt: new Date(MONDAY - 60 * HOUR) });
    const exportRead = (at: number) => saveExportPosition(database.db, { cursor: 'c', imported: true, readAt: at });
    now = MONDAY + 3 * HOUR;
    await exportRead(now);
    await watchAlarms(deps(policy));
    // Nothing happened in Zendesk either.
    expect(await kinds()).toEqual([]);
    // At night too.
    now = MONDAY + 12 * HOUR;
    await exportRead(now);
    const decided = {
      trigger: 'repair',
      policyHash: 'x',
      outcome: 'acted',
      category: 'refunds',
      tier: 't1',
      decision: aDecision(),
      sentence: '',
    };
    for (const minutes of [5, 4])
      await database.db
        .insert(decisions)
        .values({ ...decided, ticketId: 7, decidedAt: new Date(now - minutes * 60_000) } as never);
    await watchAlarms(deps(policy));
    expect(await sent()).toEqual([
      'No events from Zendesk since 20 Nov 2026, 22:00; 2 changes were found only in the export, one to two minutes late. `npx deskwright webhook` repairs the webhook; what is wrong',
    ]);
    await database.db.insert(inbox).values({ batch: 1, type: 'x', body: {}, receivedAt: new Date(now) });
    await watchAlarms(deps(policy));
    expect(await kinds()).toEqual([]);
  });

  test('of which one cannot be judged keeps no other from being notified, and stays as it is', async () => {
    const policy = aPolicy('alarms: { other_above: 20%, oldest_wait_above: 10h, slack: leads, new_requesters: false }');
    await arrivals(1, 25, new Date(MONDAY - HOUR), 'other');
    await watchAlarms(deps(policy));
    expect(await kinds()).toEqual(['other_share']);
    await aWait(1_000, 11);
    const other = openDatabase(database.url, { max: 1 });
    try {
      await other.transaction(async (tx) => {
        await tx.execute(sql`LOCK TABLE measures IN ACCESS EXCLUSIVE MODE`);
        await expect(watchAlarms({ ...deps(policy), statementMs: 300 })).rejects.toMatchObject({
          cause: { code: '57014' },
        });
      });
    } finally {
      await other.$client.end();
    }
    expect(await kinds()).toEqual(['other_share', 'oldest_wait']);
    expect((await sent()).length).toBe(2);
    await watchAlarms(deps(policy));
    expect([await kinds(), (await sent()).length]).toEqual([['other_share', 'oldest_wait'], 2]);
  });

  test('that cannot be judged is a warning of /readyz until it can', async () => {
    const [at, later] = [new Date(MONDAY), new Date(MONDAY + HOUR)];
    await noteRound(database.db, {}, at);
    expect(await checkRound(database.db)).toEqual({ ok: true });
    for (const time of [at, later]) await noteRound(database.db, { alarms: new Error('too slow') }, time);
    expect(await checkRound(database.db)).toEqual({
      ok: true,
      warning: `alarms could not all be judged since ${at.toISOString()}, the next round tries again: Error: too slow`,
    });
    await noteRound(database.db, {}, later);
    expect(await checkRound(database.db)).toEqual({ ok: true });
  });

  test('that began while Deskwright only watched is notified once it acts, if it is still on', async () => {
    const policy = aPolicy('alarms: { oldest_wait_above: 10h, slack: leads }');
    const act = (mode: 'observe' | 'act') => recordActivation(database.db, { mode, who: 'test' });
    await act('observe');
    await aWait(1, 11);
    await watchAlarms(deps(policy));
    expect([await kinds(), await sent()]).toEqual([['oldest_wait'], []]);
    expect(await database.db.select().from(alarms)).toMatchObject([{ notifiedAt: null }]);
    await act('act');
    await Promise.all([watchAlarms(deps(policy)), watchAlarms(deps(policy))]);
    now += HOUR;
    await watchAlarms(deps(policy));
    expect((await sent()).length).toBe(1);
    // Paused and activated again: what was told is not told again.
    await act('observe');
    await watchAlarms(deps(policy));
    await act('act');
    await watchAlarms(deps(policy));
    expect((await sent()).length).toBe(1);
  });

  test('ends when the policy no longer asks for it', async () => {
    await aWait(1, 11);
    await watchAlarms(deps(aPolicy('alarms: { oldest_wait_above: 10h }')));
    await watchAlarms(deps(aPolicy('')));
    expect(await kinds()).toEqual([]);
  });
});
