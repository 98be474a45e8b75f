import { type AddressInfo, connect } from 'node:net';
import { closeServer, listen, SERVER_TIMES } from './listen.ts';

const never = new AbortController().signal;

test.each([
  ['a head that does not end', 'GET / HTTP/1.1\r\nhost: here\r\n'],
  ['a body that does not come', 'POST / HTTP/1.1\r\nhost: here\r\ncontent-length: 900000\r\n\r\nabc'],
])('%s ends the connection', async (_what, sent) => {
  const server = await listen(() => undefined, { host: '127.0.0.1', port: 0 }, never, {
    ...SERVER_TIMES,
    headersTimeoutMs: 100,
    requestTimeoutMs: 100,
    checkEveryMs: 20,
  });
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk.toString();
  });
  const ended = new Promise((resolve) => socket.on('close', resolve));
  socket.write(sent);
  await ended;

  expect(heard).toMatch(/^HTTP\/1.1 408 /);
  await closeServer(server);
});

test('by default a request must arrive within twenty seconds, and expired ones are noticed in time', () => {
  expect(SERVER_TIMES.requestTimeoutMs).toBeLessThanOrEqual(20_000);
  expect(SERVER_TIMES.headersTimeoutMs).toBeLessThan(SERVER_TIMES.requestTimeoutMs);
  expect(SERVER_TIMES.checkEveryMs).toBeLessThanOrEqual(5_000);
});

test('an idle connection is kept longer than a proxy keeps it', async () => {
  const server = await listen(() => undefined, { host: '127.0.0.1', port: 0 }, never);
  expect(server.keepAliveTimeout).toBeGreaterThan(60_000);
  await closeServer(server);
});
