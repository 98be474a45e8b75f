import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { hashAddress } from '../hash-address.ts';
import { isUnsubscribed } from '../is-unsubscribed.ts';
import { unsubscribe } from '../survey-links.ts';
import { unsubscribed } from '../tables.ts';
import { givenInvitation, MONDAY_NOON } from '../testing/survey-fixtures.ts';
import { aSurveyApp, type SurveyApp, TOKEN } from './testing/survey-app.ts';

let fixture: SurveyApp;
beforeAll(async () => {
  fixture = await aSurveyApp();
});
afterAll(() => fixture.database.drop());
beforeEach(() => fixture.setDay(0));
afterEach(() => fixture.database.clear());

const list = () => fixture.database.db.select().from(unsubscribed);
const wishIn = (page: string) => /name="wish" value="([^"]*)"/.exec(page)?.[1];
const url = `/u/${TOKEN}`;

test('opening the link only asks for confirmation', async () => {
  await fixture.givenSent();
  const page = await request(fixture.app()).get(url).expect(200);
  expect(page.text).toContain('Stop the surveys');
  await expect(list()).resolves.toEqual([]);
});

test('one button unsubscribes, another resubscribes once that is confirmed on a page of its own', async () => {
  await fixture.givenSent();
  const done = await request(fixture.app()).post(url).type('form').send({}).expect(200);
  expect(done.text).toContain('No more surveys');
  await expect(list()).resolves.toMatchObject([{ email: 'ana@example.com', since: MONDAY_NOON }]);
  const seen = await request(fixture.app()).get(url).expect(200);
  expect(seen.text).toContain('Send me surveys again');
  // A scanner that sends the form of each page it opens gets as far as this.
  const question = await request(fixture.app())
    .post(url)
    .type('form')
    .send({ wish: wishIn(seen.text) })
    .expect(200);
  expect(question.text).toContain('Surveys again?');
  await expect(list()).resolves.toHaveLength(1);
  const back = await request(fixture.app())
    .post(url)
    .type('form')
    .send({ wish: wishIn(question.text) })
    .expect(200);
  expect(back.text).toContain('Welcome back');
  await expect(list()).resolves.toEqual([]);
});

describe('from the newer of two addresses of theirs, at both of which they had unsubscribed', () => {
  const [older, newer] = ['old@example.com', 'ana@example.com'];
  const at = (email: string, requesterId = 501) => ({ email, requesterId });
  const back = () => request(fixture.app()).post(url).type('form').send({ wish: 'surveys again' }).expect(200);

  test('a customer gets surveys again, whose wish holds at no address any more', async () => {
    await fixture.givenSent();
    const { db } = fixture.database;
    await unsubscribe(db, at(older), MONDAY_NOON);
    await unsubscribe(db, at(newer), MONDAY_NOON);
    await unsubscribe(db, at('kim@example.com', 502), MONDAY_NOON);
    expect((await back()).text).toContain('Welcome back');
    await expect(isUnsubscribed(db, at(newer))).resolves.toBe(false);
    await expect(list()).resolves.toMatchObject([{ email: 'kim@example.com' }]);
  });

  test('also where who wished it at the older one was not stored yet', async () => {
    await fixture.givenSent();
    const { db } = fixture.database;
    await givenInvitation(db, { ticketId: null, survey: 'nps', state: 'sent', recipient: older });
    await db.insert(unsubscribed).values([{ email: older }, { email: newer }]);
    await back();
    await expect(list()).resolves.toEqual([]);
  });

  test('a customer who complained at the older one is not welcomed back', async () => {
    await fixture.givenSent();
    await unsubscribe(fixture.database.db, at(older), MONDAY_NOON, 'complaint');
    await unsubscribe(fixture.database.db, at(newer), MONDAY_NOON);
    expect((await request(fixture.app()).get(url)).text).not.toContain('<form');
    expect((await back()).text).not.toContain('Welcome back');
    await expect(list()).resolves.toHaveLength(2);
  });
});

test('what a bounce or a complaint suppressed stays, also where the customer had unsubscribed before', async () => {
  await fixture.givenSent();
  const { db } = fixture.database;
  const ana = { email: 'ana@example.com', requesterId: 501 };
  await unsubscribe(db, ana, MONDAY_NOON);
  await unsubscribe(db, ana, MONDAY_NOON, 'bounce');
  const seen = await request(fixture.app()).get(url).expect(200);
  expect(seen.text).not.toContain('<form');
  for (const wish of ['surveys', 'surveys again'])
    await request(fixture.app()).post(url).type('form').send({ wish }).expect(200);
  await expect(list()).resolves.toMatchObject([{ email: 'ana@example.com', byCustomer: false }]);
});

test('what is left of an erased address stays', async () => {
  const email = hashAddress('ana@example.com');
  await fixture.givenSent({ recipient: email });
  await request(fixture.app()).post(url).type('form').send({}).expect(200);
  await request(fixture.app()).post(url).type('form').send({ wish: 'surveys again' }).expect(200);
  await expect(list()).resolves.toMatchObject([{ email }]);
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

const oneClick = 'List-Unsubscribe=One-Click';
const form = 'application/x-www-form-urlencoded';

test.each<[string, Record<string, string>, string | Buffer]>([
  ['in another charset', { 'content-type': `${form}; charset=us-ascii` }, oneClick],
  ['in a charset of Windows', { 'content-type': `${form}; charset=windows-1252` }, oneClick],
  ['compressed', { 'content-type': form, 'content-encoding': 'gzip' }, gzipSync(oneClick)],
  ['with many fields', { 'content-type': form }, `${oneClick}&${'a=1&'.repeat(100)}`],
  ['longer than any form', { 'content-type': form }, `${oneClick}&a=${'a'.repeat(100_000)}`],
])('a body %s, which is not read, is no reason not to unsubscribe', async (_what, headers, body) => {
  await fixture.givenSent();
  await request(fixture.app()).post(url).set(headers).send(body).expect(200);
  await expect(list()).resolves.toMatchObject([{ email: 'ana@example.com' }]);
});

test('an answer whose form cannot be read is refused', async () => {
  await fixture.givenSent();
  const sent = request(fixture.app()).post(`/s/${TOKEN}`).set('content-type', `${form}; charset=us-ascii`);
  expect((await sent.send('score=4')).status).toBe(415);
});

test('an unknown link shows a page that explains it', async () => {
  const page = await request(fixture.app()).post(url).type('form').send({}).expect(404);
  expect(page.text).toContain('We do not know this link');
});
