import { decodeEntities, dropTags } from './read-text.ts';

it.each([
  ['money&nbsp;back', 'money\u00a0back'],
  ['I don&#39;t, don&#x27;t, don&#X27;t, don&apos;t, don&rsquo;t', "I don't, don't, don't, don't, don’t"],
  ['B&amp;B &lt;3 &quot;x&quot;', 'B&B <3 "x"'],
  ['R&uuml;ckerstattung, gr&ouml;&szlig;e, &euro;', 'Rückerstattung, größe, €'],
  ['don&amp;#39;t, money&amp;nbsp;back, &amp;amp;', "don't, money\u00a0back, &"],
  ['money&nbsp back', 'money\u00a0 back'],
  ['don&#39t', "don't"],
  ['Q&A, AT&T, R&D; a & b &c &unknown; &;', 'Q&A, AT&T, R&D; a & b &c &unknown; &;'],
  ['?x=1&copy=2&notify=3', '?x=1&copy=2&notify=3'],
  ['&#0;&#xD800;&#x110000;', '\ufffd\ufffd\ufffd'],
])('reads %s', (text, read) => {
  expect(decodeEntities(text)).toBe(read);
});

it.each([
  ['money<br>back', 'money\nback'],
  ['<p>I want my <b>money</b> back</p>', '\nI want my money back\n'],
  ['<div class="refund"><a href="https://shop.test/refund">Rules</a></div>', '\nRules\n'],
  ['<style>.refund { x: y }</style>Hi', ' Hi'],
  [
    'I <3 it, 3 < 4 and 5 > 2, order <12345>, <order number>',
    'I <3 it, 3 < 4 and 5 > 2, order <12345>, <order number>',
  ],
])('takes tags out of %s', (text, read) => {
  expect(dropTags(text)).toBe(read);
});
