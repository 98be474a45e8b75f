// Checks that malformed sidebar calls are refused clearly, never performed, and never cause an internal error.
import fc from 'fast-check';
import request from 'supertest';
import { anyCharacter } from '../../../testing/any-character.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { type ApiApp, anApiApp } from './testing/api-app.ts';

let database: TestDatabase;
let fixture: ApiApp;
beforeAll(async () => {
  database = await createTestDatabase();
  fixture = anApiApp(database, { limits: { perAgent: 100_000, perIp: 100_000 } });
  await fixture.givenTicket();
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const odd = fc.oneof(
  fc.constantFrom(
    '0',
    '-1',
    '42.5',
    '1e3',
    '9007199254740993',
    '%00',
    '%',
    '%ff',
    '..%2f42',
    '42;drop',
    "'",
    'NaN',
    '',
  ),
  fc.string({ unit: anyCharacter, maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
);
const path = fc.oneof(
  fc
    .tuple(fc.constantFrom('card', 'category', 'escalations', 'corrections/3', 'steps/x', 'refunds', 'refunds/3'), odd)
    .map(([what, id]) => `/api/tickets/${id}/${what}`),
  odd.map((id) => `/api/tickets/42/corrections/${id}`),
  odd.map((id) => `/api/tickets/42/steps/${id}`),
  odd.map((id) => `/api/live?ticket=${id}`),
  odd.map((text) => `/api/${text}`),
);
const deep = fc.integer({ min: 1, max: 20_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth));
const body = fc.oneof(
  fc.json(),
  deep,
  fc.string({ unit: anyCharacter, maxLength: 200 }),
  fc.constantFrom(
    '{"__proto__":{"from":"refunds"}}',
    '{"from":"\\u0000","category":"\\ud800"}',
    '{"to":{"kind":"tier","id":"t2"},"fields":{"__proto__":"x"},"requestId":"form-0001"}',
    '{"amount":{"minor":1e999,"currency":"USD"},"reason":"x","requestId":"form-0001"}',
    '{"amount":{"minor":-1,"currency":"USD"},"reason":"x","requestId":"form-0001"}',
    '{"amount":{"minor":0.5,"currency":"usd"},"reason":"\\ud800","requestId":"form-0001"}',
    '{"done":1e999}',
  ),
);
const type = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-7',
  'text/plain',
  'multipart/form-data',
  'x',
);
const method = fc.constantFrom('get', 'post', 'put', 'delete', 'patch', 'options' as const);

test('any malformed call with a valid token is refused as the caller’s error', async () => {
  const bearer = await fixture.bearer();
  await fc.assert(
    fc.asyncProperty(method, path, body, type, async (how, where, what, contentType) => {
      const call = request(fixture.app)[how](where).set({ authorization: bearer, 'content-type': contentType });
      const { status } = await (how === 'get' ? call : call.send(what));
      expect([200, 400, 403, 404, 405, 413, 415, 422]).toContain(status);
      expect(fixture.heard.filter(({ what: act }) => act !== 'effects' && act !== 'learn')).toEqual([]);
    }),
    { numRuns: 600, seed: 20261128 },
  );
});

test('no invalid token is accepted', async () => {
  const good = (await fixture.bearer()).slice('Bearer '.length);
  const [header = '', claims = '', signature = ''] = good.split('.');
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  const token = fc.oneof(
    fc.string({ maxLength: 300 }).map((text) => text.replaceAll(/[^\x21-\x7e]/g, 'x')),
    fc.constantFrom(`${none}.${claims}.`, `${header}.${claims}.`, `${header}.${claims}`, `.${claims}.${signature}`),
    fc.nat(good.length - 1).map((at) => good.slice(0, at)),
    fc
      .nat(signature.length - 2)
      .map(
        (at) =>
          `${header}.${claims}.${signature.slice(0, at)}${signature[at] === 'A' ? 'B' : 'A'}${signature.slice(at + 1)}`,
      ),
  );
  await fc.assert(
    fc.asyncProperty(token, async (text) => {
      const { status } = await request(fixture.app)
        .put('/api/tickets/42/category')
        .set('authorization', `Bearer ${text}`)
        .send({ from: 'refunds', category: 'bug' });
      expect(status).toBe(401);
      expect(fixture.heard.filter(({ what }) => what === 'correct_category')).toEqual([]);
    }),
    { numRuns: 300, seed: 20261128 },
  );
});
