import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { tickets } from '../tables.ts';
import { createOutboxFixture, type OutboxFixture, performEffects } from './testing/outbox-fixture.ts';
import { supersedeWaitingDecision } from './withdraw-changes.ts';

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

describe('error answers', () => {
  test('409: the ticket is read again and the effect is sent with the new timestamp', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { addTags: ['csat__5'] }, { cause: 'answer' });
    Object.assign(ticketInZendesk(42) ?? {}, { updated_at: '2026-11-23T08:30:00Z', tags: ['tents', 'by-an-agent'] });
    await perform();
    expect(fixture.reread).toEqual([42]);
    expect(ticketInZendesk(42)?.tags).toEqual(['tents', 'by-an-agent', 'csat__5']);
    expect(await fixture.states()).toEqual(['done']);
  });

  test('409: an effect the policy no longer wants after reading the ticket again is not written', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { addTags: ['category__bug'] });
    Object.assign(ticketInZendesk(42) ?? {}, { updated_at: '2026-11-23T08:30:00Z' });
    await performEffects({
      ...fixture.deps,
      reread: async (ticketId) => {
        await supersedeWaitingDecision(database.db, ticketId);
      },
    });
    expect(await fixture.states()).toEqual(['cancelled']);
    expect(ticketInZendesk(42)?.tags).toEqual(['tents']);
  });

  test('429: all writes wait as long as Zendesk says, and the try does not count', async () => {
    await fixture.aTicket(42);
    await fixture.aTicket(43);
    await fixture.want(42, { addTags: ['a'] });
    fixture.zendesk.faults.next('updateTicket', new ZendeskError('busy', 'PUT ticket answered 429', 429, 7_000));
    const summary = await perform();
    expect(summary.againInMs).toBeGreaterThan(6_000);
    await fixture.want(43, { addTags: ['b'] });
    expect(await perform()).toMatchObject({ writes: 0, done: 0 });
    expect(await fixture.rows()).toMatchObject([{ state: 'waiting', attempts: 0 }, { state: 'waiting' }]);
    await fixture.letTimePass();
    const { done } = await perform();
    const reasons = (await fixture.rows()).map((row) => row.lastError);
    expect({ done, reasons }).toEqual({ done: 2, reasons: [null, null] });
  });

  test('404 and 422 dead-letter the effect with the reason', async () => {
    await fixture.aTicket(42, { status: 'closed' });
    await fixture.aTicket(43);
    fixture.zendesk.account.tickets.delete(43);
    await fixture.want(42, { addTags: ['a'] });
    await fixture.want(43, { addTags: ['a'] });
    expect(await perform()).toMatchObject({ deadLettered: 2, againInMs: null });
    const reasons = (await fixture.rows()).map((row) => `${row.state}: ${row.lastError}`);
    expect(reasons).toEqual([expect.stringContaining('closed'), expect.stringContaining('404')]);
  });

  test('a refused effect does not dead-letter a survey answer with it', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { priority: 'sky-high' as 'high' });
    await fixture.want(42, { addTags: ['csat__5'] }, { cause: 'answer' });
    await perform();
    expect(await fixture.states()).toEqual(['parked', 'done']);
    expect(ticketInZendesk(42)?.tags).toContain('csat__5');
  });

  test('a refused login dead-letters nothing and is tried again later', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { addTags: ['a'] });
    fixture.zendesk.faults.next('updateTicket', new ZendeskError('forbidden', 'PUT ticket answered 403', 403));
    const summary = await perform();
    expect(summary.deadLettered).toBe(0);
    expect(summary.againInMs).toBeGreaterThan(60_000);
  });

  test('a ticket that keeps failing is dead-lettered in the end', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { addTags: ['a'] });
    fixture.deps.limits = { ...fixture.deps.limits, attempts: 3 };
    fixture.zendesk.faults.next('updateTicket', unavailable(), { times: 5 });
    for (let i = 0; i < 3; i++) {
      await perform();
      await fixture.letTimePass();
    }
    expect(await fixture.rows()).toMatchObject([{ state: 'parked', attempts: 3, lastError: 'PUT ticket timed out' }]);
  });

  test('a ticket missing from the projection is read first, and keeps its own tags', async () => {
    await fixture.aTicket(42);
    await database.db.delete(tickets);
    await fixture.want(42, { addTags: ['a'] });
    await perform();
    expect(ticketInZendesk(42)?.tags).toEqual(['tents', 'a']);
  });
});
