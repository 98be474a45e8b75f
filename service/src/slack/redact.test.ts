import { countryOfTimeZone } from './country-of-time-zone.ts';
import { redact } from './redact.ts';

test.each([
  ['write to rosa.lind+1@mail.example.test today', 'write to [e-mail address] today'],
  ['<Rosa@müller.de>', '<[e-mail address]>'],
  ['mailto:rosa@mail.test', 'mailto:[e-mail address]'],
  ['call +49 30 901820 or (415) 555-2671', 'call [phone number] or [phone number]'],
  ['card 4111 1111 1111 1111, 5500-0000-0000-0004', 'card [card number], [card number]'],
  ['378282246310005', '[card number]'],
  ['https://shop.test/a?by=rosa%40mail.test', 'https://shop.test/a?by=[e-mail address]'],
  [
    'https://shop.test/pay?card=4111111111111111&by=rosa@mail.test',
    'https://shop.test/pay?card=[card number]&by=[e-mail address]',
  ],
])('%s', (text, expected) => expect(redact(text, 'US')).toBe(expected));

test.each([
  'Refund: 41 tickets in 6 hours, 12.3 expected, 2026-11-29 10:30',
  'ticket 4155552671 and #4155552671',
  'https://acme.zendesk.com/agent/tickets/4155552671',
  'order 4111 1111 1111 1112',
  '0000 0000 0000 0000',
  'first reply 1:05 h (n 1,330), target 1 h, 98 % of 800',
  '@channel at 10:00',
])('leaves: %s', (text) => expect(redact(text, 'US')).toBe(text));

test.each([
  ['America/New_York', 'US'],
  ['Europe/Berlin', 'DE'],
  ['Asia/Kolkata', 'IN'],
  ['UTC', undefined],
])('numbers without a prefix of a company in %s belong to %s', (zone, country) => {
  expect(countryOfTimeZone(zone)).toBe(country);
});

test('a national number is found where it belongs, and one with a prefix everywhere', () => {
  expect(redact('030 901820, +1 415 555 2671', 'DE')).toBe('[phone number], [phone number]');
  expect(redact('030 901820, +1 415 555 2671', undefined)).toBe('030 901820, [phone number]');
  expect(redact('on 2026-11-28', 'DE')).toBe('on 2026-11-28');
});
