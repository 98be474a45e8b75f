import { findLinks } from './find-links.ts';

const linksIn = (text: string): string[] => findLinks(text).map(({ start, end }) => text.slice(start, end));

it.each([
  ['I read https://testshop.test/refund-policy already.', ['https://testshop.test/refund-policy']],
  ['I wrote to refunds@testshop.test. Where is it?', ['refunds@testshop.test']],
  ['see shop.example.com/refund, ok', ['shop.example.com/refund']],
  ['testshop.test/refund-policy', ['testshop.test/refund-policy']],
  ['refund-shop.test says so', ['refund-shop.test']],
  ['www.refund.anything', ['www.refund.anything']],
  ['zalando.de! Danke', ['zalando.de']],
  ['https://münchen.de/rückgabe?x=1#y.', ['https://münchen.de/rückgabe?x=1#y']],
  ['amazon.it/refund or my-refund.it', ['amazon.it/refund', 'my-refund.it']],
  ['[Where is my parcel](https://shop.test/refund)', ['(https://shop.test/refund)']],
  [
    '[Rules](/refund-policy "refund") and <mailto:refund@x.test>',
    ['(/refund-policy "refund")', 'mailto:refund@x.test'],
  ],
  ['HTTPS://A.COM/REFUND', ['HTTPS://A.COM/REFUND']],
  ['refund.com.au and refund.co.il', ['refund.com.au', 'refund.co.il']],
  ['http://localhost:8080/refund', ['http://localhost:8080/refund']],
])('finds the links of %s', (text, links) => {
  expect(linksIn(text)).toEqual(links);
});

it.each([
  'I waited.no refund came',
  'I paid.it never came',
  'refund.please',
  'Pas de remboursement.il manque le colis.au secours.ca fait un mois',
  'zwrot.co z moim zwrotem.za dwa dni',
  'Quiero un reembolso.De verdad',
  'see invoice.pdf and refund.docx',
  'e.g. 3.50 EUR, v1.2.3, and/or',
  'Wait...refund me',
  'sign up @ the shop, 5 @ 3.99',
  'ratio 1:2, at 10:30',
  '[ ] step (not a link)',
])('finds no link in %s', (text) => {
  expect(linksIn(text)).toEqual([]);
});
