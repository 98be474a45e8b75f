// A server that answers as Slack's incoming webhooks do.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SlackBody } from '../render-message.ts';

export interface SlackAnswer {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

const OK: SlackAnswer = { status: 200, body: 'ok' };
export const NO_SERVICE: SlackAnswer = { status: 404, body: 'no_service' };
export const INVALID_BLOCKS: SlackAnswer = { status: 400, body: 'invalid_blocks' };
export const BROKEN: SlackAnswer = { status: 500, body: 'server_error' };
export const busy = (seconds: string): SlackAnswer => ({
  status: 429,
  body: 'rate_limited',
  headers: { 'retry-after': seconds },
});

export interface SlackServer {
  /** The address of a channel's webhook. */
  address(channel: string): string;
  /** What came and was accepted, oldest first. */
  accepted: { channel: string; body: SlackBody }[];
  /** All requests, whatever they were answered. */
  requests: { channel: string; answer: SlackAnswer }[];
  /** Answers of the next requests, in order; afterwards `ok`. `cut`: the connection ends without an answer. */
  next: (SlackAnswer | 'cut')[];
  stop(): Promise<void>;
}

export async function startSlackServer(): Promise<SlackServer> {
  const slack: Omit<SlackServer, 'address' | 'stop'> = { accepted: [], requests: [], next: [] };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const channel = request.url?.split('/').at(-1) ?? '';
      const answer = slack.next.shift() ?? OK;
      if (answer === 'cut') return void request.socket.destroy();
      slack.requests.push({ channel, answer });
      const body = JSON.parse(Buffer.concat(chunks).toString()) as SlackBody;
      if (answer.status === 200 && answer.body === 'ok') slack.accepted.push({ channel, body });
      response.writeHead(answer.status, { 'content-type': 'text/html', ...answer.headers }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(slack, {
    address: (channel: string) => `http://127.0.0.1:${port}/services/T0/B0/${channel}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
