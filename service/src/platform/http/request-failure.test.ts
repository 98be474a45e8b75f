import express from 'express';
import request from 'supertest';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { requestFailureOf } from './request-failure.ts';

describe('the status for a failed request', () => {
  test.each([401, 403, 404, 409, 422, 429, 500, null])(
    "is never the caller's fault for an answer of Zendesk (%s)",
    (status) => {
      expect(requestFailureOf(new ZendeskError('rejected', 'GET x', status))).toMatchObject({ kind: 'unavailable' });
    },
  );

  test.each([{ status: null }, { status: 404 }, { status: 400, expose: false }, { statusCode: 400 }])(
    'is not taken from a library’s error with %j',
    (fields) => {
      expect(requestFailureOf(Object.assign(new Error('x'), fields))).toEqual({ kind: 'internal' });
    },
  );

  test('is unavailable when the database refuses connections', () => {
    expect(requestFailureOf(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))).toMatchObject({
      kind: 'unavailable',
      retryAfterS: 5,
    });
  });

  test('is reported for a full disk', () => {
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
    'is kept for errors of Express and its parsers: %s %j',
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
