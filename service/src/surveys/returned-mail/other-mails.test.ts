// Mails of ours that came back, or were complained about, and that are not the survey but answer, quote or forward it.
import express from 'express';
import request from 'supertest';
import { createMailEntrance } from '../pages/create-mail-entrance.ts';
import { unsubscribed } from '../tables.ts';
import { createSendingFixture, type SendingFixture } from '../testing/sending-fixture.ts';

const CUSTOMER = 'customer-501@example.com';
const COLLEAGUE = 'boss@elsewhere.test';

let fixture: SendingFixture;
beforeAll(async () => {
  fixture = await createSendingFixture();
});
afterAll(() => fixture.database.drop());
beforeEach(() => fixture.reset());
afterEach(() => fixture.close());

async function post(mail: string): Promise<{ outcome: string }> {
  const logger = { info: () => undefined, warn: () => undefined };
  const deps = { db: fixture.database.db, secret: 'secret', clock: () => fixture.now().getTime(), logger };
  const { body } = await request(express().use(createMailEntrance(deps)))
    .post('/survey-mail')
    .set('authorization', 'Bearer secret')
    .type('message/rfc822')
    .send(mail.replaceAll('\n', '\r\n'))
    .expect(200);
  return body;
}

/** What the survey mail that was sent has. */
interface Survey {
  id: string;
  link: string;
}

async function givenSent(): Promise<Survey> {
  await fixture.givenDue();
  await expect(fixture.send()).resolves.toMatchObject({ sent: 1 });
  const [mail] = fixture.smtp().mails;
  const link = /https:\/\/[^"]+\/u\/[\w-]{43}/.exec(JSON.stringify(mail?.headers.get('list')))?.[0] ?? '';
  return { id: mail?.messageId ?? '', link };
}

const report = (type: string, machine: string, returned: string, part = 'message/rfc822') =>
  `From: MAILER-DAEMON@mx.test\nContent-Type: multipart/report; report-type=${type}; boundary=b\n\n--b\nContent-Type: text/plain\n\nSorry.\n\n--b\nContent-Type: message/${type}\n\n${machine}\n\n--b\nContent-Type: ${part}\n\n${returned}\n\n--b--\n`;
const dsn = (returned: string, address = COLLEAGUE, part?: string) =>
  report(
    'delivery-status',
    `Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; ${address}\nAction: failed\nStatus: 5.1.1`,
    returned,
    part,
  );
const arf = (returned: string, fields = '') => report('feedback-report', `Feedback-Type: abuse${fields}`, returned);
const text = (said: string, fields = '') =>
  `From: MAILER-DAEMON@mx.test\nSubject: failure notice\n${fields}\n${said}\n`;

const ID = 'Message-ID: <reply-1@northwind.test>';
const TO = `To: ${CUSTOMER}\nCc: ${COLLEAGUE}`;
const QMAIL = 'Hi. This is the qmail-send program at mx.test.\nI was not able to deliver your message.\n\n';
const EXIM = `A message that you sent could not be delivered.\n\n  ${COLLEAGUE}\n    550 5.1.1 User unknown\n\n------ This is a copy of the message, including all the headers. ------\n\n`;
const UNKNOWN = `<${COLLEAGUE}>:\n550 5.1.1 user unknown\n\n--- Below this line is a copy of the message.\n\n`;

const OTHERS: [string, (survey: Survey) => string][] = [
  ['an answer, by its References', ({ id }) => dsn(`${ID}\n${TO}\nReferences: ${id}`)],
  ['an answer, by its In-Reply-To', ({ id }) => dsn(`${ID}\n${TO}\nIn-Reply-To: ${id}`)],
  [
    'an answer whose headers alone are enclosed',
    ({ id }) => dsn(`${ID}\nReferences: ${id}`, COLLEAGUE, 'text/rfc822-headers'),
  ],
  [
    'an answer with folded headers',
    ({ id }) => dsn(`message-id:\n <reply-1@northwind.test>\nreferences: <a@b.test>\n ${id}`),
  ],
  ['an answer without a Message-ID', ({ id }) => dsn(`Subject: Re: How did we do?\nReferences: ${id}`)],
  ['an answer that quotes the link', ({ link }) => dsn(`${ID}\n${TO}\n\nHello\n\n> No more mails: ${link}`)],
  [
    'an answer that quotes the headers',
    ({ id, link }) => dsn(`${ID}\n${TO}\n\nHello\n\n> Message-ID: ${id}\n> List-Unsubscribe: <${link}>`),
  ],
  [
    'a mail that forwards the survey',
    ({ id, link }) => dsn(`${ID}\nX-Forwarded-Message-Id: ${id}\n\nMessage-ID: ${id}\n\n${link}`),
  ],
  [
    'an answer with the link of a list',
    ({ id }) => dsn(`${ID}\nList-Unsubscribe: <https://lists.test/u/${'x'.repeat(43)}>\nReferences: ${id}`),
  ],
  [
    'an answer, in a report that names the survey as answered',
    ({ id }) => `In-Reply-To: ${id}\n${dsn(`${ID}\nReferences: ${id}`)}`,
  ],
  ['an answer, in qmail’s words', ({ id }) => text(`${QMAIL}${UNKNOWN}${ID}\n${TO}\nReferences: ${id}`)],
  [
    'an answer that qmail quotes',
    ({ id, link }) => text(`${QMAIL}${UNKNOWN}${ID}\n\nHello\n\n> Message-ID: ${id}\n> ${link}`),
  ],
  [
    'an answer, in Exim’s words',
    ({ id, link }) => text(`${EXIM}${ID}\nIn-Reply-To: ${id}\n\n${link}`, `X-Failed-Recipients: ${COLLEAGUE}\n`),
  ],
  [
    'an answer, indented',
    ({ id }) => text(`${QMAIL}<${COLLEAGUE}>:\n550 5.1.1 user unknown\n\n  > ${ID}\n  > References: ${id}`),
  ],
  [
    'an answer of which only References are told',
    ({ id }) => text(`${QMAIL}<${COLLEAGUE}>:\n550 5.1.1 user unknown\n\nReferences: ${id}`),
  ],
  [
    'an answer that a colleague complains about',
    ({ id }) => arf(`${ID}\n${TO}\nReferences: ${id}`, `\nOriginal-Rcpt-To: ${COLLEAGUE}`),
  ],
  ['an answer that one of two complains about', ({ id, link }) => arf(`${ID}\n${TO}\nReferences: ${id}\n\n> ${link}`)],
  ['an answer to two that one complains about', ({ link }) => arf(`${ID}\nTo: ${CUSTOMER}, ${COLLEAGUE}\n\n> ${link}`)],
  [
    'an answer that a colleague at outlook.com complains about',
    ({ id }) =>
      `From: staff@hotmail.test\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nX-HmXmrOriginalRecipient: ${COLLEAGUE}\n${ID}\nReferences: ${id}\n\n--b--\n`,
  ],
];

test.each(OTHERS)('%s says nothing of the survey’s customer', async (_what, mail) => {
  const survey = await givenSent();
  const written = mail(survey);
  expect(written.includes(survey.id) || written.includes(survey.link)).toBe(true);
  expect(await post(written)).toMatchObject({ outcome: expect.stringMatching(/^(?:unproven|nothing)$/) });
  expect(await fixture.database.db.select().from(unsubscribed)).toEqual([]);
  await expect(fixture.stored()).resolves.toMatchObject([{ state: 'sent', reason: null }]);
});

const REPLACED = 'Message-ID: <010f@mail.provider.test>';
const THEIRS: [string, (survey: Survey) => string][] = [
  ['an answer that could not reach the customer', ({ id }) => dsn(`${ID}\nReferences: ${id}`, CUSTOMER)],
  ['an answer that the customer complains about', ({ link }) => arf(`${ID}\nTo: ${CUSTOMER}\n\n> ${link}`)],
  [
    'an answer to two that the customer complains about',
    ({ id }) => arf(`${ID}\n${TO}\nReferences: ${id}`, `\nOriginal-Rcpt-To: ${CUSTOMER}`),
  ],
  [
    'the survey, with a Message-ID of the provider',
    ({ link }) => dsn(`${REPLACED}\nList-Unsubscribe: <${link}>`, CUSTOMER),
  ],
  [
    'the survey, complained about, with a Message-ID of the provider',
    ({ link }) => arf(`${REPLACED}\nList-Unsubscribe: <mailto:a@b.test>,\n <${link}>`),
  ],
  [
    'the survey, whose own Message-ID the provider keeps',
    ({ id }) => dsn(`${REPLACED}\nX-Google-Original-Message-ID: ${id}`, CUSTOMER),
  ],
  [
    'the survey, whose own Message-ID the report keeps',
    ({ id }) => dsn(REPLACED, CUSTOMER).replace('Reporting-MTA', `X-Original-Message-ID: ${id}\nReporting-MTA`),
  ],
  [
    'the survey, which a rule forwarded',
    ({ id }) => dsn(`Message-ID: ${id}\nReferences: <older@northwind.test>`, CUSTOMER),
  ],
  [
    'the survey, in qmail’s words',
    ({ id }) => text(`${QMAIL}${UNKNOWN.replace(COLLEAGUE, CUSTOMER)}Message-ID: ${id}\nTo: ${CUSTOMER}`),
  ],
  [
    'the survey, as text with the link alone',
    ({ link }) => text(`${QMAIL}${UNKNOWN.replace(COLLEAGUE, CUSTOMER)}${REPLACED}\nList-Unsubscribe: <${link}>`),
  ],
  [
    'the survey, as text without headers',
    ({ link }) => text(`${QMAIL}${UNKNOWN.replace(COLLEAGUE, CUSTOMER)}How did we do?\n${link}`),
  ],
];

test.each(THEIRS)('%s suppresses the customer', async (_what, mail) => {
  expect(await post(mail(await givenSent()))).toMatchObject({ outcome: 'suppressed' });
  expect(await fixture.database.db.select().from(unsubscribed)).toMatchObject([{ email: CUSTOMER }]);
});
