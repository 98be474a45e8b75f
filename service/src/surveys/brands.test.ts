// Checks that customers are asked under the brand of their ticket: in the mail, in the reminder and on the pages.
import { randomBytes } from 'node:crypto';
import { type Policy, policySchema } from '@deskwright/shared';
import { eq } from 'drizzle-orm';
import express from 'express';
import request from 'supertest';
import { tickets } from '../tickets/tables.ts';
import { inBrand } from './brand.ts';
import { createSurveyRouter } from './pages/create-survey-router.ts';
import { sendDueReminders } from './send-due-reminders.ts';
import { createSendingFixture, type SendingFixture } from './testing/sending-fixture.ts';
import { aPolicy } from './testing/survey-fixtures.ts';
import { composeThankYouMail } from './thank-you/compose-thank-you-mail.ts';

const DAY = 86_400_000;
const POLAR = {
  brand: 'Polar Kids',
  color: '#8a1c7c',
  logo: 'https://cdn.polar.test/logo.png',
  sender: { name: 'Polar Kids Care', address: 'care@polar.test' },
  reply_to: 'ask@polar.test',
  texts: { en: { csat: { question: 'Did {company} help?', thanks: 'Bye from {company}.' } } },
  thank_you: { link: 'https://reviews.polar.test', texts: { en: { subject: 'Hooray from {company}' } } },
};
const OF_ALL = {
  color: '#0b5fff',
  logo: 'https://cdn.northwind.test/logo.png',
  texts: { en: { csat: { question: 'How was {company}?', subject: 'A word for {company}' } } },
};

function policyWith(brands: object[], page: object | undefined = OF_ALL): Policy {
  const { surveys, ...rest } = aPolicy();
  const csat = { delay: '24h', remind_after: '5d', expires: '14d' };
  const nps = { expires: '14d', thank_you: { texts: { en: { text: 'Thanks!' } } } };
  return policySchema.parse({ ...rest, surveys: { ...surveys, csat, nps, page, brands } });
}

let fixture: SendingFixture;
let policy: Policy;
beforeAll(async () => {
  fixture = await createSendingFixture();
});
afterAll(() => fixture.database.drop());
beforeEach(async () => {
  await fixture.reset();
  set(policyWith([POLAR]));
});
afterEach(() => fixture.close());

function set(next: Policy): void {
  policy = next;
  fixture.setPolicy(next);
}

async function sendUnder(brandId: number | null): Promise<void> {
  await fixture.givenDue();
  await fixture.database.db.update(tickets).set({ brandId });
  await expect(fixture.send()).resolves.toMatchObject({ sent: 1 });
}

const tokenIn = (text = '') => /\/s\/([\w-]+)\?/.exec(text)?.[1] ?? '';
const newest = () => fixture.smtp().mails.at(-1);
const app = () =>
  express().use(
    createSurveyRouter({
      db: fixture.database.db,
      policy: () => policy,
      clock: () => fixture.now().getTime(),
      randomBytes,
      visitKey: Buffer.from('a key for tests'),
      logger: { error: () => undefined, warn: () => undefined },
    }),
  );
const pageOf = (path: 's' | 'u', query = '') => request(app()).get(`/${path}/${tokenIn(newest()?.text)}${query}`);

test('the mail is from the brand of the ticket, with its name, colour, logo and texts, and what it does not have is that of all', async () => {
  await sendUnder(2);
  const mail = newest();
  expect(mail?.from?.value).toEqual([{ name: 'Polar Kids Care', address: 'care@polar.test' }]);
  expect(mail?.replyTo?.value).toMatchObject([{ address: 'ask@polar.test' }]);
  expect(fixture.smtp().senders).toEqual(['support@northwind.test']);
  expect(mail?.subject).toBe('A word for Polar Kids');
  for (const body of [String(mail?.html), mail?.text]) {
    expect(body).toContain('Did Polar Kids help?');
    expect(body).not.toMatch(/Northwind|cdn\.northwind/);
  }
  expect(mail?.html).toContain('<img src="https://cdn.polar.test/logo.png" alt="Polar Kids"');
  expect(mail?.html).toContain('a:hover .score { border-color: #8a1c7c !important; }');
  expect(mail?.html).toMatch(/prefers-color-scheme: dark[^]*\.link \{ color: #(?!0b5fff|8a1c7c)[0-9a-f]{6}/);
  await expect(fixture.stored()).resolves.toMatchObject([{ state: 'sent', brand: 'Polar Kids' }]);
});

test.each([
  ['not listed', 1],
  ['unknown', 404],
  ['none', null],
])('a ticket whose brand is %s gets the mail it would get without brands', async (_, brandId) => {
  await sendUnder(brandId);
  const raw = newest();
  expect(raw?.from?.value).toEqual([{ name: '', address: 'support@northwind.test' }]);
  expect(raw?.subject).toBe('A word for Northwind Outdoor');
  expect(raw?.html).toContain('https://cdn.northwind.test/logo.png');
  expect(inBrand(policy, 'Northwind Outdoor')).toBe(policy);
  await expect(fixture.stored()).resolves.toMatchObject([{ brand: null }]);
});

test('a brand with its name alone has that in place of the logo of another, and in the sender', async () => {
  set(policyWith([{ brand: 'Polar Kids', name: 'Polar for Kids' }]));
  await sendUnder(2);
  expect(newest()?.from?.value).toEqual([{ name: 'Polar for Kids', address: 'support@northwind.test' }]);
  expect(newest()?.html).not.toContain('<img');
  expect(newest()?.html).toContain('#0b5fff');
  const page = await pageOf('s').expect(200);
  expect(page.text).toContain('<header>Polar for Kids</header>');
});

test('the pages show the brand under which the mail was sent, whatever the brand of the ticket is by then', async () => {
  await sendUnder(2);
  await fixture.database.db.update(tickets).set({ brandId: 1 }).where(eq(tickets.id, 7));
  const form = await pageOf('s').expect(200);
  expect(form.text).toContain('Did Polar Kids help?');
  expect(form.text).toContain('<header><img src="https://cdn.polar.test/logo.png" alt="Polar Kids"></header>');
  expect(form.text).toContain('--accent:#8a1c7c');
  const allowed = (header: string | undefined, directive: string) =>
    new RegExp(`${directive} ([^;]*)`).exec(header ?? '')?.[1]?.split(' ');
  const policyOf = ({ headers }: { headers: Record<string, string> }) => headers['content-security-policy'];
  expect(allowed(policyOf(form), 'img-src')).toEqual(['data:', 'https://cdn.polar.test']);
  expect(allowed(policyOf(form), 'style-src')).toHaveLength(2);
  expect(Buffer.byteLength(form.text)).toBeLessThan(30_000);

  const empty = await request(app())
    .post(`/s/${tokenIn(newest()?.text)}`)
    .type('form')
    .send({ final: '1' });
  expect(empty.text).toContain('Did Polar Kids help?');
  // What comes within seconds of the mail is doubted.
  fixture.setTime(DAY);
  const answer = { score: '5', final: '1', form: 'a-form-of-the-page' };
  await request(app())
    .post(`/s/${tokenIn(newest()?.text)}`)
    .type('form')
    .send(answer)
    .expect(303);
  expect((await pageOf('s', '?saved').expect(200)).text).toContain('Bye from Polar Kids.');

  const unsubscribe = await pageOf('u').expect(200);
  expect(unsubscribe.text).toContain('alt="Polar Kids"');
  expect(allowed(policyOf(unsubscribe), 'img-src')).toEqual(['data:', 'https://cdn.polar.test']);
  const unknown = await request(app()).get('/s/unknown').expect(404);
  expect(unknown.text).toContain('alt="Northwind Outdoor"');
  expect(allowed(policyOf(unknown), 'img-src')).toEqual(['data:', 'https://cdn.northwind.test']);
});

test('a reminder has the brand of its mail, and a page of a brand that the policy no longer lists is that of all', async () => {
  await sendUnder(2);
  fixture.setTime(5 * DAY);
  expect(await fixture.with(sendDueReminders)).toBe(1);
  expect(newest()?.from?.value).toMatchObject([{ address: 'care@polar.test' }]);
  expect(newest()?.text).toContain('Did Polar Kids help?');

  set(policyWith([]));
  expect((await pageOf('s').expect(200)).text).toContain('How was Northwind Outdoor?');
  fixture.setTime(20 * DAY);
  set(policyWith([POLAR]));
  expect((await pageOf('s').expect(410)).text).toContain('alt="Polar Kids"');
});

test('the mail of thanks is from the brand of the answer', () => {
  const thank = (brand: string | null) =>
    composeThankYouMail({
      invitationId: 1,
      to: { name: 'Ana', address: 'ana@example.com' },
      locale: 'en',
      agent: null,
      policy,
      brand,
      token: 'token',
      publicUrl: 'https://surveys.northwind.test',
    });
  const mail = thank('Polar Kids');
  expect(mail).toMatchObject({ subject: 'Hooray from Polar Kids', from: POLAR.sender, replyTo: 'ask@polar.test' });
  expect(mail.text).toContain('Thanks!');
  expect(mail.text).toContain('https://reviews.polar.test');
  expect(thank(null)).toMatchObject({ subject: 'Thank you from Northwind Outdoor' });
  expect(thank(null).text).not.toContain('reviews.polar.test');
});
