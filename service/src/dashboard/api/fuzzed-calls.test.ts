// Checks that malformed calls of the dashboard are refused clearly, and never cause an internal error.
import fc from 'fast-check';
import request from 'supertest';
import { anyCharacter } from '../../../testing/any-character.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { aDashboardApp, type DashboardApp } from '../testing/dashboard-app.ts';

let database: TestDatabase;
let fixture: DashboardApp;
beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await aDashboardApp(database, { limits: { streamsPerViewer: 0 } });
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const odd = fc.oneof(
  fc.constantFrom('%00', '%', '%ff', "'", '', '0', '-1', '1e9', '..', '2026-11-01..', '9999-12-31..9999-12-31', 'NaN'),
  fc.string({ unit: anyCharacter, maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
);
const key = fc.constantFrom(
  'range',
  'compare',
  'tier',
  'category',
  'channel',
  'group',
  'figure',
  'page',
  'section',
  'range[]',
  '__proto__',
);
const query = fc
  .array(
    fc.tuple(key, odd).map(([name, value]) => `${name}=${value}`),
    { maxLength: 4 },
  )
  .map((all) => all.join('&'));
const path = fc.constantFrom(
  '',
  '/live',
  '/trends',
  '/queues',
  '/rules',
  '/team',
  '/tickets',
  '/export.csv',
  '/links',
  '/links/1',
);
const body = fc.oneof(
  fc.json(),
  fc.string({ unit: anyCharacter }),
  fc.constant('{"name":"\\u0000"}'),
  fc.constant('{"name":"\\ud800"}'),
);

test('any call is answered, or refused with the reason', async () => {
  const authorization = await fixture.bearer('admin');
  await fc.assert(
    fc.asyncProperty(path, query, async (where, what) => {
      const answer = await request(fixture.app).get(`/api/dashboard${where}?${what}`).set({ authorization });
      const isAnswered = answer.status === 200;
      const isRefused = [400, 404, 429].includes(answer.status) && typeof answer.body.message === 'string';
      return isAnswered || isRefused;
    }),
    { numRuns: 300 },
  );
});

test('any body is taken, or refused with the reason', async () => {
  const authorization = await fixture.bearer('admin');
  await fc.assert(
    fc.asyncProperty(body, async (text) => {
      const answer = await request(fixture.app)
        .post('/api/dashboard/links')
        .set({ authorization, 'content-type': 'application/json' })
        .send(text);
      return answer.status === 201 || ([400, 409].includes(answer.status) && typeof answer.body.message === 'string');
    }),
    { numRuns: 100 },
  );
});
