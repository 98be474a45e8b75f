import { eq } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { outbox, tickets } from '../storage/schema.ts';
import { ZendeskError } from '../zendesk/zendesk.ts';
import { performEffects } from './perform-effects.ts';
import { recordEffect } from './record-effect.ts';
import { supersedeWaitingDecision } from './supersede-waiting-decision.ts';
import { createOutboxWorld, type OutboxWorld } from './testing/outbox-world.ts';

let database: TestDatabase;
let world: OutboxWorld;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  world = createOutboxWorld(database.db);
});
afterAll(() => database.drop());

const unavailable = () => new ZendeskError('unavailable', 'PUT ticket timed out', null);
const perform = () => performEffects(world.deps);
const ticketInZendesk = (id: number) => world.zendesk.account.tickets.get(id);
const notesOf = (id: number) => (world.zendesk.account.comments.get(id) ?? []).map((comment) => comment.body);

describe('one ticket', () => {
  test('all its wishes go out as one PUT with tags, group, priority and an internal note', async () => {
    await world.aTicket(42, { tags: ['tents', 'tier__t1'] });
    await world.wish(42, {
      addTags: ['category__bug', 'tier__t2'],
      removeTags: ['tier__t1'],
      groupId: 9,
      note: 'Bug.',
    });
    await world.wish(42, { addTags: ['csat__5'], priority: 'high', note: 'Rated 5.' }, { cause: 'answer' });

    const summary = await perform();

    expect(world.zendesk.writes).toEqual([
      {
        ticketId: 42,
        bulk: false,
        write: {
          tags: ['tents', 'category__bug', 'tier__t2', 'csat__5'],
          group_id: 9,
          priority: 'high',
          comment: { body: 'Bug.\n\nRated 5.', public: false },
          metadata: { deskwright_effects: expect.stringMatching(/^1-\w+ 2-\w+$/) },
          updated_stamp: '2026-11-23T08:00:00Z',
          safe_update: true,
        },
      },
    ]);
    expect(summary).toMatchObject({ done: 2, writes: 1, againInMs: null });
  });

  test('the projection knows of the write before its event comes', async () => {
    await world.aTicket(42);
    await world.wish(42, { addTags: ['category__bug'], groupId: 9 });
    await perform();
    const [row] = await database.db.select().from(tickets).where(eq(tickets.id, 42));
    expect(row).toMatchObject({ tags: ['tents', 'category__bug'], groupId: 9 });
    expect(row?.updatedAt.toISOString()).toBe(new Date(ticketInZendesk(42)?.updated_at ?? 0).toISOString());
  });

  test('what the answer shows beside our own change is left to the events, so that nobody overlooks a person', async () => {
    await world.aTicket(42);
    await world.wish(42, { addTags: ['category__bug'] });
    // In the second of our stamp somebody else solves the ticket: the stamp cannot tell.
    world.zendesk.faults.before('updateTicket', () => {
      Object.assign(ticketInZendesk(42) ?? {}, { status: 'solved' });
    });
    await perform();
    expect(await world.states()).toEqual(['done']);
    const [row] = await database.db.select().from(tickets).where(eq(tickets.id, 42));
    expect(row).toMatchObject({ status: 'open', tags: ['tents'], updatedAt: new Date('2026-11-23T08:00:00Z') });
  });

  test('a wish which the ticket fulfils already costs no call', async () => {
    await world.aTicket(42, { tags: ['category__bug'] });
    await world.wish(42, { addTags: ['category__bug'] });
    expect(await perform()).toMatchObject({ done: 1, writes: 0 });
    expect(world.zendesk.writes).toEqual([]);
  });

  test('the same key twice is one wish', async () => {
    const wish = { kind: 'ticket_change', key: 'answer:1', ticketId: 42, cause: 'answer' } as const;
    expect(await recordEffect(database.db, { ...wish, change: { note: 'First.' } })).toBe(true);
    expect(await recordEffect(database.db, { ...wish, change: { note: 'Again.' } })).toBe(false);
    expect(await world.rows()).toMatchObject([{ payload: { cause: 'answer', change: { note: 'First.' } } }]);
  });

  test('a newer decision cancels the one that waits and takes over what it carried; answers stay', async () => {
    await world.aTicket(42);
    await world.wish(42, { addTags: ['category__bug'], note: 'Bug.' });
    await world.wish(42, { addTags: ['csat__5'] }, { cause: 'answer' });
    expect(await supersedeWaitingDecision(database.db, 42)).toEqual([{ addTags: ['category__bug'], note: 'Bug.' }]);
    await perform();
    expect(ticketInZendesk(42)?.tags).toEqual(['tents', 'csat__5']);
    expect(await world.states()).toEqual(['cancelled', 'done']);
  });
});

describe('crash windows', () => {
  test('a write whose answer was lost is found in the audits and not sent again', async () => {
    await world.aTicket(42);
    await world.wish(42, { addTags: ['category__bug'], note: 'Bug.' });
    world.zendesk.faults.next('updateTicket', unavailable(), { when: 'after' });

    expect(await perform()).toMatchObject({ done: 0, postponed: 1 });
    expect(await world.states()).toEqual(['in_flight']);
    await world.letTimePass();
    expect(await perform()).toMatchObject({ done: 1, writes: 0 });
    expect(notesOf(42)).toEqual(['Bug.']);
  });

  test('a process that dies between PUT and mark leaves a row that the next one settles', async () => {
    await world.aTicket(42);
    await world.wish(42, { note: 'Bug.' });
    // The database is away at the moment of marking: nothing of the outcome is written.
    const dying = { ...world.deps, db: dyingAfterWrite() };
    await expect(performEffects(dying)).rejects.toThrow('gone');
    expect(notesOf(42)).toEqual(['Bug.']);

    await world.letTimePass();
    expect(await perform()).toMatchObject({ done: 1, writes: 0 });
    expect(notesOf(42)).toEqual(['Bug.']);
  });

  test('a write that never arrived is sent after the look into the audits', async () => {
    await world.aTicket(42);
    await world.wish(42, { note: 'Bug.' });
    world.zendesk.faults.next('updateTicket', unavailable());
    await perform();
    await world.letTimePass();
    expect(await perform()).toMatchObject({ done: 1, writes: 1 });
    expect(notesOf(42)).toEqual(['Bug.']);
  });

  test('while the audits cannot be read nothing is written', async () => {
    await world.aTicket(42);
    await world.wish(42, { note: 'Bug.' });
    world.zendesk.faults.next('updateTicket', unavailable());
    world.zendesk.faults.next('listAuditMetadata', unavailable());
    await perform();
    await world.letTimePass();
    expect(await perform()).toMatchObject({ writes: 0, postponed: 1 });
    expect(await world.states()).toEqual(['in_flight']);
  });

  test('a decision that was superseded on its way and never arrived no longer places the ticket', async () => {
    await world.aTicket(42);
    await world.wish(42, { addTags: ['category__bug', 'money'], groupId: 9, priority: 'high' });
    world.zendesk.faults.next('updateTicket', unavailable());
    await perform();
    expect(await supersedeWaitingDecision(database.db, 42)).toEqual([]);
    await world.wish(42, { addTags: ['category__refund'], groupId: 8 });
    await world.letTimePass();
    await perform();
    expect(ticketInZendesk(42)).toMatchObject({
      tags: ['tents', 'money', 'category__refund'],
      group_id: 8,
      priority: 'high',
    });
  });

  test('a decision that never arrived is dropped when a person has placed the ticket since', async () => {
    await world.aTicket(42);
    await world.wish(42, { addTags: ['category__bug'] });
    world.zendesk.faults.next('updateTicket', unavailable());
    await perform();
    await supersedeWaitingDecision(database.db, 42);
    await database.db.update(tickets).set({ placedBy: 'human' });
    await world.letTimePass();
    expect(await perform()).toMatchObject({ cancelled: 1, writes: 0 });
  });

  test('a late write of ours that collides with its own repetition is recognised', async () => {
    await world.aTicket(42);
    await world.wish(42, { note: 'Bug.' });
    world.zendesk.faults.next('updateTicket', unavailable());
    await perform();
    const [row] = await world.rows();
    await world.letTimePass();
    // The first PUT lands after the audits were read and before the second PUT.
    world.zendesk.faults.before('updateTicket', () => {
      const ticket = ticketInZendesk(42);
      if (!ticket || !row || notesOf(42).length > 0) return;
      ticket.updated_at = '2026-11-23T08:59:59Z';
      world.zendesk.account.comments.set(42, [
        { id: 1, author_id: 1, body: 'Bug.', public: false, created_at: ticket.updated_at },
      ]);
      world.zendesk.account.audits.set(42, [
        { deskwright_effects: `${row.id}-${row.createdAt.getTime().toString(36)}` },
      ]);
    });
    await perform();
    expect(await world.states()).toEqual(['done']);
    expect(notesOf(42)).toEqual(['Bug.']);
  });

  function dyingAfterWrite() {
    let dead = false;
    world.zendesk.faults.before('updateTicket', () => {
      dead = true;
    });
    return new Proxy(database.db, {
      get(target, name, receiver) {
        if (dead && ['transaction', 'update', 'execute'].includes(String(name))) {
          return () => {
            throw new Error('gone');
          };
        }
        return Reflect.get(target, name, receiver);
      },
    });
  }
});

describe('refusals', () => {
  test('409: the ticket is read anew and the wish goes again with the fresh stamp', async () => {
    await world.aTicket(42);
    await world.wish(42, { addTags: ['csat__5'] }, { cause: 'answer' });
    Object.assign(ticketInZendesk(42) ?? {}, { updated_at: '2026-11-23T08:30:00Z', tags: ['tents', 'by-an-agent'] });
    await perform();
    expect(world.reread).toEqual([42]);
    expect(ticketInZendesk(42)?.tags).toEqual(['tents', 'by-an-agent', 'csat__5']);
    expect(await world.states()).toEqual(['done']);
  });

  test('409: what the policy no longer wants after the fresh look is not written', async () => {
    await world.aTicket(42);
    await world.wish(42, { addTags: ['category__bug'] });
    Object.assign(ticketInZendesk(42) ?? {}, { updated_at: '2026-11-23T08:30:00Z' });
    await performEffects({
      ...world.deps,
      reread: async (ticketId) => {
        await supersedeWaitingDecision(database.db, ticketId);
      },
    });
    expect(await world.states()).toEqual(['cancelled']);
    expect(ticketInZendesk(42)?.tags).toEqual(['tents']);
  });

  test('429: everybody waits as long as Zendesk says, and the try does not count', async () => {
    await world.aTicket(42);
    await world.aTicket(43);
    await world.wish(42, { addTags: ['a'] });
    world.zendesk.faults.next('updateTicket', new ZendeskError('busy', 'PUT ticket answered 429', 429, 7_000));
    const summary = await perform();
    expect(summary.againInMs).toBeGreaterThan(6_000);
    await world.wish(43, { addTags: ['b'] });
    expect(await perform()).toMatchObject({ writes: 0, done: 0 });
    expect(await world.rows()).toMatchObject([{ state: 'waiting', attempts: 0 }, { state: 'waiting' }]);
    await world.letTimePass();
    expect(await perform()).toMatchObject({ done: 2 });
  });

  test('404 and 422 park the wish with the reason', async () => {
    await world.aTicket(42, { status: 'closed' });
    await world.aTicket(43);
    world.zendesk.account.tickets.delete(43);
    await world.wish(42, { addTags: ['a'] });
    await world.wish(43, { addTags: ['a'] });
    expect(await perform()).toMatchObject({ parked: 2, againInMs: null });
    const reasons = (await world.rows()).map((row) => `${row.state}: ${row.lastError}`);
    expect(reasons).toEqual([expect.stringContaining('closed'), expect.stringContaining('404')]);
  });

  test('one refused wish does not take a customer answer down with it', async () => {
    await world.aTicket(42);
    await world.wish(42, { priority: 'sky-high' as 'high' });
    await world.wish(42, { addTags: ['csat__5'] }, { cause: 'answer' });
    await perform();
    expect(await world.states()).toEqual(['parked', 'done']);
    expect(ticketInZendesk(42)?.tags).toContain('csat__5');
  });

  test('a refused login parks nothing and is tried again later', async () => {
    await world.aTicket(42);
    await world.wish(42, { addTags: ['a'] });
    world.zendesk.faults.next('updateTicket', new ZendeskError('forbidden', 'PUT ticket answered 403', 403));
    const summary = await perform();
    expect(summary.parked).toBe(0);
    expect(summary.againInMs).toBeGreaterThan(60_000);
  });

  test('a ticket that fails again and again is parked at last', async () => {
    await world.aTicket(42);
    await world.wish(42, { addTags: ['a'] });
    world.deps.limits = { ...world.deps.limits, attempts: 3 };
    world.zendesk.faults.next('updateTicket', unavailable(), { times: 5 });
    for (let i = 0; i < 3; i++) {
      await perform();
      await world.letTimePass();
    }
    expect(await world.rows()).toMatchObject([{ state: 'parked', attempts: 3, lastError: 'PUT ticket timed out' }]);
  });

  test('without the ticket in the projection it is read first, and its own tags survive', async () => {
    await world.aTicket(42);
    await database.db.delete(tickets);
    await world.wish(42, { addTags: ['a'] });
    await perform();
    expect(ticketInZendesk(42)?.tags).toEqual(['tents', 'a']);
  });
});

describe('a backlog', () => {
  async function aBacklog(size: number): Promise<void> {
    for (let id = 1; id <= size; id++) {
      await world.aTicket(id);
      await world.wish(id, { addTags: ['category__bug'], note: `Note ${id}` });
    }
  }

  test('goes out as jobs of up to 100 tickets, one write of the budget each', async () => {
    await aBacklog(230);
    const summary = await perform();
    expect(summary).toMatchObject({ done: 230, writes: 3, againInMs: null });
    expect(new Set(world.zendesk.writes.map((one) => one.bulk))).toEqual(new Set([true]));
    expect(world.zendesk.writes[0]?.write).toEqual({
      additional_tags: ['category__bug'],
      comment: { body: 'Note 1', public: false },
      metadata: { deskwright_effects: expect.any(String) },
      updated_stamp: '2026-11-23T08:00:00Z',
      safe_update: true,
    });
    const rows = await database.db.select().from(tickets);
    expect(rows.every((row) => row.tags.includes('category__bug'))).toBe(true);
  });

  test('of which some rows fail: collisions are read anew, closed and gone tickets parked, the rest is done', async () => {
    await aBacklog(20);
    Object.assign(ticketInZendesk(3) ?? {}, { updated_at: '2026-11-23T08:30:00Z' });
    Object.assign(ticketInZendesk(4) ?? {}, { status: 'closed' });
    world.zendesk.account.tickets.delete(5);
    const summary = await perform();
    expect(summary).toMatchObject({ done: 18, parked: 2 });
    expect(world.reread).toEqual([3]);
    expect(notesOf(3)).toEqual(['Note 3']);
    const parked = await database.db.select().from(outbox).where(eq(outbox.state, 'parked'));
    expect(parked.map((row) => row.ticketId)).toEqual([4, 5]);
  });

  test('whose job was posted by a process that died is looked after by the next', async () => {
    await aBacklog(20);
    world.zendesk.holdJobs = true;
    await performEffects({ ...world.deps, limits: { ...world.deps.limits, workMs: 0 } });
    expect(new Set(await world.states())).toEqual(new Set(['in_flight']));
    world.zendesk.holdJobs = false;
    await world.letTimePass();
    expect(await perform()).toMatchObject({ done: 20, writes: 0 });
    expect(notesOf(7)).toEqual(['Note 7']);
  });

  test('whose job Zendesk has forgotten is looked up ticket by ticket', async () => {
    await aBacklog(8);
    world.zendesk.faults.next('showJob', unavailable());
    await performEffects({ ...world.deps, limits: { ...world.deps.limits, workMs: 0 } });
    // Half of the job was carried out before it was lost.
    for (const id of [1, 2, 3, 4]) {
      const [write] = world.zendesk.writes.filter((one) => one.ticketId === id);
      if (write) await world.zendesk.updateTicket(id, write.write);
    }
    await database.db.update(outbox).set({ zendeskJobId: 'forgotten' });
    await world.letTimePass();
    await perform();
    await world.letTimePass();
    await perform();
    expect(new Set(await world.states())).toEqual(new Set(['done']));
    for (const id of [1, 4, 5, 8]) expect(notesOf(id)).toEqual([`Note ${id}`]);
  });

  test('whose job got no answer is not posted blindly again', async () => {
    await aBacklog(8);
    world.zendesk.faults.next('updateTickets', unavailable(), { when: 'after' });
    await perform();
    expect(new Set(await world.states())).toEqual(new Set(['in_flight']));
  });

  test('is carried out once by two processes at the same time', async () => {
    await aBacklog(60);
    for (let id = 1; id <= 60; id++) await world.wish(id, { addTags: ['csat__5'] }, { cause: 'answer' });
    await Promise.all([perform(), perform(), perform()]);
    await world.letTimePass();
    await perform();
    expect(new Set(await world.states())).toEqual(new Set(['done']));
    for (let id = 1; id <= 60; id++) {
      expect(notesOf(id)).toEqual([`Note ${id}`]);
      expect(ticketInZendesk(id)?.tags).toEqual(['tents', 'category__bug', 'csat__5']);
    }
  });

  test('waits for the write budget', async () => {
    world.deps.writesPerMinute = () => 6;
    for (let id = 1; id <= 3; id++) {
      await world.aTicket(id);
      await world.wish(id, { addTags: ['a'] });
    }
    const summary = await perform();
    expect(summary).toMatchObject({ done: 1, writes: 1 });
    expect(summary.againInMs).toBeGreaterThan(5_000);
    expect(summary.againInMs).toBeLessThanOrEqual(20_000);
  });
});
