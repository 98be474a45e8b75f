// Checks when and where somebody is reminded of a follow-up.
import { asc, eq, sql } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import type { TicketChange } from '../../tickets/write/ticket-change.ts';
import { aPolicy, givenTicket, MONDAY_NOON } from '../testing/survey-fixtures.ts';
import { remindOfFollowUps } from './remind-of-follow-ups.ts';
import { followUps } from './tables.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const HOUR = 3_600_000;
const later = (hours: number) => new Date(MONDAY_NOON.getTime() + hours * HOUR);
const followUp = { action: 'new_ticket' as const, due_in: '16bh', tags: [] };
const policy = aPolicy({ nps: { every: '90d', ask_again_after: '30d', expires: '14d', follow_up: followUp } });

/** Due on Wednesday noon: after 5 hours of Monday, 8 of Tuesday and 3 of Wednesday. */
async function givenFollowUp(ticketId: number, parts: Partial<typeof followUps.$inferInsert> = {}): Promise<void> {
  await givenTicket(database.db, { id: ticketId });
  const row = { survey: 'nps', action: 'new_ticket', openedAt: MONDAY_NOON, dueAt: later(48) } as const;
  await database.db.insert(followUps).values({ ...row, requesterId: ticketId, ticketId, ...parts });
}
const remind = (hours: number, onReminded?: () => unknown) =>
  remindOfFollowUps(database.db, policy, later(hours), onReminded);
async function notes() {
  const rows = await database.db.select().from(outbox).orderBy(asc(outbox.id));
  return rows.map(({ ticketId, payload }) => [ticketId, (payload as { change: TicketChange }).change.note]);
}

test('whoever has not been reached is reminded of at each step once, in business hours, before it is due and after', async () => {
  await givenFollowUp(7);
  await remind(27);
  expect(await notes()).toEqual([]);
  await remind(28);
  await remind(28);
  // At night.
  await remind(36);
  await remind(48);
  await remind(49);
  expect(await notes()).toEqual([
    [7, expect.stringMatching(/^Reminder: nobody .* Please speak to them by 25 November 2026, 12:00/)],
    [7, expect.stringMatching(/^Overdue: nobody .* It was due by 25 November 2026, 12:00/)],
  ]);
});

test('after an outage only of the last step, of those reached or ended of none, and without ticket on none', async () => {
  await givenFollowUp(7);
  await givenFollowUp(8, { state: 'contacted', contactedAt: later(1) });
  await givenFollowUp(9, { state: 'expired', endedAt: later(1) });
  await givenFollowUp(10, { ticketId: null });
  await remind(49);
  expect(await notes()).toEqual([[7, expect.stringMatching(/^Overdue/)]]);
  const [row] = await database.db.select().from(followUps).where(eq(followUps.requesterId, 10));
  expect(row?.reminded).toBe(100);
});

test('one follow-up that cannot be stored keeps nobody from being reminded of the others', async () => {
  await givenFollowUp(7);
  await givenFollowUp(8);
  await database.db.execute(sql`ALTER TABLE follow_ups ADD CONSTRAINT odd CHECK (ticket_id <> 7 OR reminded = 0)`);
  try {
    const onReminded = jest.fn();
    await expect(remind(49, onReminded)).rejects.toThrow('follow_ups');
    expect(onReminded).toHaveBeenCalledTimes(1);
  } finally {
    await database.db.execute(sql`ALTER TABLE follow_ups DROP CONSTRAINT odd`);
  }
  expect(await notes()).toEqual([[8, expect.stringMatching(/^Overdue/)]]);
});
