import express from 'express';
import request from 'supertest';
import { people } from '../../directory/tables.ts';
import { surveyErasing } from '../erasing.ts';
import { hashAddress } from '../hash-address.ts';
import { createMailEntrance } from '../pages/create-mail-entrance.ts';
import { invitations, unsubscribed } from '../tables.ts';
import { createSendingFixture, type SendingFixture } from '../testing/sending-fixture.ts';
import { aRequester } from '../testing/survey-fixtures.ts';

const SECRET = 'a secret of the mail server';
let fixture: SendingFixture;
beforeAll(async () => {
  fixture = await createSendingFixture();
});
afterAll(() => fixture.database.drop());
beforeEach(() => fixture.reset());
afterEach(() => fixture.close());

const logger = { info: () => undefined, warn: () => undefined };
const post = (mail: string, secret: string | null = SECRET) => {
  const deps = { db: fixture.database.db, secret: SECRET, clock: () => fixture.now().getTime(), logger };
  const sent = request(express().use(createMailEntrance(deps)))
    .post('/survey-mail')
    .type('message/rfc822');
  return (secret === null ? sent : sent.set('authorization', `Bearer ${secret}`)).send(mail);
};
const bounce = (status: string, messageId: string, address: string) =>
  `From: MAILER-DAEMON@mx.test\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; ${address}\r\nAction: failed\r\nStatus: ${status}\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${messageId}\r\n\r\n--b--\r\n`;
const complaint = (messageId: string) =>
  `From: fbl@mx.test\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${messageId}\r\n\r\n--b--\r\n`;
const list = async () => (await fixture.database.db.select().from(unsubscribed)).map(({ email }) => email);

async function givenSent(returnAddress?: string) {
  await fixture.givenDue();
  await expect(fixture.send({ returnAddress })).resolves.toMatchObject({ sent: 1 });
  const [mail] = fixture.smtp().mails;
  return { messageId: mail?.messageId ?? '', unsubscribe: mail?.headers.get('list') };
}

test('a bounce for good suppresses the address for all surveys, under its recorded spelling', async () => {
  const { messageId } = await givenSent();
  await post(bounce('5.1.1', messageId, 'Customer-501@Example.com')).expect(200, {
    outcome: 'suppressed',
    reason: 'bounced',
  });
  await expect(fixture.stored()).resolves.toMatchObject([{ state: 'sent', reason: 'bounced', detail: '5.1.1' }]);
  const [kept] = await fixture.database.db.select().from(unsubscribed);
  expect(kept).toMatchObject({ email: 'customer-501@example.com', byCustomer: false });
  fixture.setTime(40 * 86_400_000);
  await fixture.givenDue(8, { dueAt: fixture.now() });
  await expect(fixture.send()).resolves.toMatchObject({ sent: 0, cancelled: 1 });
});

describe('a customer who does not want surveys is not asked at a new address either', () => {
  const OLD = 'customer-501@example.com';
  const later = async (requesterId = 501) => {
    fixture.addPerson(requesterId, { email: 'newer@example.com' });
    fixture.setTime(90 * 86_400_000);
    const { id } = await fixture.givenDue(8, { requesterId, dueAt: fixture.now() });
    await fixture.send();
    return (await fixture.stored()).find((each) => each.id === id)?.reason;
  };
  const given = async (...happened: readonly ('wish' | 'bounce' | 'complaint')[]) => {
    const { messageId, unsubscribe } = await givenSent('surveys@northwind.test');
    const subject = /subject=(unsubscribe%20[\w-]{43})/.exec(JSON.stringify(unsubscribe))?.[1] ?? '';
    const mails = {
      wish: `From: a@b.test\r\nSubject: ${decodeURIComponent(subject)}\r\n\r\n`,
      bounce: bounce('5.1.1', messageId, OLD),
      complaint: complaint(messageId),
    };
    for (const each of happened) await post(mails[each]).expect(200, /suppressed/);
  };

  test.each([
    ['unsubscribed, after which the old one bounced', ['wish', 'bounce'], 'unsubscribed'],
    ['unsubscribed after the old one had bounced', ['bounce', 'wish'], 'unsubscribed'],
    ['complained, after which the old one bounced', ['complaint', 'bounce'], 'unsubscribed'],
    ['complained after the old one had bounced', ['bounce', 'complaint'], 'unsubscribed'],
    ['did neither, as the old one only bounced', ['bounce', 'bounce'], null],
  ] as const)('%s', async (_name, happened, reason) => {
    await given(...happened);
    expect(await later()).toBe(reason);
  });

  test('when the old survey is kept no longer', async () => {
    await given('wish', 'bounce');
    await fixture.database.db.delete(invitations);
    expect(await later()).toBe('unsubscribed');
  });

  test.each([
    ['wish', 'unsubscribed'],
    ['bounce', null],
  ] as const)('of a user who is merged into theirs the %s holds, or not: %s', async (happened, reason) => {
    const { db } = fixture.database;
    await given(happened);
    const other = {
      id: 502,
      name: 'Ana',
      email: 'new@example.com',
      role: 'end-user',
      fetchedAt: fixture.now(),
    } as const;
    await db.insert(people).values(other);
    await db.transaction((tx) => surveyErasing.onMergeCustomers(tx, { from: 501, into: 502 }));
    await db.delete(invitations);
    await db.update(people).set({ email: 'newer@example.com' });
    expect(await later(502)).toBe(reason);
  });

  test('when they were forgotten, of which no address is left', async () => {
    await given('bounce', 'wish');
    const { db } = fixture.database;
    const erasure = { ids: [501], addresses: ['new@example.com'], now: fixture.now() };
    await db.transaction((tx) => surveyErasing.onEraseCustomers(tx, erasure));
    expect(await list()).toEqual([hashAddress(OLD)]);
    expect(await later()).toBe('unsubscribed');
    fixture.people.set(503, aRequester({ id: 503, email: OLD }));
    const { id } = await fixture.givenDue(9, { requesterId: 503, dueAt: fixture.now() });
    await fixture.send();
    expect((await fixture.stored()).find((each) => each.id === id)?.reason).toBe('unsubscribed');
  });
});

test('a bounce that may pass is noted and suppresses nobody', async () => {
  const { messageId } = await givenSent();
  await post(bounce('5.2.2', messageId, 'customer-501@example.com')).expect(200, { outcome: 'noted' });
  await expect(fixture.stored()).resolves.toMatchObject([{ reason: 'bounced_this_time' }]);
  expect(await list()).toEqual([]);
});

const block = (address: string, status: string, action = 'failed') =>
  `Final-Recipient: rfc822; ${address}\r\nAction: ${action}\r\nStatus: ${status}`;
const qmail =
  (...failures: readonly string[]) =>
  (messageId: string) =>
    `From: MAILER-DAEMON@mx.test\r\nSubject: failure notice\r\n\r\n${failures.join('\r\n\r\n')}\r\n\r\n--- Below this line is a copy of the message.\r\n\r\nMessage-ID: ${messageId}\r\n`;
const blocks =
  (...told: readonly string[]) =>
  (messageId: string) =>
    bounce('5.1.1', messageId, 'x@example.com').replace(block('x@example.com', '5.1.1'), () => told.join('\r\n\r\n'));
const OURS = 'customer-501@example.com';
const OTHERS = 'other@example.com';

test.each([
  ['ours is full, another is gone', blocks(block(OURS, '4.2.2'), block(OTHERS, '5.1.1'))],
  ['ours is a list of which a member is gone', blocks(block(OURS, '2.0.0', 'expanded'), block(OTHERS, '5.1.1'))],
  ['ours sends on to one that is gone', blocks(block(OTHERS, '5.1.1'))],
  ['qmail says so of the one that ours sends on to', qmail(`<${OTHERS}>:\r\n550 5.1.1 user unknown`)],
  [
    'ours is full and another is gone, in qmail’s words',
    qmail(`<${OURS}>:\r\n452 4.2.2 mailbox full`, `<${OTHERS}>:\r\n550 5.1.1 user unknown`),
  ],
  [
    'the same, in Exim’s words',
    (messageId: string) =>
      `X-Failed-Recipients: ${OURS},\r\n  ${OTHERS}\r\n${qmail(`  ${OURS}\r\n    452 4.2.2 mailbox full`, `  ${OTHERS}\r\n    550 5.1.1 user unknown`)(messageId)}`,
  ],
])('of several addresses that are told only the survey’s own counts: %s', async (_what, mail) => {
  const { messageId } = await givenSent();
  await post(mail(messageId)).expect(200, { outcome: 'noted' });
  expect(await list()).toEqual([]);
});

test('a bounce that tells two addresses suppresses the survey’s if that one is gone', async () => {
  const { messageId } = await givenSent();
  await post(blocks(block(OTHERS, '4.2.2'), block(OURS, '5.1.1'))(messageId)).expect(200, /suppressed/);
  await expect(fixture.stored()).resolves.toMatchObject([{ reason: 'bounced', detail: '5.1.1' }]);
  expect(await list()).toEqual([OURS]);
});

test('a report about an address that got no survey suppresses nobody', async () => {
  await givenSent();
  await post(bounce('5.1.1', '<other@elsewhere.test>', 'victim@example.com')).expect(200, { outcome: 'nothing' });
  expect(await list()).toEqual([]);
});

test('a report that anybody can write, by counting or by the address alone, suppresses nobody', async () => {
  const { messageId } = await givenSent();
  const counted = messageId.replace(/\.[\da-f]{32}@/, '@');
  const guessed = messageId.replace(/\.[\da-f]{32}@/, `.${'0'.repeat(32)}@`);
  expect(new Set([messageId, counted, guessed]).size).toBe(3);
  for (const named of [counted, guessed, '<other@elsewhere.test>'])
    await post(bounce('5.1.1', named, 'customer-501@example.com')).expect(200, { outcome: 'unproven' });
  expect(await list()).toEqual([]);
});

test.each(['In-Reply-To', 'References'])('a bounce that encloses nothing is known by its own %s', async (name) => {
  const { messageId } = await givenSent();
  const enclosed = /--b\r\nContent-Type: text\/rfc822-headers\r\n\r\n.*\r\n\r\n/;
  const bare = bounce('5.1.1', messageId, 'customer-501@example.com').replace(enclosed, '');
  expect(bare).not.toContain(messageId);
  await post(bare).expect(200, { outcome: 'unproven' });
  await post(`${name}: ${messageId}\r\n${bare}`).expect(200, { outcome: 'suppressed', reason: 'bounced' });
  expect(await list()).toEqual(['customer-501@example.com']);
});

test('a text that only answers the mail suppresses the address if it says that this one failed', async () => {
  const { messageId } = await givenSent();
  const text = (address: string) =>
    `From: MAILER-DAEMON@mx.test\r\nIn-Reply-To: ${messageId}\r\nSubject: Undelivered\r\n\r\n${address}\r\n550 5.1.1 user unknown\r\n`;
  await post(text('colleague@elsewhere.test')).expect(200, { outcome: 'unproven' });
  expect(await list()).toEqual([]);
  const named = (address: string) => `${text(address)}\r\nMessage-ID: ${messageId}\r\n`;
  await post(named('colleague@elsewhere.test')).expect(200, { outcome: 'noted' });
  expect(await list()).toEqual([]);
  for (const mail of [text('Customer-501@example.com'), named('customer-501@example.com')])
    await post(mail).expect(200, { outcome: 'suppressed', reason: 'bounced' });
  expect(await list()).toEqual(['customer-501@example.com']);
});

test('a bounce of a mail from before the Message-ID had a proof is known by the link to unsubscribe', async () => {
  const { messageId, unsubscribe } = await givenSent();
  const link = /https:\/\/[^"]+\/u\/[\w-]{43}/.exec(JSON.stringify(unsubscribe))?.[0];
  const older = `${messageId.replace(/\.[\da-f]{32}@/, '@')}\r\nList-Unsubscribe: <${link}>`;
  await post(bounce('5.1.1', older, 'customer-501@example.com')).expect(200, {
    outcome: 'suppressed',
    reason: 'bounced',
  });
  expect(await list()).toEqual(['customer-501@example.com']);
});

test('who holds no secret gets nowhere, and an empty body is told', async () => {
  const { messageId } = await givenSent();
  await post(bounce('5.1.1', messageId, 'customer-501@example.com'), null).expect(401);
  await post(bounce('5.1.1', messageId, 'customer-501@example.com'), 'another secret').expect(401);
  await post('').expect(400);
  expect(await list()).toEqual([]);
});

test('every mail names https and, where it is set, the mailbox, whose mails unsubscribe as one click does', async () => {
  const { unsubscribe } = await givenSent('surveys@northwind.test');
  const written = JSON.stringify(unsubscribe);
  expect(written).toMatch(/https:\/\/surveys\.northwind\.test\/u\/[\w-]{43}/);
  const subject = /subject=(unsubscribe%20[\w-]{43})/.exec(written)?.[1] ?? '';
  await post(`From: a@b.test\r\nSubject: ${decodeURIComponent(subject)}\r\n\r\n`).expect(200, {
    outcome: 'suppressed',
    reason: 'unsubscribed',
  });
  expect(await list()).toEqual(['customer-501@example.com']);
});
