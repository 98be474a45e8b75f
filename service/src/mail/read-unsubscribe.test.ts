import { readMailReport } from './read-mail-report.ts';

const raw = (text: string): Buffer => Buffer.from(text.replaceAll('\n', '\r\n'));
const TOKEN = 'T'.repeat(43);
const person = (subject: string, text: string, extra = '') =>
  raw(`From: ana@customers.test\nSubject: ${subject}\n${extra}\n${text}\n`);

test.each([
  ['unsubscribe AAA', 'AAA'],
  // One token of 64 begins so.
  ['unsubscribe _AA', '_AA'],
  ['unsubscribe_AAA', 'AAA'],
  ['unsubscribe__AA', '_AA'],
])('a mail to unsubscribe names the link’s token, also when a program wrote it: %s', async (subject, begins) => {
  const rest = 'A'.repeat(40);
  const mail = raw(`From: someone@else.test\nSubject: ${subject}${rest}\nAuto-Submitted: auto-generated\n\n`);
  expect(await readMailReport(mail)).toEqual({ kind: 'unsubscribe', token: `${begins}${rest}` });
});

test.each([
  ['a gateway’s tag', `[EXTERNAL] unsubscribe ${TOKEN}`, ''],
  ['a reply', `Re: Unsubscribe ${TOKEN}`, ''],
  ['words after it', `unsubscribe ${TOKEN} [EXT]`, ''],
  ['a plus', `unsubscribe+${TOKEN}`, ''],
  ['an encoded space', `unsubscribe%20${TOKEN}`, ''],
  ['no subject, but the wish as the first line', '', `\n unsubscribe ${TOKEN} \n\n-- \nSent from my phone`],
])('a mail to unsubscribe with %s is understood', async (_what, subject, text) => {
  expect(await readMailReport(person(subject, text))).toEqual({ kind: 'unsubscribe', token: TOKEN });
});

test.each([
  ['an automatic reply by its mark', person(`unsubscribe ${TOKEN}`, '', 'Auto-Submitted: auto-replied\n')],
  ['an automatic reply by its subject', person(`Automatic reply: unsubscribe ${TOKEN}`, '')],
  ['an older mark of automatic replies', person(`Re: unsubscribe ${TOKEN}`, '', 'X-Autoreply: yes\n')],
  ['a mail that mentions it', person('Help', `How do I send “unsubscribe ${TOKEN}”?`)],
  ['another word', person(`do_not_unsubscribe ${TOKEN}`, '')],
])('%s unsubscribes nobody', async (_what, mail) => {
  expect(await readMailReport(mail)).toEqual({ kind: 'other' });
});
