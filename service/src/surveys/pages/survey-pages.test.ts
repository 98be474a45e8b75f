import { eq } from 'drizzle-orm';
import request from 'supertest';
import { createTestDatabase } from '../../../testing/test-database.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import { invitations, responses } from '../tables.ts';
import { aSurveyApp, type SurveyApp, TOKEN } from './testing/survey-app.ts';

let fixture: SurveyApp;
beforeAll(async () => {
  fixture = await aSurveyApp();
});
afterAll(() => fixture.database.drop());
// A day after the mail: what comes within seconds is doubted.
beforeEach(() => fixture.setDay(1));
afterEach(() => fixture.database.clear());

const answers = () => fixture.database.db.select().from(responses);
const open = (query = '') => request(fixture.app()).get(`/s/${TOKEN}${query}`);
const send = (body: Record<string, string>) => request(fixture.app()).post(`/s/${TOKEN}`).type('form').send(body);

describe('opening a survey link', () => {
  test('shows the question, the answers and a comment field, and records nothing', async () => {
    await fixture.givenSent();
    const page = await open()
      .expect(200)
      .expect('content-type', /text\/html/);
    expect(page.text).toContain('How happy are you with the help you received?');
    expect(page.text).toContain('Northwind Outdoor');
    expect(page.text).toContain('#7');
    expect(page.text.match(/type="radio"/g)).toHaveLength(5);
    expect(page.text).not.toContain(' checked');
    expect(page.text).not.toContain('My tent leaks');
    await expect(answers()).resolves.toEqual([]);
  });

  test("preselects the score of the mail's link, and still records nothing", async () => {
    await fixture.givenSent();
    const page = await open('?score=4').expect(200);
    expect(page.text).toMatch(/value="4" checked/);
    await request(fixture.app()).head(`/s/${TOKEN}?score=4`).expect(200);
    await expect(answers()).resolves.toEqual([]);
    await expect(fixture.database.db.select().from(invitations)).resolves.toMatchObject([{ state: 'sent' }]);
  });

  test.each(['?score=6', '?score=0', '?score=4&score=5', '?score=4%22%3E%3Cscript%3E', '?score[]=4'])(
    'ignores %s, which is not a score of this survey',
    async (query) => {
      await fixture.givenSent();
      const page = await open(query).expect(200);
      expect(page.text).not.toContain(' checked');
      expect(page.text.match(/<script/g)).toHaveLength(1);
    },
  );

  test('asks for agreement from 1 to 7 in a CES survey', async () => {
    await fixture.givenSent({ survey: 'ces' });
    const page = await open('?score=7').expect(200);
    expect(page.text).toContain('Northwind Outdoor made it easy for me to handle my issue.');
    expect(page.text.match(/type="radio"/g)).toHaveLength(7);
    expect(page.text).toMatch(/value="7" checked/);
  });

  test('keeps the page out of caches, frames, search engines and referrers, and allows no script but its own', async () => {
    await fixture.givenSent();
    const { headers } = await open().expect(200);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-frame-options': 'DENY',
    });
    const csp = headers['content-security-policy'];
    expect(csp).toContain("default-src 'none'");
    expect(csp).toContain("frame-ancestors 'none'");
    expect(csp).toMatch(/script-src 'sha256-[^' ]+'(;|$)/);
    expect(csp).not.toContain('unsafe');
  });
});

describe('sending the form', () => {
  test('records the answer and redirects to a page that can be reloaded', async () => {
    const { id } = await fixture.givenSent();
    const told: string[] = [];
    const app = fixture.app({ onAnswer: () => told.push('answer') });
    const sent = await request(app).post(`/s/${TOKEN}`).type('form').send({ score: '4', comment: ' Kind!\r\nQuick. ' });
    expect(sent).toMatchObject({ status: 303, headers: { location: '?saved' } });
    await expect(answers()).resolves.toMatchObject([{ invitationId: id, score: 4, comment: 'Kind!\nQuick.' }]);
    expect(told).toEqual(['answer']);

    const thanks = await open('?saved').expect(200);
    expect(thanks.text).toContain('Thank you');
    expect(thanks.text).toContain('Kind!\nQuick.');
    expect(thanks.text).toContain('7 December 2026');
  });

  test('without a score shows the problem, keeps the comment and records nothing', async () => {
    await fixture.givenSent();
    const page = await send({ comment: 'Kind & <b>quick</b>' }).expect(422);
    expect(page.text).toContain('role="alert"');
    expect(page.text).toContain('Choose one of the answers.');
    expect(page.text).toContain('Kind &amp; &lt;b&gt;quick&lt;/b&gt;');
    expect(page.text).toContain('<title>Error: ');
    await expect(answers()).resolves.toEqual([]);
  });

  test.each(['0', '6', '4.5', '-1', '4 ', 'NaN', ''])('refuses %j as a score', async (score) => {
    await fixture.givenSent();
    await send({ score }).expect(422);
    await expect(answers()).resolves.toEqual([]);
  });

  test('counts the characters of a comment as people do, and shows the count when it is too long', async () => {
    await fixture.givenSent();
    await send({ score: '5', comment: '👍🏽'.repeat(2_000) }).expect(303);
    const page = await send({ score: '5', comment: 'a'.repeat(2_001) }).expect(422);
    expect(page.text).toContain('Your comment has 2,001 characters; please shorten it to 2,000.');
    expect(page.text).toContain('a'.repeat(2_001));
    expect(page.text).toMatch(/value="5" checked/);
  });

  test('with a comment over the size limit shows a page, not a bare error', async () => {
    await fixture.givenSent();
    const page = await send({ score: '5', comment: 'a'.repeat(200_000) }).expect(413);
    expect(page.text).toContain('That was too much text');
  });

  test('drops characters that the database cannot store', async () => {
    await fixture.givenSent();
    await send({ score: '5', comment: 'nul\u0000 and bell\u0007' }).expect(303);
    await expect(answers()).resolves.toMatchObject([{ comment: 'nul and bell' }]);
  });

  test('can be repeated until the link expires', async () => {
    await fixture.givenSent();
    await send({ score: '2', comment: 'Slow' }).expect(303);
    const again = await open('?change').expect(200);
    expect(again.text).toContain('You answered “Unhappy” before');
    expect(again.text).toMatch(/value="2" checked/);
    expect(again.text).toContain('Slow</textarea>');
    const other = await open('?score=5').expect(200);
    expect(other.text).toMatch(/value="5" checked/);
    await send({ score: '5' }).expect(303);
    await expect(answers()).resolves.toMatchObject([{ score: 5, comment: '', revision: 2 }]);
    const changes = await fixture.database.db.select().from(outbox);
    expect(changes).toHaveLength(2);
  });

  test('succeeds while the queue is unavailable', async () => {
    await fixture.givenSent();
    const app = fixture.app({ onAnswer: () => Promise.reject(new Error('queue away')) });
    await request(app).post(`/s/${TOKEN}`).type('form').send({ score: '4' }).expect(303);
    await expect(answers()).resolves.toHaveLength(1);
  });
});

describe('a link that is unknown, expired or cancelled', () => {
  test('unknown: shows a page that explains it', async () => {
    const page = await open().expect(404);
    expect(page.text).toContain('We do not know this link');
    await send({ score: '4' }).expect(404);
  });

  test('expired: shows a page that explains it, and records no late answer', async () => {
    await fixture.givenSent();
    fixture.setDay(14);
    const page = await open().expect(410);
    expect(page.text).toContain('This survey has closed');
    await send({ score: '4' }).expect(410);
    await expect(answers()).resolves.toEqual([]);
  });

  test('expired after answering: says that the answer was recorded', async () => {
    await fixture.givenSent();
    await send({ score: '4' }).expect(303);
    fixture.setDay(14);
    const page = await open().expect(410);
    expect(page.text).toContain('Your answer is with Northwind Outdoor');
  });

  test('cancelled: shows a page that explains it', async () => {
    await fixture.givenSent({ state: 'cancelled', reason: 'spam' });
    const page = await open().expect(410);
    expect(page.text).toContain('no longer open');
  });
});

test('with the database unavailable the customer gets a page that says to try again', async () => {
  const broken = await createTestDatabase();
  await broken.drop();
  const page = await request(fixture.app({ db: broken.db }))
    .get(`/s/${TOKEN}`)
    .expect(503);
  expect(page.text).toContain('The problem is on our side');
  expect(page.text).not.toContain('pool');
});

test('the locale of the mail is the language of the page; unknown ones are English', async () => {
  await fixture.givenSent({ locale: 'tlh' });
  const page = await open().expect(200);
  expect(page.text).toContain('<html lang="en">');
  await fixture.database.db.delete(invitations).where(eq(invitations.ticketId, 7));
});
