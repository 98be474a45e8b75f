// Journeys of comments that agents change in Zendesk afterwards.

import { eq } from 'drizzle-orm';
import { comments, tickets } from '../../src/tickets/tables.ts';
import { readExportJob } from '../../testing/all-jobs.ts';
import { agent, customer } from '../../testing/people-at-zendesk.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const account = () => harness.zendesk.account;
const known = async (id: number) => (await harness.database.db.select().from(tickets).where(eq(tickets.id, id)))[0];
const words = async (id: number) =>
  (await harness.database.db.select().from(comments).where(eq(comments.ticketId, id)))
    .map(({ body }) => body)
    .join('\n');
const byAgent = () => ({
  id: account()
    .users.list()
    .find(({ email }) => email === 'priya@northwind.test')!.id,
});

test('a customer waits since the question after the answer was made private', async () => {
  const id = await customer(harness).opens('Parcel', 'Where is my parcel?');
  const since = await until('the customer waits', async () => (await known(id))?.waitingSince);
  await agent(harness).replies(id, 'On its way.');
  await until('nobody waits', async () => (await known(id))?.waitingSince === null);

  const answer = account()
    .tickets.comments(id)
    .findLast((comment) => comment.public)!;
  account().tickets.makeCommentPrivate(id, answer.id, byAgent());

  expect(await until('the customer waits again', async () => (await known(id))?.waitingSince)).toEqual(since);
});

test('redacted words are removed although the webhook was lost', async () => {
  const id = await customer(harness).opens('Payment', 'Please charge me again.');
  await until('the ticket is decided', async () => (await known(id))?.category);
  await customer(harness).writesAgain(id, 'My card is 4242 4242.');
  await until('the words are known', async () => (await words(id)).includes('4242'));
  // A later write of the service's own would be the newest change that the export shows.
  await until('its effects are settled', async () => {
    const { rows } = await harness.database.db.$client.query('SELECT state FROM outbox WHERE ticket_id = $1', [id]);
    return (
      rows.some(({ state }) => state === 'done') &&
      !rows.some(({ state }) => state === 'waiting' || state === 'in_flight')
    );
  });
  await until('all deliveries have ended', () => harness.zendesk.webhooks.unfinished() === 0);
  harness.zendesk.clock.advance(2_000);

  harness.zendesk.faults.webhooks.set({ drop: { rate: 1 } });
  const comment = account()
    .tickets.comments(id)
    .find(({ body }) => body.includes('4242'))!;
  account().tickets.redactComment(id, comment.id, ['4242 4242'], byAgent());
  await until('all deliveries have ended', () => harness.zendesk.webhooks.unfinished() === 0);
  harness.zendesk.faults.webhooks.set({ drop: { rate: 0 } });
  harness.zendesk.clock.advance(61_000); // The export leaves out the last minute.
  await harness.queue.enqueue(readExportJob, {});

  await until('the words are gone', async () => !(await words(id)).includes('4242'));
});
