import fc from 'fast-check';
import { renderDigest, renderMessage } from './render-message.ts';
import type { SlackLine, SlackMessage } from './slack-message.ts';

const message = (summary: SlackLine, lines: readonly SlackLine[] = []): SlackMessage => ({
  channel: 'leads',
  summary,
  lines,
});
const textOf = (body: ReturnType<typeof renderMessage>) => body.blocks.map(({ text }) => text.text).join('\n');

test('escapes what would be markup or call everybody, and makes links and bold text', () => {
  const body = renderMessage(
    message(['<!channel> a & b > c '], [[{ bold: 'Refund' }, ': ', { text: '#7', url: 'https://x.test/a?b=1&c=<|>' }]]),
    undefined,
  );
  expect(textOf(body)).toBe('&lt;!channel&gt; a &amp; b &gt; c \n*Refund*: <https://x.test/a?b=1&amp;c=%3C%7C%3E|#7>');
  expect(body.text).toBe('&lt;!channel&gt; a &amp; b &gt; c ');
  expect(body).toMatchObject({ unfurl_links: false, blocks: [{ text: { type: 'mrkdwn', verbatim: true } }] });
});

test('redacts every part, link texts and targets too', () => {
  const url = 'https://x.test/?by=rosa@mail.test';
  const body = renderMessage(
    message(['of rosa@mail.test'], [[{ bold: '+1 415 555 2671' }, { text: '4111 1111 1111 1111', url }]]),
    'US',
  );
  expect(JSON.stringify(body)).not.toMatch(/rosa|415|4111/);
});

test('the words of a customer lose the national numbers of their country, beside those of the company’s', () => {
  const words = ['“612345678 or 4155552671 and 02079460958”'];
  const said = { ...message(['NPS 4'], [words]), customerLocale: 'es-ES' };
  expect(textOf(renderMessage(said, 'US'))).toBe('NPS 4\n“[phone number] or [phone number] and 02079460958”');
  expect(textOf(renderMessage(message(words), 'US'))).toBe('“612345678 or [phone number] and 02079460958”');
  const digest = renderDigest([{ ...message(words), customerLocale: 'en-GB' }, message(['two'])], undefined);
  expect(textOf(digest)).toContain('“612345678 or 4155552671 and [phone number]”');
});

test('a digest lists each message in one line, with what stands below its summary', () => {
  const body = renderDigest([message(['one'], [['more']]), message(['two'])], undefined);
  expect(textOf(body)).toBe('*2 messages*\n• one · more\n• two');
  expect(body.text).toBe('2 messages');
});

const part = fc.oneof(
  fc.string({ maxLength: 5_000, unit: 'grapheme' }),
  fc.record({ bold: fc.string({ maxLength: 4_000 }) }),
  fc.record({ text: fc.string({ maxLength: 4_000 }), url: fc.webUrl({ size: 'medium' }) }),
);
const anyMessage = fc.record({
  channel: fc.constant('leads'),
  summary: fc.array(part, { maxLength: 4 }),
  lines: fc.array(fc.array(part, { maxLength: 4 }), { maxLength: 80 }),
});

test('stays within Slack’s limits whatever it is given, and cuts no entity and no link', () => {
  fc.assert(
    fc.property(anyMessage, fc.array(anyMessage, { maxLength: 100 }), (one, many) => {
      for (const body of [renderMessage(one, undefined), renderDigest(many, undefined)]) {
        expect(body.blocks.length).toBeLessThanOrEqual(50);
        expect(body.text.length).toBeLessThanOrEqual(3_000);
        for (const { text } of body.blocks) {
          expect(text.text.length).toBeGreaterThan(0);
          expect(text.text.length).toBeLessThanOrEqual(3_000);
          const bare = text.text.replaceAll(/<https?:\/\/[^<>|\s]+\|[^<>]+>/g, '');
          expect(bare).not.toMatch(/[<>]|&(?!(amp|lt|gt);)/);
        }
      }
    }),
    { numRuns: 60 },
  );
});
