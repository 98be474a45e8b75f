// A journey from an unhappy customer's answer to the outcome of its follow-up.
import { remindOfFollowUpsJob, sendInvitationsJob, tellAnswersJob } from '../../testing/all-jobs.ts';
import { answerSurvey } from '../../testing/answer-survey.ts';
import { agent, customer } from '../../testing/people-at-zendesk.ts';
import { installSidebar, signIn } from '../../testing/sign-in-to-sidebar.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

const POLICY = `
version: 1
company: Northwind Outdoor
time_zone: UTC
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1 }]
categories: [{ id: other, name: Other, tier: t1 }]
default_category: other
surveys:
  csat:
    delay: 1h
    expires: 14d
    slack: [{ channel: all }]
    follow_up: { group: Support Tier 2, due_in: 4m, tags: [unhappy_customer] }
  contact_at_most_every: 0m
`;
const MINUTE = 60_000;
const CUSTOMER = 'rosa@customer.test';

let harness: Harness;
let aheadMs = 0;
beforeAll(async () => {
  harness = await startHarness({
    policy: POLICY,
    surveyDelayMs: 0,
    slackChannels: ['all'],
    // As a bot, which can write in threads.
    reachSlack: async (url) => url,
    installApp: installSidebar,
    clock: () => Date.now() + aheadMs,
  });
});
afterAll(() => harness.stop());

const tickets = () => harness.zendesk.account.tickets;
const followUpTickets = () =>
  tickets()
    .list()
    .filter(({ tags }) => tags.includes('survey_follow_up'));
const notesOf = (id: number): string =>
  tickets()
    .comments(id)
    .flatMap((comment) => (comment.public ? [] : comment.body))
    .join('\n---\n');
const inSlack = (): string =>
  harness.zendesk.slack
    .posts('all')
    .flatMap(({ blocks }) => blocks)
    .join('\n');

async function givesBadAnswer(subject: string, comment: string): Promise<number> {
  const id = await customer(harness, CUSTOMER).opens(subject, 'Where is it?');
  await until('the ticket is decided', () =>
    tickets()
      .find(id)
      ?.tags.some((tag) => tag.startsWith('category__')),
  );
  await agent(harness).solves(id);
  const mails = harness.zendesk.mail.list({ to: CUSTOMER }).length;
  const mail = await until('a mail', async () => {
    await harness.queue.enqueue(sendInvitationsJob, {});
    const all = harness.zendesk.mail.list({ to: CUSTOMER });
    return all.length > mails ? all[0] : undefined;
  });
  await answerSurvey(/https?:\/\/\S+\/s\/[\w-]+/.exec(mail.text ?? '')?.[0] ?? '', { score: '1', comment });
  return id;
}
const untilToldInSlack = (words: string) =>
  until(`Slack says ${words}`, async () => {
    await harness.queue.enqueue(tellAnswersJob, {});
    return inSlack().includes(words);
  });

test('bad answers become one ticket with group and due time, which is reminded of and ends with an outcome', async () => {
  const answered = Date.now();
  const first = await givesBadAnswer('Order 1001', 'Nobody called back.');
  const { id } = await until('the follow-up has a ticket', () => followUpTickets()[0]);
  const followUp = tickets().find(id)!;
  expect(followUp).toMatchObject({ type: 'task', tags: expect.arrayContaining(['unhappy_customer']) });
  expect(followUp.group_id).toBe(harness.zendesk.account.groups.list().find((g) => g.name === 'Support Tier 2')?.id);
  const dueInMs = Date.parse(followUp.due_at ?? '') - answered;
  expect(dueInMs).toBeGreaterThanOrEqual(3 * MINUTE);
  expect(notesOf(id)).toContain(`Answer (CSAT about #${first}): 1 of 5`);
  await untilToldInSlack('Follow-up');

  const second = await givesBadAnswer('Order 1002', 'Late once more.');
  await until('the second answer joins', () => notesOf(id).includes(`(CSAT about #${second}): 1 of 5`));
  expect(followUpTickets()).toHaveLength(1);

  const { call } = await signIn(harness, 'priya@northwind.test');
  // Reached are 75 % of its time, and the agent's session has not ended.
  aheadMs = 3 * MINUTE;
  await until('somebody is reminded', async () => {
    await harness.queue.enqueue(remindOfFollowUpsJob, {});
    return notesOf(id).includes('Reminder: nobody has recorded that this customer was reached.');
  });
  await untilToldInSlack('nobody has reached the customer yet');

  const { followUp: shown } = (await call('GET', `/tickets/${id}/card`)).body;
  expect(shown).toMatchObject({ state: 'open', answers: [{ score: 1 }, { score: 1 }] });
  const outcome = {
    outcome: 'resolved',
    rootCause: 'speed',
    note: 'She has a refund.',
    requestId: 'form-1-of-journey',
  };
  const recorded = await call('PUT', `/tickets/${id}/follow-ups/${shown?.id}/outcome`, outcome);
  expect(recorded).toMatchObject({ status: 200, body: { followUp: { state: 'closed' } } });
  await until('the outcome is on the ticket', () => tickets().find(id)?.tags.includes('follow_up__resolved'));
  expect(notesOf(id)).toContain('She has a refund.');

  const told = await until('the threads of both answers say so', async () => {
    await harness.queue.enqueue(tellAnswersJob, {});
    const closed = harness.zendesk.slack.posts('all').filter(({ blocks }) => blocks.join('').includes('closed'));
    const isTold = (about: number) => closed.some(({ blocks }) => blocks.join('').includes(`|#${about}>`));
    return isTold(first) && isTold(second) && closed;
  });
  expect(told).toMatchObject([{ threadTs: expect.any(String) }, { threadTs: expect.any(String) }]);
  expect(notesOf(id).split('Reminder:')).toHaveLength(2);
});
