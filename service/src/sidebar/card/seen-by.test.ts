import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { comments, tickets } from '../../tickets/tables.ts';
import { type Agent, maySee, type SeenTicket, type TicketAccess } from '../identity/agent.ts';
import { seenBy } from './seen-by.ts';
import { anAgent, cardFixture, hoursAgo, LENA, ROBIN } from './testing/card-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const { cardOf, ticket, says } = cardFixture(() => database);

const anyAccess = fc.constantFrom<TicketAccess[]>('all', 'groups', 'organization', 'assigned', 'requested');
const anyAgentOf = fc.record({
  sees: anyAccess,
  groupIds: fc.constantFrom([], [11], [11, 12]),
  organizationId: fc.constantFrom(null, 5),
});
const anyTicket: fc.Arbitrary<SeenTicket> = fc.record({
  groupId: fc.constantFrom(null, 11, 12, 13),
  assigneeId: fc.constantFrom(null, LENA, 3),
  organizationId: fc.constantFrom(null, 5, 6),
  requesterId: fc.constantFrom(null, ROBIN, LENA),
});

test('property: the condition in SQL allows exactly what `maySee` allows', async () => {
  await fc.assert(
    fc.asyncProperty(anyAgentOf, fc.array(anyTicket, { minLength: 1, maxLength: 12 }), async (part, list) => {
      await database.db.delete(tickets);
      for (const [index, seen] of list.entries()) await ticket({ id: index + 1, ...seen });
      const agent: Agent = anAgent(part);
      const rows = await database.db.select({ id: tickets.id }).from(tickets).where(seenBy(agent)).orderBy(tickets.id);
      const expected = list.flatMap((seen, index) => (maySee(agent, seen) ? [index + 1] : []));
      expect(rows.map(({ id }) => id)).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});

test('property: a card names no other ticket that the agent may not see', async () => {
  const anyState = fc.constantFrom('open', 'pending', 'solved');
  const others = fc.array(fc.tuple(anyTicket, anyState), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(anyAgentOf, others, async (part, list) => {
      await database.db.delete(tickets);
      await database.db.delete(comments);
      await ticket({ id: 42 });
      for (const [index, [seen, status]] of list.entries()) {
        const waitingSince = status === 'open' ? hoursAgo(10 + index) : null;
        // All of one customer's, so that every list of the card could name them.
        await ticket({ ...seen, id: index + 1, requesterId: ROBIN, status, waitingSince });
        await says('agent', 'I will follow up.', 5, { ticketId: index + 1 });
      }
      const agent = anAgent(part);
      const { customer, queue } = await cardOf(42, { agent });
      const named = [
        ...[...customer.open, ...customer.recent].map(({ id }) => id),
        ...customer.promises.map(({ ticketId }) => ticketId),
        ...(queue.nextOldest ? [queue.nextOldest.ticketId] : []),
      ];
      for (const id of named) {
        const [row] = await database.db.select().from(tickets).where(eq(tickets.id, id));
        expect(row && maySee(agent, row)).toBe(true);
      }
      const visible = list.filter(([seen]) => maySee(agent, { ...seen, requesterId: ROBIN }));
      expect(customer.openCount).toBe(visible.filter(([, status]) => status !== 'solved').length);
      expect(customer.promises).toHaveLength(visible.length);
    }),
    { numRuns: 25 },
  );
});
