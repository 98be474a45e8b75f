import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createSmtpMailSender } from '../../mail/create-smtp-mail-sender.ts';
import { createOutbox } from '../../platform/outbox/outbox.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import { pauseSurveys, resumeSurveys } from '../pause.ts';
import { type Answer, recordAnswer } from '../record-answer.ts';
import { readSends } from '../scores/read-sends.ts';
import { findSubscriber, hashSurveyToken, unsubscribe } from '../survey-links.ts';
import { createSendingFixture, type SendingFixture } from '../testing/sending-fixture.ts';
import { aPolicy, givenInvitation, MONDAY_NOON } from '../testing/survey-fixtures.ts';
import { byAPerson } from '../testing/survey-visits.ts';
import { composeThankYouMail } from './compose-thank-you-mail.ts';
import { thankYouEffect } from './thank-you-mail.ts';

let fixture: SendingFixture;
beforeAll(async () => {
  fixture = await createSendingFixture();
});
afterAll(() => fixture.database.drop());
beforeEach(() => fixture.reset());
afterEach(() => fixture.close());

const DAY = 86_400_000;
const later = (days: number): Date => new Date(MONDAY_NOON.getTime() + days * DAY);
const rule = { at_most_every: '180d', link: 'https://reviews.example.com/northwind' };
const nps = { every: '90d', ask_again_after: '30d', expires: '400d', thank_you: rule };
let policy = aPolicy({ nps });
beforeEach(() => {
  policy = aPolicy({ nps });
});
/** Sunday, the last one of the month. */
const SUNDAY = 6;

const givenAsked = (token: string, requesterId = 501) =>
  givenInvitation(fixture.database.db, {
    survey: 'nps',
    cause: 'campaign',
    state: 'sent',
    solvedAt: null,
    category: null,
    requesterId,
    tokenHash: hashSurveyToken(token),
    recipient: `customer-${requesterId}@example.com`,
    sentAt: MONDAY_NOON,
    expiresAt: later(400),
    ticketId: null,
  } as never);
const answer = (token: string, score: number, parts: Partial<Answer> = {}) =>
  recordAnswer(
    { db: fixture.database.db, logger: silentLogger },
    {
      ...byAPerson(),
      tokenHash: hashSurveyToken(token),
      score,
      comment: '',
      policy,
      now: later(1),
      ...parts,
    },
  );
async function perform(now = later(1)): Promise<void> {
  const sender = createSmtpMailSender({ url: fixture.smtp().url, from: 'support@northwind.test' });
  const person = async (id: number) => (fixture.people.get(id) ?? null) as never;
  const deps = {
    mail: { sender, canSend: () => true },
    directory: { person },
    policy: () => policy,
    randomBytes,
    clock: () => now.getTime(),
  };
  const { db } = fixture.database;
  const kinds = [thankYouEffect({ ...deps, db, publicUrl: 'https://surveys.northwind.test' })];
  await createOutbox({ db, kinds, logger: silentLogger }).perform();
  sender.close();
}

test('a promoter is thanked once, by name, with a link that unsubscribes', async () => {
  await givenAsked('a');
  await answer('a', 9);
  await answer('a', 10, { comment: 'Great', now: later(2) });
  await perform();
  const [mail] = fixture.smtp().mails;
  expect(fixture.smtp().mails).toHaveLength(1);
  expect(mail?.subject).toBe('Thank you from Northwind Outdoor');
  expect(mail?.text).toContain('Ana Díaz');
  expect(mail?.text).toContain('Thank you for recommending Northwind Outdoor.');
  expect(mail?.html).toContain('https://reviews.example.com/northwind');
  const token = /\/u\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
  expect(await findSubscriber(fixture.database.db, hashSurveyToken(token))).toMatchObject({
    email: 'customer-501@example.com',
  });
});

test('a name with dollar signs stands in the texts of the policy as it is', () => {
  const texts = { en: { subject: 'From {company}', text: '{agent} of {company} thanks you.' } };
  const mail = composeThankYouMail({
    invitationId: 1,
    to: { name: '', address: 'a@example.com' },
    locale: 'en',
    agent: "Kim $& Co $'",
    policy: { ...aPolicy({ nps: { ...nps, thank_you: { ...rule, texts } } }), company: 'Cash$$ {agent}' },
    brand: null,
    token: 'token',
    publicUrl: 'https://surveys.northwind.test',
  });
  expect(mail.subject).toBe('From Cash$$ {agent}');
  expect(mail.text).toContain("Kim $& Co $' of Cash$$ {agent} thanks you.");
});

test('whom a link belongs to is found without reading all invitations', async () => {
  for (let each = 0; each < 30; each += 1) await givenAsked(`a-${each}`);
  await fixture.database.db.execute(sql`ANALYZE`);
  const read = await fixture.database.db.transaction(async (tx) => {
    await tx.execute(sql`SET LOCAL enable_seqscan = off`);
    await findSubscriber(tx, hashSurveyToken('a-7'));
    await findSubscriber(tx, hashSurveyToken('unknown'));
    const { rows } = await tx.execute<{ n: number }>(sql`SELECT (seq_tup_read + idx_tup_fetch)::int AS n
      FROM pg_stat_xact_user_tables WHERE relname = 'invitations'`);
    return rows[0]?.n;
  });
  // To look at all of them would read 30 for each.
  expect(read).toBeLessThan(30);
});

test('nobody else is thanked, and no promoter again before the time of the policy', async () => {
  await givenAsked('a');
  await answer('a', 8);
  await givenAsked('b');
  await answer('b', 10);
  await givenAsked('c');
  await answer('c', 10, { now: later(100) });
  await perform();
  expect(fixture.smtp().mails).toHaveLength(1);
  await givenAsked('d');
  await answer('d', 10, { now: later(200) });
  await perform();
  expect(fixture.smtp().mails).toHaveLength(2);
});

test.each([
  [
    'has unsubscribed',
    () => unsubscribe(fixture.database.db, { email: 'customer-501@example.com', requesterId: 501 }, later(1)),
  ],
  [
    'has another address and unsubscribed it',
    async () => {
      fixture.addPerson(501, { email: 'Ana@new.example' });
      await unsubscribe(fixture.database.db, { email: 'ana@new.example', requesterId: 501 }, later(1));
    },
  ],
  [
    'had unsubscribed at a former address',
    async () => {
      await fixture.givenDue(77, { state: 'sent', sentAt: later(-90), recipient: 'older@example.com' });
      await unsubscribe(fixture.database.db, { email: 'older@example.com', requesterId: 501 }, later(1));
    },
  ],
  ['has changed the answer', () => answer('a', 3, { now: later(2) })],
  ['is gone', async () => fixture.people.clear()],
])('a customer who %s meanwhile gets no mail', async (_what, meanwhile) => {
  await givenAsked('a');
  await answer('a', 10);
  await meanwhile();
  await perform();
  expect(fixture.smtp().mails).toEqual([]);
  expect(await fixture.database.db.select().from(outbox)).toContainEqual(
    expect.objectContaining({ kind: 'thank_you_mail', state: 'cancelled' }),
  );
});

test('nobody is thanked while surveys pause, and everybody after it', async () => {
  await givenAsked('a');
  await answer('a', 10);
  await pauseSurveys(fixture.database.db, MONDAY_NOON);
  await perform();
  expect(fixture.smtp().mails).toEqual([]);
  await resumeSurveys(fixture.database.db, later(1));
  await fixture.database.db.update(outbox).set({ dueAt: sql`now()` });
  await perform();
  expect(fixture.smtp().mails).toHaveLength(1);
});

test('whose thanks were cancelled is thanked for the next answer, or for the same one after all', async () => {
  await givenAsked('a');
  await answer('a', 10);
  await answer('a', 3, { now: later(2) });
  await perform();
  await givenAsked('b');
  await answer('b', 9, { now: later(3) });
  await perform();
  expect(fixture.smtp().mails).toHaveLength(1);
  fixture.addPerson(502);
  await givenAsked('c', 502);
  await answer('c', 10);
  await answer('c', 3, { now: later(2) });
  await perform();
  await answer('c', 10, { now: later(3) });
  await perform();
  expect(fixture.smtp().mails).toHaveLength(2);
});

test('a mail of which nobody knows whether it was sent is not sent again', async () => {
  fixture.smtp().setMode('disconnects_after_message');
  await givenAsked('a');
  await answer('a', 10);
  await perform();
  fixture.smtp().setMode('accepts');
  await perform();
  expect(fixture.smtp().mails).toHaveLength(1);
  expect(await fixture.database.db.select().from(outbox)).toContainEqual(
    expect.objectContaining({ kind: 'thank_you_mail', state: 'parked' }),
  );
});

const sends = () =>
  readSends(fixture.database.db, { from: later(-30), to: later(60), timeZone: 'UTC' }).then((months) =>
    months.filter(({ thanks }) => thanks > 0).map(({ month, thanks }) => ({ month, thanks })),
  );

test.each(['greylists', 'refuses_content', 'disconnects_before_message'] as const)(
  'thanks count as sent once the mail server took them, in the month of that: first it %s',
  async (mode) => {
    fixture.smtp().setMode(mode);
    await givenAsked('a');
    await answer('a', 10);
    await perform();
    expect(await sends()).toEqual([]);
    fixture.smtp().setMode('accepts');
    await fixture.database.db.update(outbox).set({ dueAt: sql`now()`, state: 'waiting' });
    await perform(later(9));
    expect(await sends()).toEqual([{ month: '2026-12', thanks: 1 }]);
  },
);

test('thanks of which nobody knows whether they were sent count', async () => {
  fixture.smtp().setMode('disconnects_after_message');
  await givenAsked('a');
  await answer('a', 10);
  await perform();
  expect(await sends()).toEqual([{ month: '2026-11', thanks: 1 }]);
});

test('thanks wait for the send window, on the customer’s clock', async () => {
  policy = aPolicy({ nps, send_window: { 'mon-fri': '09:00-18:00' } });
  fixture.addPerson(501, { timeZone: 'Asia/Tokyo' });
  await givenAsked('a');
  await answer('a', 10);
  const before = Date.now();
  await perform(later(SUNDAY));
  expect([fixture.smtp().mails, await sends()]).toEqual([[], []]);
  const [entry] = await fixture.database.db.select().from(outbox);
  const opens = Date.parse('2026-11-30T00:00:00Z') - later(SUNDAY).getTime();
  expect(entry?.dueAt.getTime()).toBeGreaterThanOrEqual(before + opens);
  await fixture.database.db.update(outbox).set({ dueAt: sql`now()` });
  await perform(later(7));
  expect(fixture.smtp().mails).toEqual([]);
  await fixture.database.db.update(outbox).set({ dueAt: sql`now()` });
  await perform(new Date('2026-12-01T01:00:00Z'));
  expect(fixture.smtp().mails).toHaveLength(1);
});
