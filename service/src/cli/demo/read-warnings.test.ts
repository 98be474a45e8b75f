import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readWarnings } from './read-progress.ts';

let server: Server;
let body = '';
beforeAll(async () => {
  server = createServer((_request, response) => response.end(body));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());
const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

test('reads the warnings that the progress does not show', async () => {
  body = JSON.stringify({
    ok: true,
    checks: {
      policy: { ok: true, warning: 'the edited policy was refused' },
      names: { ok: true, warning: 'no group "Suport"' },
      webhooks: { ok: true },
    },
  });
  expect(await readWarnings(url())).toEqual(['no group "Suport"']);
});

test('returns null while the service does not answer', async () => {
  body = 'Bad gateway';
  expect([await readWarnings(url()), await readWarnings('http://127.0.0.1:1')]).toEqual([null, null]);
});
