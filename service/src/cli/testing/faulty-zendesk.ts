// A proxy in front of a local Zendesk that injects the faults a test sets.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type LocalZendesk, startLocalZendesk } from '@deskwright/local-zendesk';
import type { ZendeskLimits } from '../../zendesk/limits.ts';

export type Fault = 429 | 500 | 401 | 'cut' | 'time-out';

export const FAULTS: readonly Fault[] = [429, 500, 401, 'cut', 'time-out'];
export interface FaultyZendesk {
  readonly zendesk: LocalZendesk;
  readonly url: string;
  /** The environment of a command that uses it. */
  readonly env: NodeJS.ProcessEnv;
  /** For a client that gives up soon: but for a planted time-out it waits long enough for a busy machine. */
  readonly limits: () => Partial<ZendeskLimits>;
  /**
   * Calls of paths that begin with `path` fail, by default until `heal`. 401: the token is revoked at the first of them, so that from then on
   * every call is refused.
   */
  breakAt(fault: Fault, path: string, times?: number): void;
  heal(): void;
  stop(): Promise<void>;
}

export async function startFaultyZendesk(): Promise<FaultyZendesk> {
  const zendesk = await startLocalZendesk({
    port: 0,
    smtpPort: 0,
    backlog: 0,
    seed: 'empty',
    trickle: { start: 'off' },
    limits: { incremental: 100_000 },
  });
  let planted: { fault: Fault; path: string; left: number } | null = null;
  let isRevoked = false;
  const front = createServer((request, answer) => {
    const { method = 'GET', url: path = '', headers } = request;
    if (planted !== null && planted.left > 0 && path.startsWith(planted.path)) {
      const { fault } = planted;
      planted.left -= 1;
      if (fault === 'cut') request.socket.destroy();
      else if (fault === 401) isRevoked = true;
      else if (fault !== 'time-out') answer.writeHead(fault, { 'retry-after': '0' }).end('{"error":"Planted"}');
      if (fault !== 401) return;
    }
    if (isRevoked) {
      answer.writeHead(401).end('{"error":"invalid_token"}');
      return;
    }
    const body: Buffer[] = [];
    request.on('data', (part: Buffer) => body.push(part));
    request.on('end', () => {
      const sent = {
        authorization: headers.authorization ?? '',
        'content-type': headers['content-type'] ?? 'application/json',
      };
      void fetch(`${zendesk.url}${path}`, {
        method,
        headers: sent,
        ...(body.length > 0 && { body: Buffer.concat(body) }),
      }).then(async (got) =>
        answer
          .writeHead(got.status, { 'content-type': 'application/json' })
          .end((await got.text()).replaceAll(zendesk.url, url)),
      );
    });
  });
  await new Promise<void>((resolve) => {
    front.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  return {
    zendesk,
    url,
    env: { ZENDESK_BASE_URL: url, ZENDESK_OAUTH_CLIENT_ID: 'deskwright', ZENDESK_OAUTH_CLIENT_SECRET: 'deskwright' },
    limits: () => ({ readTries: 2, backoffMs: 1, timeoutMs: planted?.fault === 'time-out' ? 1_000 : 60_000 }),
    breakAt: (fault, path, times = Number.POSITIVE_INFINITY) => {
      planted = { fault, path, left: times };
    },
    heal: () => {
      planted = null;
      isRevoked = false;
    },
    async stop() {
      front.closeAllConnections();
      front.close();
      await zendesk.stop();
    },
  };
}
