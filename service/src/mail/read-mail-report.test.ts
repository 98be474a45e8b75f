// The mails are those that the named programs write, with other addresses.
import { readMailReport } from './read-mail-report.ts';

const ID = '<survey.41.7.1795453200@surveys.northwind.test>';
const RETURNED = `Message-ID: ${ID}\nFrom: Northwind <support@northwind.test>\nTo: ana@customers.test\nSubject: How did we do?`;

const raw = (text: string): Buffer => Buffer.from(text.replaceAll('\n', '\r\n'));

interface Report {
  from: string;
  subject: string;
  text: string;
  /** The machine-readable part; its type is that of the report. */
  machine: string;
  type?: string;
  report?: string;
  returned?: string | null;
  extra?: string;
}

function aReport({
  from,
  subject,
  text,
  machine,
  type = 'message/delivery-status',
  report = 'delivery-status',
  returned = RETURNED,
  extra = '',
}: Report): Buffer {
  const enclosed = returned === null ? '' : `--b\nContent-Type: message/rfc822\n\n${returned}\n\nHello Ana\n`;
  return raw(
    `From: ${from}\nTo: support@northwind.test\nSubject: ${subject}\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n${extra}` +
      `Content-Type: multipart/report; report-type=${report}; boundary="b"\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n${text}\n` +
      `--b\nContent-Type: ${type}\n\n${machine}\n\n${enclosed}--b--\n`,
  );
}

const dsn = (status: string, diagnosis: string, action = 'failed') =>
  `Reporting-MTA: dns; mx.test\n\nFinal-Recipient: rfc822; ana@customers.test\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; ${diagnosis}`;

const gone = { kind: 'bounce', addresses: ['ana@customers.test'], permanent: true, messageId: ID };
const passing = { ...gone, permanent: false };

test.each([
  [
    'Postfix',
    aReport({
      from: 'MAILER-DAEMON@mx.northwind.test (Mail Delivery System)',
      subject: 'Undelivered Mail Returned to Sender',
      text: 'This is the mail system at host mx.northwind.test.\n\n<ana@customers.test>: host mx.customers.test said: 550 5.1.1 User unknown',
      machine:
        'Reporting-MTA: dns; mx.northwind.test\nX-Postfix-Queue-ID: 4F1\nArrival-Date: Mon, 23 Nov 2026 12:00:00 -0500\n\nFinal-Recipient: rfc822; ana@customers.test\nOriginal-Recipient: rfc822;ana@customers.test\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.customers.test\nDiagnostic-Code: smtp; 550 5.1.1 <ana@customers.test>: Recipient address rejected:\n    User unknown in virtual mailbox table',
    }),
  ],
  [
    'Exchange Online, in German',
    aReport({
      from: 'postmaster@customers.onmicrosoft.com',
      subject: 'Unzustellbar: How did we do?',
      text: 'Ihre Nachricht konnte an ana@customers.test nicht übermittelt werden. ana wurde bei customers.test nicht gefunden.',
      machine: dsn(
        '5.1.10',
        '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ana@customers.test not found by SMTP address lookup',
      ),
    }),
  ],
  [
    'Exchange Online, in Spanish, for a recipient its directory does not know',
    aReport({
      from: 'postmaster@customers.test',
      subject: 'No se puede entregar: How did we do?',
      text: 'No se pudo entregar el mensaje a ana@customers.test.',
      machine: dsn('5.4.1', '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)'),
    }),
  ],
  [
    'Gmail',
    aReport({
      from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
      subject: 'Delivery Status Notification (Failure)',
      text: '** Address not found **\n\nYour message wasn’t delivered to ana@customers.test because the address couldn’t be found.',
      machine: dsn(
        '5.1.1',
        '550-5.1.1 The email account that you tried to reach does not exist. Please try\n 550 5.1.1 double-checking the recipient’s email address',
      ),
      extra: 'X-Failed-Recipients: ana@customers.test\n',
    }),
  ],
  [
    'Amazon SES',
    aReport({
      from: 'MAILER-DAEMON@amazonses.com',
      subject: 'Delivery Status Notification (Failure)',
      text: 'An error occurred while trying to deliver the mail to the following recipients:\nana@customers.test',
      machine:
        'Reporting-MTA: dsn; a8-50.smtp-out.amazonses.com\n\nAction: failed\nFinal-Recipient: rfc822; ana@customers.test\nDiagnostic-Code: smtp; 550 5.1.1 user unknown\nStatus: 5.1.1',
    }),
  ],
  [
    'Sendmail, for a host that does not exist',
    aReport({
      from: 'Mail Delivery Subsystem <MAILER-DAEMON@relay.northwind.test>',
      subject: 'Returned mail: see transcript for details',
      text: '   ----- The following addresses had permanent fatal errors -----\n<ana@customers.test>\n    (reason: 550 Host unknown)',
      machine:
        'Reporting-MTA: dns; relay.northwind.test\nReceived-From-MTA: DNS; localhost\n\nFinal-Recipient: RFC822; ana@customers.test\nAction: failed\nStatus: 5.1.2\nRemote-MTA: DNS; customers.test\nLast-Attempt-Date: Mon, 23 Nov 2026 12:00:00 GMT',
    }),
  ],
  [
    'Exim',
    raw(
      `From: Mail Delivery System <Mailer-Daemon@mail.northwind.test>\nTo: support@northwind.test\nSubject: Mail delivery failed: returning message to sender\nX-Failed-Recipients: ana@customers.test\nAuto-Submitted: auto-replied\n\nThis message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ana@customers.test\n    host mx.customers.test [192.0.2.7]\n    SMTP error from remote mail server after RCPT TO:<ana@customers.test>:\n    550 No such user here\n\n------ This is a copy of the message, including all the headers. ------\n\nReturn-path: <support@northwind.test>\n${RETURNED}\n`,
    ),
  ],
  [
    'qmail',
    raw(
      `From: MAILER-DAEMON@mail.customers.test\nTo: support@northwind.test\nSubject: failure notice\n\nHi. This is the qmail-send program at mail.customers.test.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<ana@customers.test>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <support@northwind.test>\n${RETURNED}\n`,
    ),
  ],
])('%s says that the address is gone', async (_program, mail) => {
  expect(await readMailReport(mail)).toMatchObject(gone);
});

test.each([
  ['a full mailbox', '5.2.2', '552 5.2.2 Mailbox size limit exceeded; over quota'],
  ['a refusal as spam', '5.7.1', '554 5.7.1 Message rejected as spam by Content Filtering'],
  [
    'a blocked sender that is told as an unknown user',
    '5.0.0',
    '550 user unknown or blocked by reputation, see policy',
  ],
  [
    'a mail that expired in the queue',
    '4.4.7',
    'delivery temporarily suspended: connect to mx.customers.test: timed out',
  ],
  ['a mail that is too large', '5.3.4', '552 5.3.4 Message too large'],
])('%s may pass', async (_what, status, diagnosis) => {
  const mail = aReport({
    from: 'MAILER-DAEMON@mx.test',
    subject: 'Undelivered',
    text: 'Sorry',
    machine: dsn(status, diagnosis),
  });
  expect(await readMailReport(mail)).toMatchObject(passing);
});

const report = (machine: string, parts: Partial<Report> = {}) =>
  aReport({ from: 'MAILER-DAEMON@mx.test', subject: 'Report', text: 'See below', machine, ...parts });
const feedback = (type: string, more = '') => `Feedback-Type: ${type}\nUser-Agent: Provider/1.0\nVersion: 1${more}`;
const arf = { type: 'message/feedback-report', report: 'feedback-report' };

test('a complaint names the address, or only the mail where the provider keeps the address to itself', async () => {
  const told = report(
    feedback('abuse', '\nOriginal-Rcpt-To: <ANA@customers.test>\nArrival-Date: Mon, 23 Nov 2026 12:00:00 GMT'),
    arf,
  );
  expect(await readMailReport(told)).toEqual({
    kind: 'complaint',
    addresses: ['ana@customers.test'],
    messageId: ID,
    token: null,
    isMention: false,
  });
  const returned = RETURNED.replace('ana@customers.test', 'undisclosed');
  expect(await readMailReport(report(feedback('abuse'), { ...arf, returned }))).toEqual({
    kind: 'complaint',
    addresses: [],
    messageId: ID,
    token: null,
    isMention: false,
  });
});

test.each([
  ['a delay', report(dsn('4.4.1', '451 4.4.1 No answer from host', 'delayed'))],
  ['a success', report(dsn('2.0.0', '250 OK', 'delivered'))],
  ['a relay', report(dsn('2.0.0', '250 OK', 'relayed'))],
  ['a complaint that was withdrawn', report(feedback('not-spam'), arf)],
  ['a failed authentication', report(feedback('auth-failure'), arf)],
  [
    'a receipt of reading',
    report(
      'Reporting-UA: Outlook\nFinal-Recipient: rfc822;ana@customers.test\nDisposition: manual-action/MDN-sent-manually; displayed',
      {
        type: 'message/disposition-notification',
        report: 'disposition-notification',
      },
    ),
  ],
  [
    'an out-of-office reply',
    raw(
      `From: Ana <ana@customers.test>\nSubject: Automatische Antwort: How did we do?\nAuto-Submitted: auto-replied\nIn-Reply-To: ${ID}\n\nI am away. Mails to ana@customers.test are not read; user unknown until Monday.\n`,
    ),
  ],
  [
    'a warning of Exim',
    raw(
      'From: Mailer-Daemon@mail.test\nSubject: Warning: message delayed 24 hours\nX-Failed-Recipients: ana@customers.test\n\nThis message was created automatically by mail delivery software.\n',
    ),
  ],
  [
    'a person’s mail',
    raw(
      'From: ana@customers.test\nSubject: Re: How did we do?\n\nThe mailbox ben@customers.test does not exist any more.\n',
    ),
  ],
  ['nothing at all', Buffer.alloc(0)],
  ['what is no mail', Buffer.from([0, 255, 254, 13, 10, 58, 58])],
])('%s does nothing', async (_what, mail) => {
  expect(await readMailReport(mail)).toEqual({ kind: 'other' });
});

test('a complaint is known by the mail’s link in an enclosed text, where servers replace the Message-ID', async () => {
  const token = 'T'.repeat(43);
  const returned = `Message-ID: <010@mail.provider.test>\nTo: ana@customers.test\n\nNo more: https://surveys.northwind.test/u/${token.slice(0, 20)}=\n${token.slice(20)}`;
  expect(await readMailReport(report(feedback('abuse'), { ...arf, returned }))).toMatchObject({ token });
});

// With an expression that tries each beginning of a long word, these tests run for minutes.
describe('what is longer than any address', () => {
  const LONG = 500_000;

  test('is no recipient, and the mail is read without it', async () => {
    const machine = dsn('5.1.1', 'user unknown').replace('ana@', `${'a'.repeat(LONG)}@`);
    const mail = aReport({ from: 'MAILER-DAEMON@mx.test', subject: 'Failed', text: 'Failed', machine });
    expect(await readMailReport(mail)).toMatchObject({ permanent: true, addresses: [], messageId: ID });
  });

  test('is no id of the mail that came back', async () => {
    const returned = `Message-ID: <${'@'.repeat(LONG)}\nTo: ana@customers.test`;
    const machine = dsn('5.1.1', 'user unknown');
    const mail = aReport({ from: 'MAILER-DAEMON@mx.test', subject: 'Failed', text: 'Failed', machine, returned });
    expect(await readMailReport(mail)).toMatchObject({ addresses: ['ana@customers.test'], messageId: null });
  });

  test('is no address in the text of a program that writes no report', async () => {
    const text = `Hi. This is the qmail-send program at mx.test.\n${'a@'.repeat(LONG / 2)}:x\n<ana@customers.test>:\n550 no mailbox here by that name\n`;
    const mail = raw(`From: MAILER-DAEMON@mx.test\nSubject: failure notice\nContent-Type: text/plain\n\n${text}`);
    expect(await readMailReport(mail)).toMatchObject({ permanent: true, addresses: ['ana@customers.test'] });
  });
});
