import request from 'supertest';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { aCardPolicy } from '../card/testing/card-fixture.ts';
import { checkReply } from './check-reply.ts';
import { type ApiApp, anApiApp } from './testing/api-app.ts';

test('a reply is checked sentence by sentence, and phrases are shown without their marks', () => {
  const { compiled } = aCardPolicy(
    'promises: [let you know]\navoid: [{ phrase: "unfortunat*", instead: Say why }, { phrase: calm down }]\n',
  );
  const text = 'Unfortunately it is late. I will let you know. I will let you know by Monday.\n\nCalm down';
  expect(checkReply(compiled, text)).toEqual({
    promises: ['I will let you know.'],
    avoid: [
      { phrase: 'unfortunat', instead: 'Say why' },
      { phrase: 'calm down', instead: null },
    ],
  });
  expect(checkReply(aCardPolicy().compiled, 'All good, see you.')).toEqual({ promises: [], avoid: [] });
});

describe('over HTTP', () => {
  let database: TestDatabase;
  let fixture: ApiApp;
  beforeAll(async () => {
    database = await createTestDatabase();
    fixture = anApiApp(database);
  });
  afterAll(async () => {
    await fixture.close();
    await database.drop();
  });
  const check = async (body: object, authorization?: string) =>
    request(fixture.app)
      .post('/api/reply-check')
      .set(authorization === undefined ? {} : { authorization })
      .send(body);

  test('agents get an answer, others none', async () => {
    const bearer = await fixture.bearer();
    expect(await check({ text: 'hello' }, bearer)).toMatchObject({ status: 200, body: { promises: ['hello'] } });
    expect(await check({ text: 'hello' })).toMatchObject({ status: 401 });
    expect(await check({ text: 7 }, bearer)).toMatchObject({ status: 400, body: { error: 'bad_request' } });
    expect(await check({ text: 'x'.repeat(65_537) }, bearer)).toMatchObject({ status: 400 });
  });
});
