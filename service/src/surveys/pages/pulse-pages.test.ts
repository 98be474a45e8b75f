// Checks the page of the pulse: who may answer, what is recorded, and what each visitor is told.
import request from 'supertest';
import { invitations, pulseAnswers, responses, surveyOpenings, surveySubmissions } from '../tables.ts';
import { givenPulse } from '../testing/pulse-fixture.ts';
import { aSurveyApp, type SurveyApp } from './testing/survey-app.ts';

let survey: SurveyApp;
beforeAll(async () => {
  survey = await aSurveyApp();
});
beforeEach(() => survey.setDay(1));
afterEach(() => survey.database.clear());
afterAll(() => survey.database.drop());

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36';
const USED = 'v5200.p12.t0.k3.c1.s1';

async function aLink(): Promise<string> {
  const { tokens } = await givenPulse(survey.database.db, 6);
  return `/s/${tokens[0]}`;
}
const send = (link: string, fields: Record<string, string>, agent = BROWSER) =>
  request(survey.app()).post(link).set('User-Agent', agent).type('form').send(fields);
const answers = () => survey.database.db.select().from(pulseAnswers);

test('an answer sent by hand counts, and the link then says that it was used', async () => {
  const link = await aLink();
  const page = await request(survey.app()).get(link);
  expect(page.text).toContain('Your answer is anonymous');
  expect(page.text).toContain('data-once');
  expect(page.text).not.toContain('/more');
  expect(page.text).not.toContain('name="contact');
  await send(link, { score: '4', comment: 'Good tools.', used: USED }).expect(303).expect('Location', '?saved');
  const thanks = await request(survey.app()).get(`${link}?saved`);
  expect(thanks.text).toContain('stored without your name');
  expect(thanks.text).not.toContain('Good tools.');
  expect((await request(survey.app()).get(link)).text).toContain('This link was used already');
  expect((await send(link, { score: '1', used: USED }).expect(200)).text).toContain('This link was used already');
  expect(await answers()).toMatchObject([{ score: 4 }]);
});

test('no page that is opened and no form that is not sent by hand leaves anything', async () => {
  const link = await aLink();
  const before = await survey.database.db.select().from(invitations);
  await request(survey.app()).get(`${link}?score=2`);
  await request(survey.app()).get(`${link}/more?form=abcdefghijklmnop`);
  await request(survey.app()).get(link.replace('/s/', '/u/'));
  await send(link, { comment: 'no score' }).expect(422);
  await send(link, { score: '3', comment: 'x', used: '' }).expect(422);
  await send(link, { score: '3', used: USED, more: 'filled' }).expect(422);
  await send(link, { score: '3', used: USED, save: '1' }).expect(204);
  await send(link, { score: '3', used: 'v9000.p0.t0.k0.c0.s1' }).expect(422);
  await send(link, { score: '3', used: USED }, 'Mozilla/5.0 HeadlessChrome/120.0').expect(422);
  const { db } = survey.database;
  for (const table of [pulseAnswers, surveyOpenings, surveySubmissions, responses])
    expect(await db.select().from(table)).toEqual([]);
  expect((await db.select().from(invitations)).toSorted((a, b) => a.id - b.id)).toEqual(before);
});

test('a score in the address is not chosen on the page, which a scanner would only have to send', async () => {
  const link = await aLink();
  expect((await request(survey.app()).get(`${link}?score=5`)).text).not.toMatch(/<input[^>]* checked/);
});

test('without the script the number of the answer is typed once more', async () => {
  const link = await aLink();
  const asked = await send(link, { score: '2', comment: '<b>“words”</b>\nmore', used: '' }).expect(422);
  expect(asked.text).toContain('Type the number of your answer: 2');
  expect(asked.text).toContain('value="&lt;b&gt;“words”&lt;/b&gt;\nmore"');
  const wrong = await send(link, { score: '2', comment: 'words', again: '3' }).expect(422);
  expect(wrong.text).toContain('That is another number than your answer.');
  await send(link, { score: '2', comment: 'words', again: ' 2 ' }).expect(303);
  expect(await answers()).toMatchObject([{ score: 2 }]);
});

test('a comment that is too long is said to be so, and not lost', async () => {
  const link = await aLink();
  const refused = await send(link, { score: '2', comment: 'x'.repeat(2_001), used: USED }).expect(422);
  expect(refused.text).toContain('2,001');
  expect(refused.text).toContain('x'.repeat(2_001));
  expect(await answers()).toEqual([]);
});

test.each([
  ['es', 'Su respuesta es anónima', 'no se puede cambiar'],
  ['fr', 'Votre réponse est anonyme', 'ne peut plus être modifiée'],
  ['de', 'Ihre Antwort ist anonym', 'nicht mehr geändert'],
])('in %s the page says that the answer is anonymous and final', async (locale, anonymous, final) => {
  const link = await aLink();
  await survey.database.db.update(invitations).set({ locale });
  const { text } = await request(survey.app()).get(link);
  expect(text).toContain(anonymous);
  expect(text).toContain(final);
});
