import { readSmtpFailure } from './create-smtp-mail-sender.ts';
import type { SmtpFailure } from './explain-smtp-failure.ts';

const failure = (parts: Partial<SmtpFailure>): SmtpFailure => ({ message: 'it failed', ...parts });

test.each([
  ['an unknown mailbox', { command: 'RCPT TO', responseCode: 550, response: '550 no such user' }, 'recipient_refused'],
  [
    'an address that cannot be one',
    { command: 'API', code: 'EENVELOPE', message: 'Invalid recipient "a\\nb"' },
    'recipient_refused',
  ],
  ['greylisting', { command: 'RCPT TO', responseCode: 450 }, 'try_later'],
  ['a session out of order', { command: 'RCPT TO', responseCode: 503 }, 'try_later'],
  ['nobody listening', { command: 'CONN', code: 'ESOCKET' }, 'try_later'],
  ['a wrong password', { command: 'AUTH PLAIN', code: 'EAUTH', responseCode: 535 }, 'try_later'],
  ['a sender we may not use', { command: 'MAIL FROM', responseCode: 553 }, 'try_later'],
])('%s, before the message, is decided by the answer', (_what, parts, outcome) => {
  expect(readSmtpFailure(failure(parts), false).outcome).toBe(outcome);
});

test.each([
  ['a refused message', { command: 'DATA', responseCode: 554 }, 'message_refused'],
  ['a full disk', { command: 'DATA', responseCode: 452 }, 'try_later'],
  [
    'a server that shuts down instead of answering',
    { command: 'CONN', code: 'ECONNECTION', responseCode: 421 },
    'try_later',
  ],
  ['a connection lost', { command: 'CONN', code: 'ECONNECTION' }, 'in_doubt'],
  ['a time-out', { command: 'CONN', code: 'ETIMEDOUT' }, 'in_doubt'],
])('%s, after the message, is decided by the answer to DATA', (_what, parts, outcome) => {
  expect(readSmtpFailure(failure(parts), true).outcome).toBe(outcome);
});

test('failures of every mail are distinguished from those of one mail', () => {
  expect(readSmtpFailure(failure({ command: 'CONN', code: 'ESOCKET' }), false)).toMatchObject({ server: true });
  expect(readSmtpFailure(failure({ command: 'RCPT TO', responseCode: 450 }), false)).toMatchObject({ server: false });
});
