import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { createBodyBudget } from '../../platform/http/request-body.ts';
import { until } from '../../platform/testing/until.ts';
import { type RawBody, readRawBody } from './read-delivery.ts';

/** A server that reads bodies of at most 10 bytes and remembers what it read. */
async function aReader() {
  const read: RawBody[] = [];
  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    read.push(await readRawBody(incoming, 10, createBodyBudget(100_000)));
    response.end('done');
  };
  const server = createServer((incoming, response) => void answer(incoming, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { read, port, close: () => server.close() };
}

test('joins a body that arrives in parts', async () => {
  const { read, port, close } = await aReader();
  const client = request({ port, method: 'POST' });
  client.write('abc');
  await new Promise((resolve) => setTimeout(resolve, 20));
  client.end('def');
  const [answer] = await once(client, 'response');
  answer.resume();

  expect(read).toEqual([{ ok: true, bytes: Buffer.from('abcdef') }]);
  close();
});

test('drops a body that grows too large without a content-length, and still answers the sender', async () => {
  const { read, port, close } = await aReader();
  const client = request({ port, method: 'POST', headers: { 'transfer-encoding': 'chunked' } });
  for (let piece = 0; piece < 50; piece += 1) client.write('0123456789');
  client.end();
  const [answer] = await once(client, 'response');
  answer.resume();

  expect(answer.statusCode).toBe(200);
  expect(read).toEqual([{ ok: false, problem: 'too_large' }]);
  close();
});

test('a sender that disconnects midway causes no error', async () => {
  const { read, port, close } = await aReader();
  const client = connect(port, '127.0.0.1');
  client.write('POST / HTTP/1.1\r\nhost: here\r\ncontent-length: 9\r\n\r\nabc');
  await new Promise((resolve) => setTimeout(resolve, 30));
  client.destroy();
  await until(() => read.length > 0);

  expect(read).toEqual([{ ok: false, problem: 'cut_off' }]);
  close();
});
