// Journeys of what the service itself writes into a ticket, when the export shows it again.

import { eq } from 'drizzle-orm';
import { settings } from '../../src/platform/storage/tables.ts';
import { decisions } from '../../src/tickets/tables.ts';
import { readExportJob } from '../../testing/all-jobs.ts';
import { customer } from '../../testing/people-at-zendesk.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const notesOf = (id: number) => harness.zendesk.account.tickets.comments(id).filter((comment) => !comment.public);
const log = (id: number) => harness.database.db.select().from(decisions).where(eq(decisions.ticketId, id));
async function readsOfComments(): Promise<number> {
  const metrics = await (await fetch(`${harness.serviceUrl}/metrics`)).text();
  return Number(/^deskwright_zendesk_calls_total\{.*comments.*outcome="ok"\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
}
async function exportReadAt(): Promise<number> {
  const [row] = await harness.database.db.select().from(settings).where(eq(settings.key, 'export'));
  return (row?.value as { readAt: number } | undefined)?.readAt ?? 0;
}

/** Reads the export, which leaves out the last minute, to its end as it stands now. */
async function repair(): Promise<void> {
  harness.zendesk.clock.advance(61_000);
  const since = Date.now();
  await harness.queue.enqueue(readExportJob, {});
  await until('the export is read', async () => (await exportReadAt()) > since);
  await until('the repair has ended', async () => (await harness.queue.counts()).repair?.active === 0);
}

test('a note of ours causes no read of comments and no second decision', async () => {
  const id = await customer(harness).opens('Refund', 'I want my money back');
  await until('our note is on the ticket', () => notesOf(id).length > 0);
  await until('our own events are seen to', () => harness.zendesk.webhooks.unfinished() === 0);
  const before = await readsOfComments();

  await repair();

  expect(await readsOfComments()).toBe(before);
  expect((await log(id)).map(({ trigger }) => trigger)).toEqual(['ticket.created']);
});
