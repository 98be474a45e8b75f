// Journeys of customers who write by messaging: what is said there comes as messages, not as comments.

import { and, asc, eq } from 'drizzle-orm';
import { comments, decisions, inbox, tickets } from '../../src/tickets/tables.ts';
import { readExportJob } from '../../testing/all-jobs.ts';
import { agent, bot, customer } from '../../testing/people-at-zendesk.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const ticketOf = async (id: number) => (await harness.database.db.select().from(tickets).where(eq(tickets.id, id)))[0]!;
/** Our own notes left out. */
const said = async (id: number) => {
  const ofTicket = and(eq(comments.ticketId, id), eq(comments.public, true));
  const rows = harness.database.db.select().from(comments).where(ofTicket);
  return (await rows.orderBy(asc(comments.id))).map(({ body }) => body);
};
const causes = async (id: number) => {
  const rows = await harness.database.db.select().from(decisions).where(eq(decisions.ticketId, id));
  return rows.map(({ trigger }) => trigger);
};
const inZendesk = (id: number) => harness.zendesk.account.tickets.find(id)!;
const messages = (id: number) => harness.zendesk.account.conversations.messages(id);
/** Everything sent has come and is handled. */
const quiet = (id: number) =>
  until('everything about the ticket is heard', async () => {
    const heard = await harness.database.db.select().from(inbox).where(eq(inbox.ticketId, id));
    return harness.zendesk.webhooks.unfinished() === 0 && heard.every(({ state }) => state !== 'waiting');
  });
/** Zendesk's stamps have whole seconds: apart by more, what was said has an order. */
const later = () => harness.zendesk.clock.advance(2_000);

test('a message starts the wait and its words decide; an agent ends the wait, a bot does not', async () => {
  const id = await customer(harness).opensConversation('Hello');
  const since = await until('the customer waits', async () => (await ticketOf(id))?.waitingSince);
  await quiet(id);
  later();
  await bot(harness).says(id, 'Hi! I want a refund is something people ask me a lot.');
  await quiet(id);
  expect(await ticketOf(id)).toMatchObject({ waitingSince: since, category: 'other' });

  later();
  await customer(harness).says(id, 'I want a refund for my tent');
  await until('Zendesk shows the category', () => inZendesk(id).tags.includes('category__refunds'));
  await quiet(id);
  expect(await ticketOf(id)).toMatchObject({ category: 'refunds', waitingSince: since });
  expect(await causes(id)).toContain('messaging_ticket.message_added');

  later();
  await agent(harness).says(id, 'Which order is it?');
  await until('nobody waits', async () => (await ticketOf(id)).waitingSince === null);
  later();
  await bot(harness).says(id, 'Was this helpful?');
  await quiet(id);
  expect((await ticketOf(id)).waitingSince).toBeNull();

  later();
  await customer(harness).says(id, '#1042');
  const again = await until('the customer waits again', async () => (await ticketOf(id)).waitingSince);
  expect(again.getTime()).toBe(messages(id).at(-1)!.at);
});

test('a message delivered twice counts once, and stays when the export includes the ticket', async () => {
  harness.zendesk.faults.webhooks.set({ double: { rate: 1 } });
  const id = await customer(harness).opensConversation('My invoice is wrong');
  await until('the words are known', async () => (await said(id)).includes('My invoice is wrong'));
  later();
  await agent(harness).says(id, 'Let me see.');
  await until('nobody waits', async () => (await ticketOf(id)).waitingSince === null);
  await quiet(id);
  harness.zendesk.faults.webhooks.set({ double: { rate: 0 } });
  const all = ['Conversation with Ida', 'My invoice is wrong', 'Let me see.'];
  expect(await said(id)).toEqual(all);

  agent(harness).tags(id, [...inZendesk(id).tags, 'vip']);
  harness.zendesk.clock.advance(61_000); // The export leaves out the last minute.
  await harness.queue.enqueue(readExportJob, {});
  await until('the tag is known', async () => (await ticketOf(id)).tags.includes('vip'));
  await quiet(id);
  expect(await said(id)).toEqual(all);
  expect((await ticketOf(id)).waitingSince).toBeNull();
});

test('a new question after a solve starts a new wait', async () => {
  const id = await customer(harness).opensConversation('Where is my parcel?');
  await until('the customer waits', async () => (await ticketOf(id))?.waitingSince);
  await quiet(id);
  later();
  await agent(harness).solvesSilently(id);
  await until('nobody waits', async () => (await ticketOf(id)).waitingSince === null);
  await quiet(id);
  later();

  await customer(harness).says(id, 'It still has not come');

  const since = await until('the customer waits again', async () => (await ticketOf(id)).waitingSince);
  expect(since.getTime()).toBe(messages(id).at(-1)!.at);
  expect(inZendesk(id).status).toBe('open');
});
