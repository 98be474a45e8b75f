import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import express, { type Request, type Response } from 'express';
import { until } from '../testing/until.ts';
import { SERVER_TIMES } from './listen.ts';
import { parseForm, parseJson } from './request-body.ts';

const echo = (request: Request, response: Response): unknown => response.json(request.body);

let server: Server;
let url: string;
const sockets: Socket[] = [];
beforeAll(async () => {
  const app = express();
  app.post('/json', parseJson(1_000_000), echo);
  app.post('/form', parseForm(1_000_000, 10), echo);
  server = createServer({ keepAliveTimeout: SERVER_TIMES.keepAliveMs }, app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  server.closeAllConnections();
  server.close();
});

const post = () =>
  fetch(`${url}/json`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' });

test('bodies that never arrive use up the memory budget of all pages until their senders disconnect', async () => {
  for (let n = 0; n < 40; n += 1) {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined).resume();
    socket.write(
      'POST /form HTTP/1.1\r\nhost: here\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 1000000\r\n\r\na=',
    );
    sockets.push(socket);
  }
  await until(async () => (await post()).status === 503);
  expect((await post()).headers.get('retry-after')).toBe('30');

  for (const socket of sockets) socket.destroy();
  await until(async () => (await post()).status === 200);
});

test('bodies that were read release their memory', async () => {
  for (let n = 0; n < 100; n += 1) expect(await (await post()).json()).toEqual({ a: 1 });
  const big = JSON.stringify({ text: 'x'.repeat(900_000) });
  for (let n = 0; n < 100; n += 1) {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/json`, { method: 'POST', headers, body: big });
    expect(answer.status).toBe(200);
    await answer.arrayBuffer();
  }
});

test.each(['/json', '/form'])(
  'a compressed body, whose size its headers do not tell, is refused at %s',
  async (path) => {
    const type = path === '/json' ? 'application/json' : 'application/x-www-form-urlencoded';
    const headers = { 'content-type': type, 'content-encoding': 'gzip' };
    const answer = await fetch(url + path, { method: 'POST', headers, body: gzipSync('1') });
    expect(answer.status).toBe(415);
  },
);
