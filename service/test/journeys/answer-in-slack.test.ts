// A journey from a survey's mail to the messages in Slack, while Slack is away too.
import { sql } from 'drizzle-orm';
import { createTcpProxy, type TcpProxy } from '../../src/platform/testing/tcp-proxy.ts';
import { sendInvitationsJob, tellAnswersJob } from '../../testing/all-jobs.ts';
import { answerSurvey } from '../../testing/answer-survey.ts';
import { agent, customer } from '../../testing/people-at-zendesk.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

const POLICY = `
version: 1
company: Northwind Outdoor
time_zone: UTC
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1 }]
categories: [{ id: other, name: Other, tier: t1 }]
default_category: other
surveys:
  csat: { delay: 1h, expires: 14d, slack: [{ channel: all }, { channel: rescue, scores: unhappy, words: false }] }
  contact_at_most_every: 0m
`;

let harness: Harness;
let proxy: TcpProxy;
beforeAll(async () => {
  harness = await startHarness({
    policy: POLICY,
    surveyDelayMs: 0,
    slackChannels: ['all', 'rescue'],
    reachSlack: async (url) => {
      proxy = await createTcpProxy(url);
      return new URL(proxy.url).origin;
    },
  });
});
afterAll(async () => {
  await harness.stop();
  await proxy.shut();
});

const posts = (channel: string) => harness.zendesk.slack.posts(channel).toReversed();
const mailsTo = (address: string) => harness.zendesk.mail.list({ to: address });

/** The link in the mail that asks about a ticket of this customer, just solved. */
async function asked(address: string): Promise<{ ticketId: number; link: string }> {
  const ticketId = await customer(harness, address).opens('Newsletter', 'How do I get it?');
  await until('the ticket is decided', () =>
    harness.zendesk.account.tickets.find(ticketId)?.tags.some((tag) => tag.startsWith('category__')),
  );
  await agent(harness).solves(ticketId);
  const mail = await until('a mail', async () => {
    await harness.queue.enqueue(sendInvitationsJob, {});
    return mailsTo(address)[0];
  });
  return { ticketId, link: /https?:\/\/\S+\/s\/[\w-]+/.exec(mail.text ?? '')?.[0] ?? '' };
}

test('an answer is in Slack by itself, with score, words and a link, and a changed one says so in its thread', async () => {
  const { ticketId, link } = await asked('rosa@customer.test');
  await answerSurvey(link, { score: '2', comment: 'Call me: +1 415 555 2671, rosa@customer.test' });
  const [first] = await until('both channels are told', () =>
    posts('all').length === 1 && posts('rescue').length === 1 ? posts('all') : undefined,
  );
  expect(first?.blocks.join('\n')).toContain(
    `*CSAT 2 of 5, unhappy* · <${harness.zendesk.url}/agent/tickets/${ticketId}|#${ticketId}>`,
  );
  expect(first?.blocks.join('\n')).toContain('“Call me: [phone number], [e-mail address]”');
  expect(JSON.stringify(posts('rescue'))).not.toContain('Call me');

  await answerSurvey(link, { score: '5', comment: 'You did call' });
  await until('the change is told', () => posts('all').length === 2);
  expect(posts('all')[1]).toMatchObject({ threadTs: first?.ts, broadcast: true });
  expect(posts('all')[1]?.blocks.join('\n')).toContain('Changed: *CSAT 5 of 5, happy, was 2*');
  const page = await (await fetch(`${harness.zendesk.url}/slack?channel=all`)).text();
  expect(page).toContain('class="thread"');
});

test('while Slack is away answers wait; afterwards each comes once, as one list', async () => {
  const links: string[] = [];
  for (let n = 0; n < 7; n++) links.push((await asked(`customer-${n}@customer.test`)).link);
  await proxy.shut();
  const before = posts('all').length;
  for (const link of links) await answerSurvey(link, { score: '4' });
  await until('all wait', async () => {
    await harness.queue.enqueue(tellAnswersJob, {});
    const { rows } = await harness.database.db.execute(
      sql`SELECT 1 FROM outbox WHERE kind = 'slack_message' AND state <> 'done'`,
    );
    return rows.length === 7;
  });
  expect(posts('all')).toHaveLength(before);
  await proxy.open();
  // An hour later.
  await harness.database.db.execute(sql`UPDATE outbox SET due_at = due_at - interval '1 hour' WHERE state = 'waiting'`);
  await harness.database.db.execute(sql`UPDATE write_budget SET blocked_until = NULL WHERE name LIKE 'slack%'`);
  await until('they are told', async () => {
    await harness.queue.enqueue(tellAnswersJob, {});
    const { rows } = await harness.database.db.execute(
      sql`SELECT 1 FROM outbox WHERE kind = 'slack_message' AND state <> 'done'`,
    );
    return rows.length === 0;
  });
  expect(
    posts('all')
      .slice(before)
      .map(({ text }) => text),
  ).toEqual(['7 messages']);
});
