// Journeys from a solved ticket to an answer that stands on it, over real HTTP and SMTP.

import { eq } from 'drizzle-orm';
import { invitations } from '../../src/surveys/tables.ts';
import { sendInvitationsJob } from '../../testing/all-jobs.ts';
import { agent, customer } from '../../testing/people-at-zendesk.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ surveyDelayMs: 500 });
});
afterAll(() => harness.stop());

const inZendesk = (id: number) => harness.zendesk.account.tickets.find(id)!;
const categorised = (id: number) =>
  until('the ticket is categorised', () => inZendesk(id).tags.some((tag) => tag.startsWith('category__')));
const invitation = async (id: number) =>
  (await harness.database.db.select().from(invitations).where(eq(invitations.ticketId, id)))[0];
const mailsTo = (address: string) => harness.zendesk.mail.list({ to: address });

async function mailTo(address: string) {
  return until(`a mail to ${address}`, async () => {
    await harness.queue.enqueue(sendInvitationsJob, {});
    return mailsTo(address)[0];
  });
}

const linkIn = (text: string): string => /https?:\/\/\S+\/s\/[\w-]+/.exec(text)![0];

test('a solved refund ticket leads to a CES mail, an answer on a page, and a note and tag on the ticket', async () => {
  const address = 'nora@customer.test';
  const id = await customer(harness, address).opens('Refund please', 'I want my money back, the boots are too small.');
  await categorised(id);

  await agent(harness).solves(id);
  const link = linkIn((await mailTo(address)).text ?? '');

  expect((await fetch(link)).status).toBe(200);
  expect((await invitation(id))?.state).toBe('sent');

  const answer = await fetch(link, {
    method: 'POST',
    body: new URLSearchParams({ score: '6', comment: 'Quick and kind' }),
  });
  expect(answer.status).toBe(200);
  await until('the answer stands on the ticket', () => inZendesk(id).tags.includes('ces__6'));
  const note = harness.zendesk.account.tickets.comments(id).at(-1);
  expect(note).toMatchObject({ public: false });
  expect(note?.body).toContain('Quick and kind');

  await fetch(link, { method: 'POST', body: new URLSearchParams({ score: '2', comment: 'Thought again' }) });
  await until(
    'the changed answer stands on the ticket',
    () => inZendesk(id).tags.includes('ces__2') && !inZendesk(id).tags.includes('ces__6'),
  );
});

test('other tickets lead to a CSAT mail, and a recently surveyed customer gets none', async () => {
  const address = 'emil@customer.test';
  const first = await customer(harness, address).opens('Newsletter', 'How do I subscribe to the newsletter?');
  await categorised(first);
  await agent(harness).solves(first);
  expect((await mailTo(address)).text).toContain('/s/');
  expect(await invitation(first)).toMatchObject({ survey: 'csat' });

  const second = await customer(harness, address).opens('Tent', 'Which tent is good for two people?');
  await categorised(second);
  await agent(harness).solves(second);

  await until('the second invitation is withheld', async () => {
    await harness.queue.enqueue(sendInvitationsJob, {});
    return (await invitation(second))?.state === 'cancelled';
  });
  expect(mailsTo(address)).toHaveLength(1);
});

test('a ticket reopened before the mail is sent gets no survey', async () => {
  const slow = await startHarness({ surveyDelayMs: 3_600_000 });
  try {
    const id = await customer(slow, 'ola@customer.test').opens('Shipping', 'Can I change the shipping address?');
    await until('categorised', () =>
      slow.zendesk.account.tickets.find(id)!.tags.some((tag) => tag.startsWith('category__')),
    );
    await agent(slow).solves(id);
    await until('invited', async () => (await slow.database.db.select().from(invitations)).length === 1);

    await customer(slow, 'ola@customer.test').writesAgain(id, 'It still goes to the old address!');

    const [cancelled] = await until('the invitation is cancelled', async () => {
      const rows = await slow.database.db.select().from(invitations);
      return rows[0]?.state === 'cancelled' ? rows : null;
    });
    expect(cancelled).toMatchObject({ reason: 'reopened' });
  } finally {
    await slow.stop();
  }
});
