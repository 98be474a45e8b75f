import type { MailMarks } from '../../zendesk/mail-marks.ts';
import { isAutomaticReply } from './automatic-reply.ts';
import { AUTOMATIC_MAILS, HUMAN_MAILS, type Mail } from './testing/mails.ts';

const marks = (part: Partial<MailMarks>): MailMarks => ({ suspension: null, from: null, headers: {}, ...part });
const byCustomer = { body: 'Hello, where is my parcel?', author: 'customer' } as const;

const isAutomatic = ([, body, subject]: Mail): boolean =>
  isAutomaticReply({ body, author: 'customer', ...(subject && { subject }) });

describe('the wording', () => {
  test.each(AUTOMATIC_MAILS.map((mail) => [mail[0], mail] as const))('of a mail program: %s', (_name, mail) =>
    expect(isAutomatic(mail)).toBe(true),
  );

  test.each(HUMAN_MAILS.map((mail) => [mail[0], mail] as const))('of a person: %s', (_name, mail) =>
    expect(isAutomatic(mail)).toBe(false),
  );

  test('counts by mail only, or where the channel is not known', () => {
    const body = 'I am currently out of the office with limited access to my e-mail. I will reply when I return.';
    const by = (channel: string | null) => isAutomaticReply({ body, author: 'customer', channel });
    expect(['email', 'api', null].map(by)).toEqual([true, true, true]);
    expect(['web', 'chat', 'mobile'].map(by)).toEqual([false, false, false]);
  });

  test('of an agent counts for an absence only: macros thank and promise, too', () => {
    const absence = 'I am currently out of the office with limited access to my e-mail. I will reply when I return.';
    const macro =
      'Thank you for contacting us. We have received your request and will get back to you within 2 business days.';
    expect(isAutomaticReply({ body: absence, author: 'agent' })).toBe(true);
    expect(isAutomaticReply({ body: macro, author: 'agent' })).toBe(false);
    expect(isAutomaticReply({ body: macro, author: 'customer' })).toBe(true);
  });

  test('that an answer quotes is not its own', () => {
    const quoted = 'Automatic reply: I am out of the office until Monday with limited access to e-mail.';
    expect(isAutomaticReply({ body: quoted, author: 'customer' })).toBe(true);
    const body = `Thanks, that solved it.\n\nOn Mon, 3 Nov 2025 at 10:12, Support wrote:\n> ${quoted}`;
    expect(isAutomaticReply({ body, author: 'customer' })).toBe(false);
  });
});

describe('the marks of the mail', () => {
  test.each([
    ['auto-submitted', 'auto-replied'],
    ['auto-submitted', 'auto-generated; type=vacation'],
    ['x-auto-response-suppress', 'All'],
    ['x-auto-response-suppress', 'OOF, AutoReply'],
    ['precedence', 'auto_reply'],
    ['precedence', 'bulk'],
    ['precedence', 'junk'],
    ['x-autoreply', 'yes'],
    ['x-autorespond', 'Out of office'],
    ['x-failed-recipients', 'jan@mail.test'],
    ['return-path', '<>'],
    ['content-type', 'multipart/report; report-type=delivery-status; boundary="x"'],
    ['x-fc-machinegenerated', 'true'],
    ['x-post-messageclass', '9; Autoresponder'],
  ])('%s: %s is automatic', (name, value) => {
    expect(isAutomaticReply({ ...byCustomer, marks: marks({ headers: { [name]: value } }) })).toBe(true);
  });

  test.each([
    ['auto-submitted', 'no'],
    ['x-auto-response-suppress', 'None'],
    ['precedence', 'list'],
    ['precedence', 'normal'],
    ['x-autoreply', 'no'],
    ['return-path', '<rosa@mail.test>'],
    ['content-type', 'multipart/alternative; boundary="x"'],
  ])('%s: %s is not', (name, value) => {
    expect(isAutomaticReply({ ...byCustomer, marks: marks({ headers: { [name]: value } }) })).toBe(false);
  });

  test.each([3, 7, 8, 14])('a recovered answer was suspended as automatic (%i)', (suspension) => {
    expect(isAutomaticReply({ ...byCustomer, marks: marks({ suspension }) })).toBe(true);
    // An agent made a ticket of it, so it is meant to be answered.
    expect(isAutomaticReply({ ...byCustomer, subject: 'Parcel', marks: marks({ suspension }) })).toBe(false);
  });

  test.each([0, 2, 5, 6, 10, 12])('one that was suspended for another reason is not (%i)', (suspension) => {
    expect(isAutomaticReply({ ...byCustomer, marks: marks({ suspension }) })).toBe(false);
  });

  test('a mail server is nobody, whatever it writes', () => {
    for (const from of ['MAILER-DAEMON@mail.test', 'postmaster@shop.test'])
      expect(isAutomaticReply({ ...byCustomer, marks: marks({ from }) })).toBe(true);
    for (const from of ['noreply@shop.test', 'postmaster.smith@mail.test'])
      expect(isAutomaticReply({ ...byCustomer, marks: marks({ from }) })).toBe(false);
  });

  test('count for agents, whose mail programs answer, too', () => {
    const headers = { 'auto-submitted': 'auto-replied' };
    expect(isAutomaticReply({ body: 'Back on Monday.', author: 'agent', marks: marks({ headers }) })).toBe(true);
  });
});
