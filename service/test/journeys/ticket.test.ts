// Journeys of tickets, as a customer and an agent would make them, over real HTTP.

import { count, eq } from 'drizzle-orm';
import { outbox } from '../../src/platform/outbox/tables.ts';
import { decisions, inbox, tickets } from '../../src/tickets/tables.ts';
import { agent, customer } from '../../testing/people-at-zendesk.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const inZendesk = (id: number) => harness.zendesk.account.tickets.find(id)!;
const known = async (id: number) => (await harness.database.db.select().from(tickets).where(eq(tickets.id, id)))[0];
const placed = (id: number) =>
  until(
    `ticket ${id} carries a category and a tier`,
    () => inZendesk(id).tags.filter((tag) => /^(category|tier)__/.test(tag)).length === 2,
  );

test('a new ticket gets one category, one tier, its group and the reason in one internal note, by one write', async () => {
  const id = await customer(harness).opens('I want my money back', 'The tent leaks and I want a refund.');

  await placed(id);

  const ticket = inZendesk(id);
  expect(ticket.tags).toEqual(expect.arrayContaining(['category__refunds', 'tier__t1']));
  expect(harness.zendesk.account.groups.list().find((group) => group.id === ticket.group_id)?.name).toBe(
    'Support Tier 1',
  );
  const notes = harness.zendesk.account.tickets.comments(id).filter((comment) => !comment.public);
  expect(notes).toHaveLength(1);
  expect(notes[0]?.body).toMatch(/Refund/);
  const ours = harness.zendesk.account.tickets
    .audits(id)
    .filter((audit) => 'deskwright_effects' in (audit.metadata.custom ?? {}));
  expect(ours).toHaveLength(1);
});

test('the events of our own write cause nothing', async () => {
  const id = await customer(harness).opens('How do I wash the jacket', 'Can I put the rain jacket into the machine?');
  await placed(id);

  const events = await until('our own events arrived', async () => {
    const rows = await harness.database.db.select().from(inbox).where(eq(inbox.ticketId, id));
    return rows.filter((row) => row.outcome === 'own_write').length > 0 && rows.every((row) => row.state !== 'waiting')
      ? rows
      : null;
  });

  expect(events.filter((row) => row.state === 'decided')).toHaveLength(1);
  expect(await harness.database.db.select({ n: count() }).from(decisions).where(eq(decisions.ticketId, id))).toEqual([
    { n: 1 },
  ]);
  expect(await harness.database.db.select({ n: count() }).from(outbox).where(eq(outbox.ticketId, id))).toEqual([
    { n: 1 },
  ]);
});

test('a customer who follows up keeps their place in the queue', async () => {
  const id = await customer(harness).opens('Where is my parcel', 'It was to come on Monday.');
  await placed(id);
  const since = (await known(id))?.waitingSince;

  await customer(harness).writesAgain(id, 'Hello??? Is anybody there?');
  await until('the chasing comment is decided', async () => {
    const log = await harness.database.db.select().from(decisions).where(eq(decisions.ticketId, id));
    return log.some((entry) => entry.trigger === 'ticket.comment_added');
  });

  expect((await known(id))?.waitingSince).toEqual(since);
  await agent(harness).replies(id, 'It is on its way.');
  await until('nobody waits any more', async () => (await known(id))?.waitingSince === null);
});

test('a ticket that an agent moves is not moved back, whatever the customer writes next', async () => {
  const id = await customer(harness).opens('Refund', 'I want my money back for the boots.');
  await placed(id);

  agent(harness).movesTo(id, 'Engineering Support');
  await until('the move is noticed', async () => (await known(id))?.placedBy === 'human');
  await customer(harness).writesAgain(id, 'The app crashes with an error as well.');
  const log = await until('the comment is decided', async () => {
    const rows = await harness.database.db.select().from(decisions).where(eq(decisions.ticketId, id));
    return rows.some((row) => row.trigger === 'ticket.comment_added') ? rows : null;
  });

  expect(log.at(-1)).toMatchObject({ outcome: 'left_to_human' });
  expect(harness.zendesk.account.groups.list().find((group) => group.id === inZendesk(id).group_id)?.name).toBe(
    'Engineering Support',
  );
});

test('a webhook delivered twice is decided once', async () => {
  harness.zendesk.faults.webhooks.set({ double: { rate: 1 } });
  const id = await customer(harness).opens('Invoice', 'I need an invoice for my order.');
  await placed(id);
  await until('all deliveries have ended', () => harness.zendesk.webhooks.unfinished() === 0);
  harness.zendesk.faults.webhooks.set({ double: { rate: 0 } });

  expect(await harness.database.db.select({ n: count() }).from(decisions).where(eq(decisions.ticketId, id))).toEqual([
    { n: 1 },
  ]);
  expect(harness.zendesk.account.tickets.comments(id).filter((comment) => !comment.public)).toHaveLength(1);
});
