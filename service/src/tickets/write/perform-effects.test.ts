import { eq } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { tickets } from '../tables.ts';
import { createOutboxFixture, type OutboxFixture, performEffects } from './testing/outbox-fixture.ts';
import { recordTicketChange } from './ticket-change.ts';
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

const perform = () => performEffects(fixture.deps);
const ticketInZendesk = (id: number) => fixture.zendesk.account.tickets.get(id);

describe('one ticket', () => {
  test('sends all effects as one PUT with tags, group, priority and an internal note', async () => {
    await fixture.aTicket(42, { tags: ['tents', 'tier__t1'] });
    await fixture.want(42, {
      addTags: ['category__bug', 'tier__t2'],
      removeTags: ['tier__t1'],
      groupId: 9,
      note: 'Bug.',
    });
    await fixture.want(42, { addTags: ['csat__5'], priority: 'high', note: 'Rated 5.' }, { cause: 'answer' });

    const summary = await perform();

    expect(fixture.zendesk.writes).toEqual([
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

  test('updates the projection before the event of the write arrives', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { addTags: ['category__bug'], groupId: 9 });
    await perform();
    const [row] = await database.db.select().from(tickets).where(eq(tickets.id, 42));
    expect(row).toMatchObject({ tags: ['tents', 'category__bug'], groupId: 9 });
    expect(row?.updatedAt.toISOString()).toBe(new Date(ticketInZendesk(42)?.updated_at ?? 0).toISOString());
  });

  test("leaves other changes in the answer to the events, so that no person's change is missed", async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { addTags: ['category__bug'] });
    // In the second of our stamp somebody else solves the ticket: the stamp cannot tell.
    fixture.zendesk.faults.before('updateTicket', () => {
      Object.assign(ticketInZendesk(42) ?? {}, { status: 'solved' });
    });
    await perform();
    expect(await fixture.states()).toEqual(['done']);
    const [row] = await database.db.select().from(tickets).where(eq(tickets.id, 42));
    expect(row).toMatchObject({ status: 'open', tags: ['tents'], updatedAt: new Date('2026-11-23T08:00:00Z') });
  });

  test('makes no call for an effect that the ticket already has', async () => {
    await fixture.aTicket(42, { tags: ['category__bug'] });
    await fixture.want(42, { addTags: ['category__bug'] });
    expect(await perform()).toMatchObject({ done: 1, writes: 0 });
    expect(fixture.zendesk.writes).toEqual([]);
  });

  test('stores two effects with the same key as one', async () => {
    const wish = { key: 'answer:1', ticketId: 42, cause: 'answer' } as const;
    expect(await recordTicketChange(database.db, { ...wish, change: { note: 'First.' } })).toBe(true);
    expect(await recordTicketChange(database.db, { ...wish, change: { note: 'Again.' } })).toBe(false);
    expect(await fixture.rows()).toMatchObject([{ payload: { cause: 'answer', change: { note: 'First.' } } }]);
  });

  test('a newer decision cancels a waiting one and carries on its content; survey answers stay', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { addTags: ['category__bug'], note: 'Bug.' });
    await fixture.want(42, { addTags: ['csat__5'] }, { cause: 'answer' });
    expect(await supersedeWaitingDecision(database.db, 42)).toEqual([{ addTags: ['category__bug'], note: 'Bug.' }]);
    await perform();
    expect(ticketInZendesk(42)?.tags).toEqual(['tents', 'csat__5']);
    expect(await fixture.states()).toEqual(['cancelled', 'done']);
  });
});
