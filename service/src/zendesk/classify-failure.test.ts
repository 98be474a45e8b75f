import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { classifyFailure } from './classify-failure.ts';
import { createZendesk } from './create-zendesk.ts';
import { SILENT } from './testing/zendesk-fixtures.ts';
import type { ZendeskError } from './zendesk.ts';

/** How the server answers a ticket's update, and `users/me` if it is called. */
interface Answers {
  ticket: { status: number; body?: unknown; html?: string; headers?: Record<string, string> };
  me: 'fine' | 401 | 503;
  /** How it answers the same call for another ticket. */
  others?: number;
}

let answers: Answers;
let asked: string[];
const server = createServer((request: IncomingMessage, response: ServerResponse) => {
  asked.push(`${request.method} ${request.url}`);
  if (request.url?.startsWith('/api/v2/users/me')) {
    if (answers.me === 'fine') return json(response, 200, { user: { id: 1, name: 'Desk', role: 'admin' } });
    return json(response, answers.me, { error: 'no' });
  }
  if (request.url?.includes(String(Number.MAX_SAFE_INTEGER)))
    return json(response, answers.others ?? 404, { error: 'RecordNotFound' });
  const { status, body, html, headers } = answers.ticket;
  if (html === undefined) return json(response, status, body ?? {}, headers);
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(html);
});
const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function classify(given: Answers) {
  answers = given;
  asked = [];
  const zendesk = createZendesk({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiToken: { email: 'desk@northwind.test', token: 'token' },
    clock: Date.now,
    logger: SILENT,
  });
  const error = await zendesk.updateTicket(42, { priority: 'low' }).then(
    () => Promise.reject(new Error('The update was to fail')),
    (refusal: ZendeskError) => refusal,
  );
  return { kind: error.kind, is: await classifyFailure(error, zendesk), calls: asked.length };
}

describe('what a failed call concerns', () => {
  test.each([
    [400, {}, 'rejected'],
    [404, { error: 'RecordNotFound', description: 'Not found' }, 'not_found'],
    [409, { error: 'UpdateConflict' }, 'conflict'],
    [413, {}, 'rejected'],
    [422, { error: 'RecordInvalid' }, 'rejected'],
  ])('%i concerns this one request, and nothing more is asked', async (status, body, kind) => {
    expect(await classify({ ticket: { status, body }, me: 503 })).toEqual({ kind, is: 'refused_for_one', calls: 1 });
  });

  test.each([
    [401, { error: "Couldn't authenticate you" }],
    [402, {}],
    [403, { error: 'Forbidden', description: 'You are missing the following required scopes: write' }],
    [403, { error: { title: 'Forbidden', message: 'missing scope tickets:write' } }],
    [451, {}],
  ])('%i %j is refused for all, and nothing more is asked', async (status, body) => {
    expect(await classify({ ticket: { status, body }, me: 'fine' })).toEqual({
      kind: 'forbidden',
      is: 'refused_for_all',
      calls: 1,
    });
  });

  test.each([
    [429, { 'retry-after': '7' }],
    [503, { 'retry-after': '7' }],
  ])('%i that says how long to wait is unavailable', async (status, headers) => {
    expect(await classify({ ticket: { status, headers }, me: 'fine' })).toMatchObject({
      kind: 'busy',
      is: 'unavailable',
    });
  });

  test('a 403 while our login works concerns this ticket', async () => {
    const ticket = { status: 403, body: { error: 'Forbidden' } };
    expect(await classify({ ticket, me: 'fine' })).toEqual({ kind: 'forbidden', is: 'refused_for_one', calls: 2 });
    expect(await classify({ ticket, me: 401 })).toMatchObject({ is: 'refused_for_all' });
    expect(await classify({ ticket, me: 503 })).toMatchObject({ is: 'unavailable' });
  });

  test.each([
    ['a redirect', { status: 302, body: {}, headers: { location: 'https://elsewhere.test/' } }],
    ['a permanent redirect', { status: 308, body: {}, headers: { location: 'https://elsewhere.test/' } }],
    ['an error of Zendesk', { status: 500, body: {} }],
    ['a gateway', { status: 502, html: '<html>Bad gateway</html>' }],
    ['a page in place of JSON', { status: 200, html: '<html>Maintenance</html>' }],
    ['an answer without what we rely on', { status: 200, body: { ticket: { id: 42 } } }],
    ['a method refused by a proxy', { status: 405, html: '<html>No</html>' }],
    ['an address that is not there', { status: 404, body: { error: 'InvalidEndpoint', description: 'Not found' } }],
    ['an account that is not there', { status: 404, body: { error: { title: 'No help desk at x.zendesk.com' } } }],
    ['a proxy that does not know us', { status: 404, html: '<html>Not found</html>' }],
  ])('%s is unavailable as long as Zendesk does not answer otherwise', async (_name, ticket) => {
    expect(await classify({ ticket, me: 503 })).toEqual({ kind: 'unavailable', is: 'unavailable', calls: 2 });
    expect(await classify({ ticket, me: 'fine' })).toMatchObject({ kind: 'unavailable', is: 'refused_for_one' });
  });

  test.each([500, 502, 503])(
    'a 500 while the same call fails with %i for every ticket concerns the endpoint',
    async (others) => {
      const ticket = { status: 500, body: {} };
      expect(await classify({ ticket, me: 'fine', others })).toEqual({
        kind: 'unavailable',
        is: 'endpoint_away',
        calls: 3,
      });
    },
  );
});

test('an id that no record can have is never sent', async () => {
  asked = [];
  const zendesk = createZendesk({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiToken: { email: 'desk@northwind.test', token: 'token' },
    clock: Date.now,
    logger: SILENT,
  });
  for (const id of [0, -1, Number.NaN, 1.5]) {
    expect(await zendesk.showTicket(id)).toBeNull();
    await expect(zendesk.updateTicket(id, {})).rejects.toMatchObject({ kind: 'not_found' });
    await expect(zendesk.listComments(id)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(zendesk.listAuditMetadata(id)).rejects.toMatchObject({ kind: 'not_found' });
  }
  expect(await zendesk.showTickets([0])).toEqual([]);
  expect(asked).toEqual([]);
});
