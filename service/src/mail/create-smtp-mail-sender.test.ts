import { type SmtpCatcher, startSmtpCatcher } from '../surveys/testing/smtp-catcher.ts';
import { createSmtpMailSender } from './create-smtp-mail-sender.ts';
import type { Mail, MailSender } from './mail-sender.ts';

let smtp: SmtpCatcher;
let sender: MailSender;
beforeEach(async () => {
  smtp = await startSmtpCatcher();
  sender = createSmtpMailSender({
    url: smtp.url,
    from: 'Northwind Outdoor <support@northwind.test>',
    timeoutMs: 120_000,
  });
});
afterEach(async () => {
  sender.close();
  await smtp.stop();
});

const aMail = (parts: Partial<Mail> = {}): Mail => ({
  to: { name: 'Ana, "the" Díaz', address: 'ana@example.com' },
  subject: 'How did we do? – ça va',
  html: '<p>Hello</p>',
  text: 'Hello',
  messageId: '<survey.1@northwind.test>',
  unsubscribeUrl: 'https://surveys.northwind.test/u/token',
  language: 'en',
  ...parts,
});

test('a mail arrives with both bodies, its own Message-ID and one-click unsubscribing', async () => {
  await expect(sender.send(aMail())).resolves.toEqual({ outcome: 'accepted' });

  const [mail] = smtp.mails;
  expect(mail).toMatchObject({
    subject: 'How did we do? – ça va',
    html: '<p>Hello</p>',
    messageId: '<survey.1@northwind.test>',
  });
  expect(mail?.text?.trim()).toBe('Hello');
  expect(mail?.from?.value).toEqual([{ name: 'Northwind Outdoor', address: 'support@northwind.test' }]);
  expect(mail?.to).toMatchObject({ value: [{ name: 'Ana, "the" Díaz', address: 'ana@example.com' }] });
  const header = (key: string) => mail?.headerLines.find((line) => line.key === key)?.line;
  expect(header('list-unsubscribe')).toBe('List-Unsubscribe: <https://surveys.northwind.test/u/token>');
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  expect(header('auto-submitted')).toBe('Auto-Submitted: auto-generated');
  // Without NDR: bounces are to come back.
  expect(header('x-auto-response-suppress')).toBe('X-Auto-Response-Suppress: OOF, AutoReply, RN, NRN, DR');
});

test.each([
  [{ name: 'Polar Kids' }, 'support@northwind.test'],
  [{ name: 'Polar Kids', address: 'help@polar.test' }, 'help@polar.test'],
])('a mail from %j says so and comes back to the sender of all mails', async (from, address) => {
  await expect(sender.send(aMail({ from, replyTo: 'ask@polar.test' }))).resolves.toEqual({ outcome: 'accepted' });
  const [mail] = smtp.mails;
  expect(mail?.from?.value).toEqual([{ name: 'Polar Kids', address }]);
  expect(mail?.replyTo?.value).toMatchObject([{ address: 'ask@polar.test' }]);
  expect(smtp.senders).toEqual(['support@northwind.test']);
});

test.each([undefined, { name: 'Polar Kids' }])(
  'from %j, an address that reads like two is no two recipients',
  async (from) => {
    const to = { name: 'Ana', address: 'ana@example.com, kim@example.com' };
    await expect(sender.send(aMail({ to, ...(from && { from }) }))).resolves.toMatchObject({
      outcome: 'recipient_refused',
    });
    expect(smtp.mails).toEqual([]);
  },
);

test.each([
  ['refuses_recipient', { outcome: 'recipient_refused', answer: expect.stringContaining('550') }],
  ['greylists', { outcome: 'try_later', server: false, answer: expect.stringContaining('450') }],
  ['refuses_content', { outcome: 'message_refused', answer: expect.stringContaining('554') }],
  ['disconnects_before_message', { outcome: 'try_later', server: true }],
  ['disconnects_after_message', { outcome: 'in_doubt' }],
] as const)('a server that %s is understood', async (mode, outcome) => {
  smtp.setMode(mode);
  await expect(sender.send(aMail())).resolves.toMatchObject(outcome);
});

test('the pool does not resend a mail in doubt', async () => {
  await sender.send(aMail({ messageId: '<first@x>' })); // The pool treats reused connections differently.
  smtp.setMode('disconnects_after_message');
  await expect(sender.send(aMail({ messageId: '<second@x>' }))).resolves.toMatchObject({ outcome: 'in_doubt' });
  smtp.setMode('accepts');
  await sender.send(aMail({ messageId: '<third@x>' }));

  expect(smtp.mails.map((mail) => mail.messageId)).toEqual(['<first@x>', '<second@x>', '<third@x>']);
});

test('a server that cannot be reached means: try later', async () => {
  await smtp.stop();
  await expect(sender.send(aMail())).resolves.toMatchObject({ outcome: 'try_later', server: true });
});

test('an invalid address is refused and cannot inject commands', async () => {
  const smuggled = aMail({ to: { name: '', address: 'a@example.com>\r\nRCPT TO:<b@example.com' } });
  const outcome = await sender.send(smuggled);
  expect(outcome.outcome).not.toBe('in_doubt');
  expect(smtp.mails.flatMap((mail) => mail.to ?? []).flatMap((to) => to.value.map((one) => one.address))).not.toContain(
    'b@example.com',
  );
});
