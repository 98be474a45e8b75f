// Checks the company page about surveys: who may open it, what it says, and what it keeps to itself.
import express from 'express';
import request from 'supertest';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { makeLink, revokeLink } from '../../dashboard/wall/wall-links.ts';
import { addAnnotation } from '../../history/index.ts';
import { answerImports, importedAnswers } from '../../surveys/imports/tables.ts';
import { invitations, responses } from '../../surveys/tables.ts';
import { aPolicy } from '../../surveys/testing/survey-fixtures.ts';
import { createCompanyRouter } from './company-router.ts';

const NOW = new Date('2026-11-28T13:00:00Z');
const OCTOBER = new Date('2026-10-14T15:00:00Z');
const SEPTEMBER = new Date('2026-09-14T15:00:00Z');
const nps = { every: '90d', ask_again_after: '30d', expires: '14d' } as const;
const lexicon = [{ driver: 'parcel', name: 'Delivery', words: { en: ['parcel'] } }];
const policy = aPolicy({ nps, lexicon, page: { ask_to_contact: true, color: '#0f6b5c' } });

let database: TestDatabase;
let now = NOW.getTime();
const app = express();
beforeAll(async () => {
  database = await createTestDatabase();
  app.use(createCompanyRouter({ db: database.db, policy: () => policy, clock: () => now, logger: silentLogger }));
});
afterAll(() => database.drop());
beforeEach(() => (now += 120_000));
afterEach(() => database.clear());

async function given(n: number, score: number | null, at: Date, drivers: string[] = []): Promise<void> {
  const asked = { survey: 'nps', cause: 'campaign', dueAt: at, sentAt: at, recipient: 'zebra@example.com' } as const;
  const state = score === null ? ('sent' as const) : ('answered' as const);
  const made = await database.db
    .insert(invitations)
    .values(Array.from({ length: n }, (_, person) => ({ ...asked, state, requesterId: 9_000 + person })))
    .returning({ id: invitations.id });
  if (score === null) return;
  const answer = { score, drivers, comment: 'Zebra words', answeredAt: at, changedAt: at };
  await database.db.insert(responses).values(made.map(({ id }) => ({ ...answer, invitationId: id })));
}

async function aLink(shows: 'company' | 'dashboard' = 'company') {
  const made = await makeLink(database.db, { name: 'All', agentId: 1, shows });
  if (made === null) throw new Error('no link was made');
  return made;
}

async function open(query = '', token?: string) {
  return request(app).get(`/company/${token ?? (await aLink()).token}${query}`);
}
const words = (html: string) => html.replaceAll(/<style>.*?<\/style>/gs, '').replaceAll(/<[^>]+>/g, ' ');

test('it tells score, interval, response rate, change, trend and reasons', async () => {
  await given(40, 10, OCTOBER, ['speed', 'speed']);
  await given(10, 2, OCTOBER, ['effort']);
  await given(4, 7, OCTOBER, ['friendliness']);
  await given(54, null, OCTOBER);
  await given(40, 2, SEPTEMBER);
  const page = await open();
  expect(page.status).toBe(200);
  const text = words(page.text);
  // 40 of 54 less 10 of 54: 55.6; variance 0.9259 − 0.3086 = 0.6173, 1.96 × 100 × √(0.6173 ÷ 54) = 20.96.
  for (const part of [
    'Month: 1 October 2026 – 31 October 2026',
    '+56',
    'Answers: 54. 95% interval: +35 to +77.',
    'Really higher than in the period before.',
    'Response rate: 50% (54 of 108)',
    'How fast it went',
    '74%',
    '1 September 2026 -100 40',
  ])
    expect(text.replaceAll(/\s+/g, ' ').replaceAll(' .', '.')).toContain(part);
  // Ticked by four only.
  expect(text).not.toContain('How I was treated');
});

test('launches that concern everybody are marked in the trend and listed, those of a category and older ones are not', async () => {
  await given(40, 2, SEPTEMBER);
  await given(54, 10, OCTOBER);
  const launch = { at: OCTOBER, category: null, who: 'ana' };
  await addAnnotation(database.db, { ...launch, text: 'New <checkout>' });
  await addAnnotation(database.db, { ...launch, text: 'For one category', category: 'other' });
  await addAnnotation(database.db, { ...launch, text: 'Long ago', at: new Date('2024-10-05T15:00:00Z') });
  const { text } = await open();
  expect(words(text).replaceAll(/\s+/g, ' ')).toMatch(/What happened \d+ October 2026: New &lt;checkout&gt;/);
  expect(text.match(/<line class="mark"/g)).toHaveLength(1);
  expect(text).not.toMatch(/For one category|Long ago/);
});

test('an address or number that somebody wrote into a launch is not shown', async () => {
  await given(40, 10, OCTOBER);
  const text = 'Outage: (maria.lopez@acme.com, +34 600 123 456) lost card 4111 1111 1111 1111';
  await addAnnotation(database.db, { at: OCTOBER, category: null, who: 'ana', text });
  const page = (await open()).text;
  expect(page).toContain('Outage: ([e-mail address], [phone number]) lost card [card number]');
  expect(page).not.toMatch(/maria|600 123|4111/);
});

test('a reason that is only found in comments has its name of the lexicon, and is not called ticked', async () => {
  await given(10, 2, OCTOBER);
  await database.db.update(responses).set({ driversInWords: ['parcel'] });
  const text = words((await open()).text);
  expect(text).toMatch(/Reasons that customers name\s+Delivery\s+100%/);
  expect(text).not.toContain('parcel');
});

test('no name, address, comment or number of a person is in it', async () => {
  await given(40, 10, OCTOBER, ['speed']);
  for (const query of ['', '?over=week', '?about', '?lang=de'])
    expect((await open(query)).text).not.toMatch(/zebra|example\.com|90\d\d\b/i);
});

test('what fewer than five customers said is left out, of the whole, the trend and the response rate', async () => {
  await given(4, 10, OCTOBER, ['speed']);
  const text = words((await open()).text);
  expect(text).toContain('Fewer than 5 answers, here or');
  expect(text).not.toMatch(/\+100|100%|Response rate|How fast/);
});

test('imported answers are in it with their source', async () => {
  const given = { source: 'typeform', survey: 'nps' } as const;
  const [made] = await database.db
    .insert(answerImports)
    .values({ ...given, file: 'nps.csv', added: 30, who: 'ana', at: NOW })
    .returning();
  const answer = { ...given, importId: made?.id ?? 0, score: 9, answeredAt: OCTOBER };
  await database.db.insert(importedAnswers).values(Array.from({ length: 30 }, () => answer));
  const text = words((await open()).text);
  expect(text).toContain('Answers: 30');
  expect(text).toContain('Imported from Typeform: 30; they are in no response rate.');
});

test.each([
  ['de', 'Was Kundinnen und Kunden sagen', 'Was die Umfragewerte von Northwind Outdoor bedeuten', '8 Stunden'],
  ['es', 'Qué dicen los clientes', 'Qué significan las puntuaciones', '8 horas'],
  ['fr', 'Ce que disent les clients', 'Ce que signifient les scores', '8 heures'],
  ['en', 'What customers say', 'What the survey scores of Northwind Outdoor mean', '2 hours'],
])('it and the explainer speak %s, asked for by link or by the browser', async (lang, title, about) => {
  const { token } = await aLink();
  expect((await open(`?lang=${lang}`, token)).text).toContain(`<h1>${title}`);
  const asked = request(app).get(`/company/${token}?about`).set('accept-language', `${lang}-CH, it;q=0.5`);
  const page = await asked;
  expect(page.text).toContain(`<html lang="${lang}">`);
  expect(page.text).toContain(about);
  expect(page.text).not.toContain('undefined');
});

test('only its own link opens it, until it is revoked', async () => {
  const { link, token } = await aLink();
  expect((await open('', token)).status).toBe(200);
  expect((await open('', (await aLink('dashboard')).token)).status).toBe(404);
  expect((await open('', 'x'.repeat(43))).status).toBe(404);
  expect((await request(app).get('/company')).status).toBe(404);
  await revokeLink(database.db, { linkId: link.id, agentId: 1 });
  expect(await open('', token)).toMatchObject({ status: 401, text: expect.stringContaining('was revoked') });
});

test('it allows no script and no frame, tells nobody its address, and may be kept a minute by one browser', async () => {
  const { token } = await aLink();
  const page = await open('', token);
  expect(page.text).not.toMatch(/<script|onclick|style="/);
  expect(page.headers).toMatchObject({
    'content-security-policy': expect.stringMatching(
      /^default-src 'none';style-src 'sha256-[^;]+;img-src data:;base-uri 'none';form-action 'none';frame-ancestors 'none'$/,
    ),
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
    'cache-control': 'private, max-age=60',
    vary: 'Accept-Language',
  });
  const again = await request(app)
    .get(`/company/${token}`)
    .set('if-none-match', page.headers['etag'] as string);
  expect(again.status).toBe(304);
  expect((await open('', 'x')).headers['cache-control']).toBe('no-store');
});

test('a month with one answer cannot be told from its quarter and the other months', async () => {
  now = new Date('2027-01-02T12:00:00Z').getTime();
  await given(20, 10, OCTOBER);
  await given(1, 2, new Date('2026-11-14T15:00:00Z'));
  await given(30, 10, new Date('2026-12-14T15:00:00Z'));
  const months = words((await open('?over=month')).text).replaceAll(/\s+/g, ' ');
  expect(months).toMatch(/1 October 2026 \+100 20 .*1 November 2026 – .*1 December 2026 \+100 30/);
  const quarter = words((await open('?over=quarter')).text);
  expect(quarter).toContain('Quarter: 1 October 2026');
  expect(quarter).not.toMatch(/\b51\b|Really/);
});
