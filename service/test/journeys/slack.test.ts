import { eq } from 'drizzle-orm';
import { tickets } from '../../src/tickets/tables.ts';
import { watchAlertsJob } from '../../testing/all-jobs.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

const POLICY = `
version: 1
company: Northwind Outdoor
time_zone: UTC
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1 }]
categories: [{ id: other, name: Other, tier: t1 }]
default_category: other
targets: [{ first_reply: 1h }]
alarms: { oldest_wait_above: 1d, slack: leads }
reminders: { at: [100%], slack: support }
`;

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ policy: POLICY, slackChannels: ['leads', 'support'] });
});
afterAll(() => harness?.stop());

test('a customer who waits too long is told of in Slack, once, with a link to the ticket', async () => {
  const { zendesk, queue, serviceUrl, database } = harness;
  const answer = await fetch(`${zendesk.url}/control/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'rosa@mail.test', subject: 'secret tent', message: 'It leaks.' }),
  });
  const { ticket } = (await answer.json()) as { ticket: { id: number } };
  await until('the ticket waits, for two days', async () => {
    const waitingSince = new Date(Date.now() - 2 * 86_400_000);
    const { rowCount } = await database.db.update(tickets).set({ waitingSince }).where(eq(tickets.tier, 't1'));
    return rowCount === 1;
  });
  const saidIn = (channel: string) => zendesk.slack.posts(channel).map(({ blocks }) => blocks.join());
  await until('both channels are told', async () => {
    await queue.enqueue(watchAlertsJob, {});
    return saidIn('leads').length > 0 && saidIn('support').length > 0;
  });
  for (let run = 0; run < 3; run++) await queue.enqueue(watchAlertsJob, {});
  expect(saidIn('support')).toEqual([
    `<${zendesk.url}/agent/tickets/${ticket.id}|#${ticket.id}> has reached its first reply target of 1 hour (Tier 1, unassigned)`,
  ]);
  expect(saidIn('leads')).toEqual([expect.stringContaining('*A customer has waited too long*. 1 customer waits')]);
  expect(JSON.stringify(zendesk.slack.posts())).not.toContain('secret');
  expect(await (await fetch(`${zendesk.url}/slack?channel=leads`)).text()).toContain('A customer has waited too long');
  const ready = (await (await fetch(`${serviceUrl}/readyz`)).json()) as { checks: Record<string, unknown> };
  expect(ready.checks['slack']).toEqual({ ok: true });
});
