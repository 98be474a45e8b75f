// Checks how a customer's text arrives in the mail, through a real SMTP server and a mail parser.
import { createRequire } from 'node:module';
import { LinkifyIt } from 'linkify-it';
import { tickets } from '../tickets/tables.ts';
import { createSendingFixture, type SendingFixture } from './testing/sending-fixture.ts';
import { aRequester } from './testing/survey-fixtures.ts';

let fixture: SendingFixture;
beforeAll(async () => {
  fixture = await createSendingFixture();
});
afterAll(() => fixture.database.drop());
beforeEach(() => fixture.reset());
afterEach(() => fixture.close());

const linkify = new LinkifyIt({ fuzzyIP: true }).tlds(createRequire(import.meta.url)('tlds') as string[]);

async function mailFor(subject: string, name: string) {
  fixture.people.set(501, aRequester({ name }));
  await fixture.givenDue();
  await fixture.database.db.update(tickets).set({ subject });
  await fixture.send();
  const [mail] = fixture.smtp().mails;
  if (!mail) throw new Error('no mail came');
  const html = String(mail.html);
  const shown = html.replaceAll(/<style>[\s\S]*?<\/style>|<[^>]+>/g, ' ');
  return { header: mail.subject ?? '', to: JSON.stringify(mail.to), html, shown, text: mail.text ?? '' };
}

test.each([
  'bit.ly/x9',
  'evil.xyz/a',
  'www.evil.shop',
  'https://evil.test',
  '10.1.2.3',
  'me@evil.test',
  'пример.рф',
  '+49 30 1234567',
])('turns nothing into a link: %s', async (bait) => {
  const { header, html, shown, text } = await mailFor(`Prize! ${bait} for you`, `Ana ${bait}`);
  for (const part of [header, html, text]) expect(part).not.toContain(bait);
  const links = [...(linkify.match(shown) ?? []), ...(linkify.match(text) ?? [])].map(({ url }) => url);
  expect(links.filter((url) => !url.startsWith('https://surveys.northwind.test/'))).toEqual([]);
});

test.each(['می‌خواهم', 'श्री क्‍ष', 'Donau\u00ADdampf', '👨‍👩‍👧‍👦 Ana', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'])('leaves %j unchanged', async (words) => {
  const { to, shown, text } = await mailFor(words, words);
  for (const part of [to, shown, text]) expect(part).toContain(words);
});

test('replaces line ends and direction marks in a name or subject with spaces, and adds no header', async () => {
  const { to, text } = await mailFor('a\u202Eb\u2067c', 'Ana\r\nBcc: eve\r\n\r\nHello\u202E');
  expect(to).toContain('Ana Bcc: eve Hello');
  expect(fixture.smtp().mails[0]?.bcc).toBeUndefined();
  expect(text).toContain('“a b c”');
});
