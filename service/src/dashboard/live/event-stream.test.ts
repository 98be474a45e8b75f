import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import express, { type Response } from 'express';
import { until } from '../../platform/testing/until.ts';
import { asEvent, type EventStream, openEventStream } from './event-stream.ts';

let server: Server;
let page: Socket;
afterEach(() => {
  page.destroy();
  server.closeAllConnections();
  server.close();
});

/** A page that reads nothing until it is resumed. */
async function aSlowPage(stopwatch = () => 0): Promise<{ stream: EventStream; response: Response }> {
  const opened = new Promise<{ stream: EventStream; response: Response }>((resolve) => {
    const app = express().get('/', (_request, response) => {
      resolve({ stream: openEventStream(response, { deafAfterMs: 1_000, stopwatch }), response });
    });
    server = createServer(app).listen(0, '127.0.0.1');
  });
  await once(server, 'listening');
  page = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  page.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n');
  return opened;
}

const EVENTS = 100;
const LONG = 'x'.repeat(500_000);

test('a page that reads slowly gets the newest only', async () => {
  const { stream } = await aSlowPage();
  for (let n = 1; n <= EVENTS; n++) stream.send(asEvent('dashboard', { n, LONG }));
  let text = '';
  page.on('data', (data) => (text += data.toString()));
  page.resume();
  await until(() => text.includes(`{"n":${EVENTS},`));
  expect(text.split('event: dashboard').length - 1).toBeLessThan(EVENTS);
  stream.send(asEvent('dashboard', { n: 'next' }));
  await until(() => text.includes('{"n":"next"}'));
});

test('a page that has read nothing for long is cut off, one that is only slow is not', async () => {
  let now = 0;
  const { stream, response } = await aSlowPage(() => now);
  for (let n = 1; n <= EVENTS; n++) stream.send(asEvent('dashboard', { n, LONG }));
  now = 500;
  stream.beat();
  expect(response.destroyed).toBe(false);
  now = 5_000;
  stream.beat();
  expect(response.destroyed).toBe(true);
});
