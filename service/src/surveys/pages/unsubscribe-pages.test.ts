import request from 'supertest';
import { unsubscribed } from '../tables.ts';
import { MONDAY_NOON } from '../testing/survey-fixtures.ts';
import { aSurveyApp, type SurveyApp, TOKEN } from './testing/survey-app.ts';

let fixture: SurveyApp;
beforeAll(async () => {
  fixture = await aSurveyApp();
});
afterAll(() => fixture.database.drop());
beforeEach(() => fixture.setDay(0));
afterEach(() => fixture.database.clear());

const list = () => fixture.database.db.select().from(unsubscribed);
const url = `/u/${TOKEN}`;

test('opening the link only asks for confirmation', async () => {
  await fixture.givenSent();
  const page = await request(fixture.app()).get(url).expect(200);
  expect(page.text).toContain('Stop the surveys');
  await expect(list()).resolves.toEqual([]);
});

test('one button unsubscribes, another resubscribes', async () => {
  await fixture.givenSent();
  const done = await request(fixture.app()).post(url).type('form').send({}).expect(200);
  expect(done.text).toContain('No more surveys');
  await expect(list()).resolves.toMatchObject([{ email: 'ana@example.com', since: MONDAY_NOON }]);
  const seen = await request(fixture.app()).get(url).expect(200);
  expect(seen.text).toContain('Send me surveys again');
  await request(fixture.app()).post(url).type('form').send({ wish: 'surveys' }).expect(200);
  await expect(list()).resolves.toEqual([]);
});

test('without a body or a content type a POST unsubscribes, and no GET or HEAD does', async () => {
  await fixture.givenSent();
  await request(fixture.app()).get(`${url}?List-Unsubscribe=One-Click`).expect(200);
  await request(fixture.app()).head(url).expect(200);
  await expect(list()).resolves.toEqual([]);
  const done = await request(fixture.app()).post(url).expect(200);
  expect(done.headers).not.toHaveProperty('set-cookie');
  await expect(list()).resolves.toMatchObject([{ email: 'ana@example.com' }]);
});

test.each([
  ['a form', 'application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
  [
    'multipart',
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
  ],
])('one click in the mail client, as %s, ends them too, even twice and after expiry', async (_what, type, body) => {
  await fixture.givenSent();
  fixture.setDay(90);
  await request(fixture.app()).post(url).set('content-type', type).send(body).expect(200);
  await request(fixture.app()).post(url).set('content-type', type).send(body).expect(200);
  await expect(list()).resolves.toHaveLength(1);
});

test('an unknown link shows a page that explains it', async () => {
  const page = await request(fixture.app()).post(url).type('form').send({}).expect(404);
  expect(page.text).toContain('We do not know this link');
});
