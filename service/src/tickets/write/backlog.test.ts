import { eq, sql } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { recordActivation } from '../../platform/outbox/activation.ts';
import { blockTokens } from '../../platform/outbox/rate.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import { until } from '../../platform/testing/until.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { tickets } from '../tables.ts';
import { createOutboxFixture, type OutboxFixture, performEffects } from './testing/outbox-fixture.ts';

let database: TestDatabase;
let fixture: OutboxFixture;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  fixture = createOutboxFixture(database.db);
});
afterAll(() => database.drop());

const unavailable = () => new ZendeskError('unavailable', 'PUT ticket timed out', null);
const perform = () => performEffects(fixture.deps);
const ticketInZendesk = (id: number) => fixture.zendesk.account.tickets.get(id);
const notesOf = (id: number) => (fixture.zendesk.account.comments.get(id) ?? []).map((comment) => comment.body);

describe('a backlog', () => {
  async function aBacklog(size: number): Promise<void> {
    for (let id = 1; id <= size; id++) {
      await fixture.aTicket(id);
      await fixture.want(id, { addTags: ['category__bug'], note: `Note ${id}` });
    }
  }

  test('is written in jobs of up to 100 tickets, at one write of the budget each', async () => {
    await aBacklog(230);
    const summary = await perform();
    expect(summary).toMatchObject({ done: 230, writes: 3, againInMs: null });
    expect(new Set(fixture.zendesk.writes.map((one) => one.bulk))).toEqual(new Set([true]));
    expect(fixture.zendesk.writes[0]?.write).toEqual({
      additional_tags: ['category__bug'],
      comment: { body: 'Note 1', public: false },
      metadata: { deskwright_effects: expect.any(String) },
      updated_stamp: '2026-11-23T08:00:00Z',
      safe_update: true,
    });
    const rows = await database.db.select().from(tickets);
    expect(rows.every((row) => row.tags.includes('category__bug'))).toBe(true);
  });

  test('of which some rows fail: conflicts are read again, closed and deleted tickets dead-lettered, the rest is done', async () => {
    await aBacklog(20);
    Object.assign(ticketInZendesk(3) ?? {}, { updated_at: '2026-11-23T08:30:00Z' });
    Object.assign(ticketInZendesk(4) ?? {}, { status: 'closed' });
    fixture.zendesk.account.tickets.delete(5);
    const summary = await perform();
    expect(summary).toMatchObject({ done: 18, deadLettered: 2 });
    expect(fixture.reread).toEqual([3]);
    expect(notesOf(3)).toEqual(['Note 3']);
    const parked = await database.db.select().from(outbox).where(eq(outbox.state, 'parked'));
    expect(new Set(parked.map((row) => row.ticketId))).toEqual(new Set([4, 5]));
  });

  test('is paused in the middle: jobs that Zendesk has accepted end, no other begins, and nothing is written twice afterwards', async () => {
    await aBacklog(230);
    const say = (mode: 'observe' | 'act') => recordActivation(database.db, { mode, who: 'test' });
    const updateTickets = fixture.zendesk.updateTickets.bind(fixture.zendesk);
    const accepted: number[][] = [];
    fixture.zendesk.updateTickets = async (rows) => {
      const job = await updateTickets(rows);
      accepted.push(rows.map(({ id }) => id));
      if (accepted.length === 1) await say('observe');
      return job;
    };
    await perform();
    await fixture.letTimePass();
    await perform();

    expect(accepted).toHaveLength(1);
    const states = await database.db.select({ id: outbox.ticketId, state: outbox.state }).from(outbox);
    const inOrder = (ids: readonly number[]) => ids.toSorted((a, b) => a - b);
    const inState = (wanted: string) =>
      inOrder(states.flatMap(({ id, state }) => (state === wanted && id !== null ? [id] : [])));
    expect(inState('done')).toEqual(inOrder(accepted[0] ?? []));
    expect(inState('observed')).toHaveLength(130);
    expect(fixture.zendesk.writes).toHaveLength(100);

    await say('act');
    await perform();
    expect(new Set(await fixture.states())).toEqual(new Set(['done']));
    expect(fixture.zendesk.writes).toHaveLength(230);
    expect(notesOf(230)).toEqual(['Note 230']);
  });

  test('whose job was posted by a process that died is watched by the next', async () => {
    await aBacklog(20);
    fixture.zendesk.holdJobs = true;
    await performEffects({ ...fixture.deps, limits: { ...fixture.deps.limits, workMs: 0 } });
    expect(new Set(await fixture.states())).toEqual(new Set(['in_flight']));
    fixture.zendesk.holdJobs = false;
    await fixture.letTimePass();
    expect(await perform()).toMatchObject({ done: 20, writes: 0 });
    expect(notesOf(7)).toEqual(['Note 7']);
  });

  test('whose job Zendesk no longer knows is checked ticket by ticket', async () => {
    await aBacklog(8);
    fixture.zendesk.faults.next('showJob', unavailable());
    await performEffects({ ...fixture.deps, limits: { ...fixture.deps.limits, workMs: 0 } });
    // Half of the job was carried out before it was lost.
    for (const id of [1, 2, 3, 4]) {
      const [write] = fixture.zendesk.writes.filter((one) => one.ticketId === id);
      if (write) await fixture.zendesk.updateTicket(id, write.write);
    }
    await database.db.update(outbox).set({ zendeskJobId: 'forgotten' });
    await fixture.letTimePass();
    await perform();
    await fixture.letTimePass();
    await perform();
    expect(new Set(await fixture.states())).toEqual(new Set(['done']));
    for (const id of [1, 4, 5, 8]) expect(notesOf(id)).toEqual([`Note ${id}`]);
  });

  test('whose job cannot be read for the longest time a job may take is checked ticket by ticket', async () => {
    await aBacklog(8);
    fixture.deps.zendesk = {
      ...fixture.zendesk,
      showJob: async () => {
        throw new ZendeskError('unavailable', 'show job answered without the status we rely on', 200);
      },
    };
    await perform();
    await fixture.letTimePass();
    await perform();
    expect(new Set(await fixture.states())).toEqual(new Set(['in_flight']));

    fixture.deps.limits = { ...fixture.deps.limits, jobMs: 0 };
    await fixture.letTimePass();
    await perform();
    await fixture.letTimePass();
    await perform();
    expect(new Set(await fixture.states())).toEqual(new Set(['done']));
    for (const id of [1, 8]) expect(notesOf(id)).toEqual([`Note ${id}`]);
  });

  test('whose job got no answer is not posted again unchecked', async () => {
    await aBacklog(8);
    fixture.zendesk.faults.next('updateTickets', unavailable(), { when: 'after' });
    await perform();
    expect(new Set(await fixture.states())).toEqual(new Set(['in_flight']));
  });

  test('is written once by two processes at the same time', async () => {
    await aBacklog(60);
    for (let id = 1; id <= 60; id++) await fixture.want(id, { addTags: ['csat__5'] }, { cause: 'answer' });
    await Promise.all([perform(), perform(), perform()]);
    await fixture.letTimePass();
    await perform();
    expect(new Set(await fixture.states())).toEqual(new Set(['done']));
    for (let id = 1; id <= 60; id++) {
      expect(notesOf(id)).toEqual([`Note ${id}`]);
      expect(ticketInZendesk(id)?.tags).toEqual(['tents', 'category__bug', 'csat__5']);
    }
  });

  test("does not delay an agent's change: it is written at once, alone, and on credit when the budget is used up", async () => {
    fixture.deps.writesPerMinute = () => 6;
    await aBacklog(120);
    await perform();
    await fixture.letTimePass();
    await fixture.want(119, { groupId: 9, note: 'Escalated.' }, { cause: 'agent' });
    expect(await perform()).toMatchObject({ writes: 1 });
    expect(fixture.zendesk.writes.filter(({ bulk }) => !bulk)).toMatchObject([
      { ticketId: 119, write: { group_id: 9, comment: { body: 'Note 119\n\nEscalated.' } } },
    ]);
    // Only the first hundred had gone out; the debt is paid before the rest.
    expect((await fixture.states()).filter((state) => state === 'done')).toHaveLength(102);
    expect((await perform()).againInMs).toBeGreaterThan(10_000);
  });

  test('does not delay the changes of many agents either', async () => {
    fixture.deps.writesPerMinute = () => 6;
    await aBacklog(40);
    for (let id = 21; id <= 40; id++) await fixture.want(id, { note: 'Escalated.' }, { cause: 'agent' });
    await perform();
    for (let id = 21; id <= 40; id++) expect(notesOf(id)).toEqual([`Note ${id}\n\nEscalated.`]);
  });

  test("of which Zendesk's maximum of jobs is running does not delay it either", async () => {
    await aBacklog(30);
    fixture.zendesk.holdJobs = true;
    fixture.deps.limits = { ...fixture.deps.limits, handful: 1, rowsPerJob: 4 };
    const performing = perform();
    await until(() => fixture.zendesk.writes.filter(({ bulk }) => bulk).length === 20);
    await fixture.want(29, { note: 'Escalated.' }, { cause: 'agent' });
    await until(() => notesOf(29).includes('Note 29\n\nEscalated.'));
    expect(notesOf(1)).toEqual([]);
    fixture.zendesk.holdJobs = false;
    await performing;
    await fixture.letTimePass();
    await perform();
    expect(new Set(await fixture.states())).toEqual(new Set(['done']));
    expect(notesOf(29)).toHaveLength(1);
  });

  test('is not read at all while Zendesk says to wait, agents’ changes included', async () => {
    await aBacklog(30);
    await fixture.want(1, { note: 'Escalated' }, { cause: 'agent' });
    await blockTokens(database.db, 'zendesk', 60_000);
    const rowVersions = () => database.db.execute(sql`SELECT id, xmin::text FROM outbox ORDER BY id`);
    const { rows: before } = await rowVersions();
    const summary = await perform();
    expect(summary).toMatchObject({ done: 0, postponed: 0, writes: 0 });
    expect(summary.againInMs).toBeGreaterThan(50_000);
    expect((await rowVersions()).rows).toEqual(before);
  });

  test('waits for the write budget, and is written as one job rather than singly when little is left', async () => {
    fixture.deps.writesPerMinute = () => 6;
    for (let id = 1; id <= 3; id++) {
      await fixture.aTicket(id);
      await fixture.want(id, { addTags: ['a'] });
    }
    expect(await perform()).toMatchObject({ done: 3, writes: 1, againInMs: null });

    await fixture.want(1, { addTags: ['b'] });
    const summary = await perform();
    expect(summary).toMatchObject({ done: 0, writes: 0 });
    expect(summary.againInMs).toBeGreaterThan(5_000);
    expect(summary.againInMs).toBeLessThanOrEqual(20_000);
  });
});

test('several tickets are written as one job when the budget is nearly used up, and singly otherwise', async () => {
  for (let id = 1; id <= 6; id++) await fixture.aTicket(id);
  const deps = { ...fixture.deps, writesPerMinute: () => 60 };
  for (const id of [1, 2]) await fixture.want(id, { addTags: ['a'] });
  await performEffects(deps);
  expect(fixture.zendesk.writes.map(({ bulk }) => bulk)).toEqual([false, false]);

  // Of ten that may gather, six are left.
  await database.db.execute(sql`UPDATE write_budget SET tokens = 6, refilled_at = clock_timestamp()`);
  for (const id of [3, 4]) await fixture.want(id, { addTags: ['a'] });
  await performEffects(deps);
  expect(fixture.zendesk.writes.slice(2).map(({ bulk }) => bulk)).toEqual([true, true]);

  // A job for one ticket would save nothing.
  await fixture.want(5, { addTags: ['a'] });
  await performEffects(deps);
  expect(fixture.zendesk.writes.slice(4).map(({ bulk }) => bulk)).toEqual([false]);
});
