import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createZendesk } from './create-zendesk.ts';
import { SILENT } from './testing/zendesk-fixtures.ts';

const AT = '2026-11-23T08:00:00Z';

describe('against a server with unexpected answers', () => {
  type Handler = (request: IncomingMessage, response: ServerResponse) => void;
  const seen: IncomingMessage[] = [];

  async function against(
    handler: Handler,
    work: (zendesk: ReturnType<typeof createZendesk>, url: string) => Promise<void>,
  ) {
    seen.length = 0;
    const server = createServer((request, response) => {
      seen.push(request);
      handler(request, response);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const zendesk = createZendesk({
      baseUrl,
      apiToken: { email: 'desk@northwind.test', token: 'token' },
      clock: Date.now,
      logger: SILENT,
      limits: { backoffMs: 1 },
    });
    try {
      await work(zendesk, baseUrl);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }
  const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

  test('an HTML page in place of JSON counts as no answer', async () => {
    await against(
      (_request, response) => response.end('<html>Maintenance</html>'),
      async (zendesk) => {
        await expect(zendesk.objects.listReadable('view')).rejects.toMatchObject({ kind: 'unavailable' });
      },
    );
  });

  test('an answer without a required field is refused, naming the field', async () => {
    await against(
      (_request, response) => json(response, 200, { ticket: { id: 1, tags: [], created_at: '', updated_at: '' } }),
      async (zendesk) => {
        await expect(zendesk.updateTicket(1, {})).rejects.toMatchObject({ message: expect.stringContaining('status') });
      },
    );
  });

  test.each([
    [{ channel: 4 }, { channel: 'email' }],
    [{ channel: 'web_service' }, { channel: 'api' }],
    [{ channel: null }, null],
    ['mail', { channel: 'email' }],
    [null, null],
  ])('the way a ticket came is read from %j', async (via, read) => {
    const ticket = { id: 1, status: 'open', tags: [], via, created_at: AT, updated_at: AT };
    await against(
      (_request, response) => json(response, 200, { ticket }),
      async (zendesk) => {
        expect(await zendesk.showTicket(1)).toMatchObject({ via: read });
      },
    );
  });

  test('a redirect is not followed, so that the login is not sent elsewhere', async () => {
    await against(
      (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/elsewhere' }).end(),
      async (zendesk) => {
        await expect(zendesk.me()).rejects.toMatchObject({ kind: 'unavailable', status: 302 });
      },
    );
  });

  test('the next page is read from our own address, and has_more ends the list', async () => {
    await against(
      (request, response) => {
        const second = request.url?.includes('after');
        json(response, 200, {
          groups: [{ id: second ? 2 : 1, name: second ? 'B' : 'A' }],
          meta: { has_more: !second },
          links: { next: `https://elsewhere.example/api/v2/groups.json?page[after]=x` },
        });
      },
      async (zendesk) => {
        expect(await zendesk.listNames('group')).toEqual([
          { id: 1, name: 'A' },
          { id: 2, name: 'B' },
        ]);
        expect(seen).toHaveLength(2);
      },
    );
  });

  test('when the rate limit is used up, a write is not sent, and the error says how long to wait', async () => {
    await against(
      (_request, response) =>
        json(response, 200, { views: [] }, { 'x-rate-limit-remaining': '0', 'ratelimit-reset': '20' }),
      async (zendesk) => {
        await zendesk.objects.listReadable('view');
        const refused = zendesk.updateTicket(1, { priority: 'low' });
        await expect(refused).rejects.toMatchObject({ kind: 'busy', retryAfterMs: expect.any(Number) });
        expect(seen.map((request) => request.method)).toEqual(['GET']);
      },
    );
  });

  test('an error never contains what customers wrote', async () => {
    const details = {
      requester: [{ description: 'Email: kim@customers.test is taken' }],
      base: [{ description: 'Assignee: is required' }],
    };
    await against(
      (_request, response) => json(response, 422, { error: 'RecordInvalid', description: 'kim said hello', details }),
      async (zendesk) => {
        const error = String(await zendesk.updateTicket(1, {}).catch((refusal: unknown) => refusal));
        expect(error).toContain(
          'PUT /api/v2/tickets/1.json answered 422 RecordInvalid (requester; base: Assignee: is required)',
        );
        expect(error).not.toContain('kim');
      },
    );
  });

  test('a server that cannot be reached is unavailable, and the error says why', async () => {
    const zendesk = createZendesk({
      baseUrl: 'http://127.0.0.1:9',
      apiToken: { email: 'a@b.test', token: 'x' },
      clock: Date.now,
      logger: SILENT,
      limits: { backoffMs: 1 },
    });
    await expect(zendesk.updateTicket(1, {})).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(/got no answer/),
    });
  });
});
