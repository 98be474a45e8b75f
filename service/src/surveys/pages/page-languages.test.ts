import { ALL_SURVEYS, type Policy, policySchema, scoresOf } from '@deskwright/shared';
import request from 'supertest';
import { responses, surveySubmissions } from '../tables.ts';
import { aPolicy } from '../testing/survey-fixtures.ts';
import { textsFor } from '../texts/texts-for.ts';
import { aSurveyApp, type SurveyApp, TOKEN } from './testing/survey-app.ts';

let fixture: SurveyApp;
beforeAll(async () => {
  fixture = await aSurveyApp();
});
afterAll(() => fixture.database.drop());
beforeEach(() => fixture.setDay(1));
afterEach(() => fixture.database.clear());

const ARABIC = {
  csat: { question: 'ما مدى رضاك عن مساعدة {company}؟', labels: ['١', '٢', '٣', '٤', '٥'] },
  words: { send: 'إرسال', may_contact: 'يمكن لـ {company} التواصل معي', low: 'ما الذي حدث؟' },
};

function pageOf(page: object): Policy['surveys'] {
  const { surveys } = policySchema.parse({ ...aPolicy(), surveys: { ...aPolicy().surveys, page } });
  return surveys;
}

const open = (query = '', surveys = aPolicy().surveys) =>
  request(fixture.app({ policy: () => aPolicy(surveys) })).get(`/s/${TOKEN}${query}`);

test.each(['en', 'es', 'fr', 'de'])(
  'in %s every scale has a question, its ends have labels, and so has every driver',
  (language) => {
    const texts = textsFor(language);
    expect(texts.language).toBe(language);
    for (const kind of ALL_SURVEYS) {
      expect(texts.scales[kind].labels).toHaveLength(scoresOf(kind).length);
      expect([
        texts.scales[kind].question('Acme'),
        texts.scales[kind].labels[0],
        texts.scales[kind].labels.at(-1),
      ]).not.toContain('');
    }
    expect(Object.values(texts.drivers)).not.toContain('');
  },
);

test("the requester's language is the page's, and the follow-up question goes by the score", async () => {
  await fixture.givenSent({ locale: 'es-MX' });
  const page = await open('?score=1').expect(200);
  expect(page.text).toContain('<html lang="es">');
  expect(page.text).toContain('<span id="ask">¿Qué salió mal?</span>');
  expect((await open('?score=5')).text).toContain('<span id="ask">¿Qué hicimos bien?</span>');
  expect((await open()).text).toContain('<span id="ask">¿Desea añadir algo?</span>');
});

test('texts, drivers, name, colour and logo of the policy take the place of ours, in a language from right to left too', async () => {
  await fixture.givenSent({ locale: 'ar' });
  const drivers = [{ id: 'price', name: { en: 'The price', ar: 'السعر' } }];
  const look = {
    brand: 'Polar',
    color: '#ffcc00',
    logo: 'https://cdn.northwind.test/logo.svg',
    look: { csat: 'stars' },
  };
  const page = await open('?score=1', pageOf({ ...look, drivers, texts: { ar: ARABIC } })).expect(200);
  expect(page.text).toContain('<html lang="ar" dir="rtl">');
  for (const text of ['ما مدى رضاك عن مساعدة Polar؟', 'ما الذي حدث؟', 'السعر', 'يمكن لـ Polar التواصل معي', 'إرسال'])
    expect(page.text).toContain(text);
  expect(page.text).toContain('<img src="https://cdn.northwind.test/logo.svg" alt="Polar">');
  const csp = page.headers['content-security-policy'];
  expect(csp).toContain('img-src data: https://cdn.northwind.test;');
  expect(csp).toMatch(/style-src 'sha256-\S+' 'sha256-\S+';/);
});

test('what a policy writes is text, never markup', async () => {
  await fixture.givenSent();
  const surveys = pageOf({ brand: '<b>Polar</b>', texts: { en: { words: { low: '"><script>' } } } });
  const page = await open('?score=1', surveys).expect(200);
  expect(page.text).not.toContain('<b>');
  expect(page.text.match(/<script>/g)).toHaveLength(1);
});

test('the page of an unknown link has the words of the policy', async () => {
  const words = { unknown_title: 'No such survey', unknown: 'Ask {company} for another.' };
  const surveys = pageOf({ brand: 'Polar', texts: { en: { words } } });
  const page = await open('', surveys).expect(404);
  expect(page.text).toContain('No such survey');
  expect(page.text).toContain('Ask Polar for another.');
});

test.each(ALL_SURVEYS)('the %s page needs less than 30 kB in all, in every language', async (survey) => {
  for (const locale of ['en', 'es', 'fr', 'de']) {
    await fixture.database.clear();
    await fixture.givenSent({ survey, locale });
    const page = await open('?score=3').expect(200);
    expect(Buffer.byteLength(page.text)).toBeLessThan(30_000);
    expect(page.text).not.toMatch(/<(?:link|script|img)[^>]+(?:href|src)="(?!data:)/);
  }
});

test('drivers that are ticked and the consent are kept, and unknown drivers are not', async () => {
  await fixture.givenSent();
  const body = { score: '4', driver: ['speed', 'nonsense', 'effort'], contact_asked: '1', contact: '1' };
  await request(fixture.app()).post(`/s/${TOKEN}`).type('form').send(body).expect(303);
  const kept = [{ score: 4, drivers: ['speed', 'effort'], mayContact: true }];
  expect(await fixture.database.db.select().from(responses)).toMatchObject(kept);
  const again = await open('?change').expect(200);
  expect(again.text).toMatch(/value="effort" checked/);
  expect(again.text).toMatch(/name="contact" value="1" checked/);
});

test('what the page saves by itself gets no page, and belongs to one form', async () => {
  await fixture.givenSent();
  const form = /name="form" value="([\w-]+)"/.exec((await open('?score=2')).text)?.[1] ?? '';
  const save = (step: number, more: object) =>
    request(fixture.app())
      .post(`/s/${TOKEN}`)
      .type('form')
      .send({ form, score: '2', save: '1', used: `v4000.p3.t0.k${step}.c1.s${step}`, ...more });
  await save(1, {}).expect(204);
  await save(2, { comment: 'Slow' }).expect(204);
  await save(3, { score: '' }).expect(422);
  expect(await fixture.database.db.select().from(surveySubmissions)).toHaveLength(2);
  expect(await fixture.database.db.select().from(responses)).toMatchObject([{ score: 2, comment: 'Slow' }]);
});
