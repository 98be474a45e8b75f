import express from 'express';
import request from 'supertest';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { requestFailureOf } from './request-failure.ts';

describe('the cause of a failed request', () => {
  test.each([401, 403, 404, 409, 422, 429, 500, null])(
    'what Zendesk answered us with (%s) is never the fault of the caller',
    (status) => {
      expect(requestFailureOf(new ZendeskError('rejected', 'GET x', status))).toMatchObject({ kind: 'unavailable' });
    },
  );

  test.each([{ status: null }, { status: 404 }, { status: 400, expose: false }, { statusCode: 400 }])(
    'nor is a library’s error that happens to carry %j',
    (fields) => {
      expect(requestFailureOf(Object.assign(new Error('x'), fields))).toEqual({ kind: 'internal' });
    },
  );

  test('a refused connection to the database counts as unavailable', () => {
    expect(requestFailureOf(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))).toMatchObject({
      kind: 'unavailable',
      retryAfterS: 5,
    });
  });

  test('a full disk is reported as such', () => {
    const full = Object.assign(new Error('could not extend file'), { code: '53100' });
    for (const error of [full, new Error('Failed query', { cause: full })])
      expect(requestFailureOf(error)).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('disk') });
  });

  const refused: [path: string, sent: { body?: string; encoding?: string }, status: number][] = [
    ['/%E0%A4%A', {}, 400],
    ['/x', { body: '{"a":' }, 400],
    ['/x', { body: `"${'x'.repeat(2_000)}"` }, 413],
    ['/x', { body: '{}', encoding: 'nonsense' }, 415],
  ];
  test.each(refused)(
    'a refusal by Express or its parsers keeps its status: %s %j',
    async (path, { body, encoding }, status) => {
      const app = express();
      app.use(express.json({ limit: 1_000 }));
      app.post('/:name', (_request, response) => void response.end());
      let failure: unknown;
      app.use(((error, _request, response, _next) => {
        failure = requestFailureOf(error);
        response.end();
      }) as express.ErrorRequestHandler);
      const asked = request(app).post(path).set('content-type', 'application/json');
      if (encoding) asked.set('content-encoding', encoding);
      await asked.send(body);
      expect(failure).toEqual({ kind: 'bad_request', status });
    },
  );
});
