import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { tickets } from '../../platform/storage/schema.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { createOutboxFixture, type OutboxFixture, performEffects } from './testing/outbox-fixture.ts';
import { supersedeWaitingDecision } from './withdraw-changes.ts';

let database: TestDatabase;
let world: OutboxFixture;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  world = createOutboxFixture(database.db);
});
afterAll(() => database.drop());

const unavailable = () => new ZendeskError('unavailable', 'PUT ticket timed out', null);
const perform = () => performEffects(world.deps);
const ticketInZendesk = (id: number) => world.zendesk.account.tickets.get(id);

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
    expect(await perform()).toMatchObject({ deadLettered: 2, againInMs: null });
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
    expect(summary.deadLettered).toBe(0);
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
