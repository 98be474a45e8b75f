import request from 'supertest';
import { hashSurveyToken } from '../survey-links.ts';
import { responses } from '../tables.ts';
import { givenInvitation, MONDAY_NOON } from '../testing/survey-fixtures.ts';
import { DEFAULT_LIMITS } from './protect-page.ts';
import { aSurveyApp, type SurveyApp, TOKEN } from './testing/survey-app.ts';

let fixture: SurveyApp;
beforeAll(async () => {
  fixture = await aSurveyApp();
});
afterAll(() => fixture.database.drop());
beforeEach(() => fixture.setDay(1));
afterEach(() => fixture.database.clear());

const answers = () => fixture.database.db.select().from(responses);

test('links guessed from one address: shows a page with the time to wait', async () => {
  const app = fixture.app({ limits: { ...DEFAULT_LIMITS, guessed: 3 } });
  for (let knock = 0; knock < 3; knock += 1) await request(app).get(`/s/guess-${knock}`).expect(404);
  const page = await request(app).get('/s/guess-4').set('accept-language', 'de').expect(429);
  expect(page.text).toContain('Einen Moment, bitte');
  expect(Number(page.headers['retry-after'])).toBeGreaterThan(0);
});

test('too many visits from one address are refused without a look into the database', async () => {
  let looks = 0;
  const db = new Proxy(fixture.database.db, {
    get: (of, key) => {
      looks += 1;
      return Reflect.get(of, key, of);
    },
  });
  const app = fixture.app({ db, limits: { ...DEFAULT_LIMITS, visits: 2 } });
  for (let knock = 0; knock < 2; knock += 1) await request(app).get(`/s/guess-${knock}`).expect(404);
  expect(looks).toBeGreaterThan(0);
  looks = 0;
  for (const page of ['/s/guess', '/s/guess/more', '/u/guess']) await request(app).get(page).expect(429);
  await request(app).post('/s/guess').type('form').send({ score: '4' }).expect(429);
  expect(looks).toBe(0);
});

test('a scanner that opens pages from the customer’s address does not keep their answer away', async () => {
  await fixture.givenSent();
  const app = fixture.app({ limits: { ...DEFAULT_LIMITS, opened: 1 } });
  await request(app).get(`/s/${TOKEN}?score=1`).expect(200);
  await request(app).get(`/s/${TOKEN}?score=2`).expect(429);
  await request(app).post(`/s/${TOKEN}`).type('form').send({ score: '4' }).expect(303);
  await expect(answers()).resolves.toMatchObject([{ score: 4 }]);
});

test('a scanner at the customer’s address that sends the forms of thousands of mails keeps nobody from answering', async () => {
  const { expiresAt } = await fixture.givenSent();
  const app = fixture.app({ limits: { ...DEFAULT_LIMITS, opened: 3, sent: 3, guessed: 3 } });
  const others = Array.from({ length: 4 }, (_, n) => `other-${n}`);
  for (const [n, token] of others.entries())
    await givenInvitation(fixture.database.db, {
      ticketId: null,
      requesterId: 600 + n,
      state: 'sent',
      sentAt: MONDAY_NOON,
      expiresAt,
      tokenHash: hashSurveyToken(token),
    });
  for (const token of others) {
    await request(app).get(`/s/${token}?score=1`).expect(200);
    await request(app).post(`/s/${token}`).type('form').send({ score: '1' }).expect(303);
  }
  for (let round = 0; round < 5; round += 1) await request(app).post(`/s/${TOKEN}`).type('form').send({ score: '1' });
  await request(app).get(`/s/${TOKEN}?score=4`).expect(200);
  const own = { score: '4', used: 'v12000.p0.t4.k0.c2.s1' };
  await request(app).post(`/s/${TOKEN}`).type('form').send(own).expect(303);
  expect(await answers()).toContainEqual(expect.objectContaining({ score: 4 }));
});

test('forms of one link sent from one address: what was sent is on the page, to be sent again', async () => {
  await fixture.givenSent();
  const app = fixture.app({ limits: { ...DEFAULT_LIMITS, sent: 1 } });
  await request(app).post(`/s/${TOKEN}`).type('form').send({ score: '2', comment: 'Slow' }).expect(303);
  const late = { score: '4', comment: 'Kind & "quick"', driver: ['speed', 'solution'] };
  const page = await request(app).post(`/s/${TOKEN}`).type('form').send(late).expect(429);
  expect(page.text).toContain('Your answer is not lost');
  const written = page.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g);
  const read = (value = '') => value.replaceAll('&quot;', '"').replaceAll('&#34;', '"').replaceAll('&amp;', '&');
  const fields = new URLSearchParams([...written].map(([, name = '', value]) => [name, read(value)]));
  await request(fixture.app()).post(`/s/${TOKEN}`).type('form').send(String(fields)).expect(303);
  await expect(answers()).resolves.toMatchObject([
    { score: 4, comment: 'Kind & "quick"', drivers: ['speed', 'solution'] },
  ]);
});

test('a mail service may unsubscribe many people from one address, though not one link again and again', async () => {
  const app = fixture.app({ limits: { visits: 2, opened: 2, sent: 2, guessed: 2, unsubscribed: 3 } });
  for (let link = 0; link < 4; link += 1) await request(app).post(`/u/link-${link}`).expect(404);
  for (let knock = 0; knock < 3; knock += 1) await request(app).post('/u/one').expect(404);
  expect((await request(app).post('/u/one')).status).toBe(429);
});

test('a refused request in a language that no text is in, whatever it is called, is answered in English', async () => {
  await fixture.givenSent();
  const app = fixture.app({ limits: { ...DEFAULT_LIMITS, opened: 1 } });
  const open = () => request(app).get(`/s/${TOKEN}`).set('accept-language', 'constructor');
  await open();
  const refused = await open().expect(429);
  expect(refused.text).toContain('<html lang="en"');
});
