import { containsLink } from './compose-invitation-mail.ts';

test.each([
  'see https://evil.test/a',
  'HTTP://EVIL.TEST',
  'hxxp://evil.test',
  'bit.ly/x9',
  'evil.xyz/a',
  'evil.xyz',
  'win at evil.shop today',
  'claim-now.click',
  'www.evil',
  'me@evil.test',
  'call me: tel:12345',
  'mailto:x',
  '10.0.0.1',
  '8.8.8.8/login',
  'http://[::1]/',
  'пример.рф',
  'https://пример.рф',
  'xn--e1afmkfd.xn--p1ai',
  'münchen.de',
  'ｅｖｉｌ．ｃｏｍ',
  'evil。com',
  'evil\u00AD.com',
  'ev\u200Bil.com',
  'e\u200Dvil.\u200Ccom/a',
  'unknown.newtld/path',
  '\\\\evil\\share',
  'call +1 (555) 010-0199 now',
  '+15550100199',
  '0049 30 1234567',
  'ring 555-010-0199 today',
])('finds a link in %j', (line) => {
  expect(containsLink(line)).toBe(true);
});

test.each([
  'My tent leaks',
  'Order 4.5 arrived',
  'Order 1002345678 has not come',
  'Order 302-1234567-7654321-99',
  'Since 2026-11-28 nothing works',
  'On 28.11.2026 at 10:30',
  'Invoice no. 17, please!',
  'It arrived. Thanks',
  'Wait... what?',
  'Version 1.2.3 of the app',
  'invoice_17.pdf is empty',
  'Refund of 1,299.00 USD',
  'Ms. Smith & Co.',
  'Is it 50/50 or 9/10?',
  'می‌خواهم برگردانم',
  '👨‍👩‍👧‍👦 tent',
  'Nadia (née Petrova)',
])('finds no link in %j', (line) => {
  expect(containsLink(line)).toBe(false);
});
