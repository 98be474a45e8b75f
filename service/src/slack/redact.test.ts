import { countryOfLocale } from './country-of-locale.ts';
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
])('%s', (text, expected) => expect(redact(text, ['US'])).toBe(expected));

test.each([
  'Refund: 41 tickets in 6 hours, 12.3 expected, 2026-11-29 10:30',
  'ticket 4155552671 and #4155552671',
  'https://acme.zendesk.com/agent/tickets/4155552671',
  'order 4111 1111 1111 1112',
  '0000 0000 0000 0000',
  'first reply 1:05 h (n 1,330), target 1 h, 98 % of 800',
  '@channel at 10:00',
])('leaves: %s', (text) => expect(redact(text, ['US'])).toBe(text));

describe.each([['ES'], ['US'], ['DE'], [undefined]] as const)('of a company in %s', (country) => {
  test.each([
    ['call (415) 555-2671', 'call [phone number]'],
    ['call 415-555-2671, please', 'call [phone number], please'],
    ['415.555.2671', '[phone number]'],
    ['(see 030 901820)', '(see [phone number])'],
    ['1 (415)555–2671.', '[phone number].'],
    ['06 12 34 56 78', '[phone number]'],
    ['+49 (0)30 901820', '[phone number]'],
    ['my number is 612 345 678 since 2026-11-28', 'my number is [phone number] since 2026-11-28'],
    ['please call me at 4155552671', 'please call me at [phone number]'],
    ['card 4111.1111.1111.1111', 'card [card number]'],
    ['card 4111–1111–1111–1111', 'card [card number]'],
    ['card 4111\u00A01111\u00A01111\u00A01111', 'card [card number]'],
    ['４１１１ １１１１ １１１１ １１１１', '[card number]'],
    ['ana＠example.com', '[e-mail address]'],
    ['ana\u200B@example.com', '[e-mail address]'],
  ])('removes: %s', (text, expected) => expect(redact(text, country === undefined ? [] : [country])).toBe(expected));

  test.each([
    'order 123456789, order number 123-456-7890, pedido n.º 123 456 7890, Bestellung 123 456 789',
    'order 112-1234567-1234567',
    '€ 123 456 789 and 123.456.789,50 and 1 234 567 890 EUR and 100 000 000 %',
    '2026-11-29 10:30, 2026-11-28 2026-11-29, 28.11.2026 29.11.2026, 2024 2025 2026',
    'from 10.30-12.45 to 14.00-16.00',
    'from 192.168.100.200',
    'ISBN 978-3-16-148410-0',
    'Ｈｅｌｌｏ … ½ x² ™',
  ])('leaves: %s', (text) => expect(redact(text, country === undefined ? [] : [country])).toBe(text));
});

test.each([
  ['America/New_York', 'US'],
  ['Europe/Berlin', 'DE'],
  ['Asia/Kolkata', 'IN'],
  ['UTC', undefined],
])('numbers without a prefix of a company in %s belong to %s', (zone, country) => {
  expect(countryOfTimeZone(zone)).toBe(country);
});

test('a national number is found where it belongs, and one with a prefix everywhere', () => {
  expect(redact('030 901820, +1 415 555 2671', ['DE'])).toBe('[phone number], [phone number]');
  expect(redact('030901820, +14155552671', ['DE'])).toBe('[phone number], [phone number]');
  expect(redact('030901820, +14155552671', [])).toBe('030901820, [phone number]');
  expect(redact('bought 2 12345678', [])).toBe('bought 2 12345678');
  expect(redact('on 2026-11-28', ['DE'])).toBe('on 2026-11-28');
});

test.each([
  ['es-ES', 'ES'],
  ['en-GB', 'GB'],
  ['en-gb', 'GB'],
  ['de', 'DE'],
  ['zh-Hant', 'TW'],
  ['es-419', undefined],
  ['x-pirate', undefined],
  ['', undefined],
])('numbers without a prefix of a customer with the locale "%s" belong to %s', (locale, country) => {
  expect(countryOfLocale(locale)).toBe(country);
});

test('of several countries the national numbers of each are found, and nothing else', () => {
  const written = '02079460958 or 612345678 and 4155552671';
  expect(redact(written, ['GB', 'ES'])).toBe('[phone number] or [phone number] and 4155552671');
  expect(redact('ordered 7 tents on 2026-11-28', ['DE', 'ES', 'US'])).toBe('ordered 7 tents on 2026-11-28');
});

describe.each([['ES'], ['US'], ['DE'], [undefined]] as const)(
  'words before a number, of a company in %s',
  (country) => {
    const countries = country === undefined ? [] : [country];

    test.each([
      'Please call about this order: +34 612 345 678',
      'case: +34 612 345 678',
      'ref +49 171 1234567',
      'regarding my order (415) 555-2671',
      'phone no. +1 415 555 2671',
      'my phone no. 4155552671',
      'Tel. Nr. 0171 1234567',
      'call 0171/1234567',
      'tel. 030/901820-12',
      'Telefonnummer: 01711234567',
      'please phone 415 555 2671 2 times',
      'call +14155552671',
      'mi teléfono: 612345678',
      'Handynummer 01711234567',
      'pedido +34 612 345 678',
      'facture (415) 555-2671',
      'fax: 030/901820-12',
      'mon téléphone : 0612345678',
      'móvil 612345678',
      'Rufnummer: 0171 1234567',
      'Auftrag +49 (0)30 901820',
      'téléphone n° 06 12 34 56 78',
      'appelez-moi au 0612345678',
      'tel 0171 / 1234567',
      'my phone number is 612 345 678',
      'llámame al 612345678',
      'Bitte rufen: 0171-1234567',
      'whatsapp +49 171 1234567, order 12',
      'portable : 06.12.34.56.78',
      'número de teléfono 612 345 678',
    ])('removes: %s', (text) => {
      expect(redact(text, countries)).toContain('[phone number]');
      expect(redact(text, countries)).not.toMatch(/\d{3}|\+/);
    });

    test.each([
      '100.000.000',
      'paid 1 200 000 000 pesos',
      'sizes 100 200 300',
      'SKU 123-456-789',
      'order ABC 123 456 789',
      'order 123456789',
      'order number 123-456-7890',
      'pedido n.º 123 456 7890',
      'Bestellung 123 456 789',
      'commande 123 456 789',
      'ref. 123-456-789',
      'on 01/02/2026',
      'ticket 4155552671',
      'call about order 123456789',
      'call about € 123 456 789',
      '€ 100.000.000',
      'factura 123 456 789',
      'Rechnung Nr. 123 456 789',
      'from 10.30-12.45',
      '1/3 of 800',
      'commande n° 123456789',
      'Bestellnummer 123456789',
      'facture n° 123 456 789',
      'número de pedido 123 456 789',
      'call between 10.30-12.45',
    ])('leaves: %s', (text) => expect(redact(text, countries)).toBe(text));
  },
);

describe('numbers of bank accounts', () => {
  test.each([
    ['DE89 3704 0044 0532 0130 00', '[bank account]'],
    ['my IBAN is de89370400440532013000, thanks', 'my IBAN is [bank account], thanks'],
    ['GB29 NWBK 6016 1331 9268 19 please', '[bank account] please'],
    ['ES91 2100 0418 4502 0005 1332.', '[bank account].'],
    ['NL91ABNA0417164300', '[bank account]'],
    ['FR14 2004 1010 0505 0001 3M02 606', '[bank account]'],
  ])('%s', (text, shown) => expect(redact(text, ['US'])).toBe(shown));

  test.each(['DE89', 'order AB12CDEFGHIJKLMNOP'])('with other check digits are none: %s', (text) =>
    expect(redact(text, ['US'])).toBe(text),
  );
});
