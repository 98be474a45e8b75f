// Tries reading an account while Zendesk fails in the middle: it says where it stopped, writes nothing, and works when run again.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalZendesk, startLocalZendesk } from '@deskwright/local-zendesk';
import { runInitFromAccount } from './init-from-account.ts';
import { openAccount } from './open-account.ts';

type Fault = 429 | 500 | 401 | 'cut' | 'time-out';

let zendesk: LocalZendesk;
let front: Server;
/** What happens to the list of views, and how often. */
let fault: Fault | null = null;
let times = 0;
let isRevoked = false;
beforeAll(async () => {
  zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, seed: 'empty', trickle: { start: 'off' } });
  front = createServer((request, answer) => {
    const { method = 'GET', url = '', headers } = request;
    if (fault !== null && times > 0 && url.startsWith('/api/v2/views')) {
      times -= 1;
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
      void fetch(`${zendesk.url}${url}`, {
        method,
        headers: sent,
        ...(body.length > 0 && { body: Buffer.concat(body) }),
      }).then(async (got) =>
        answer
          .writeHead(got.status, { 'content-type': 'application/json' })
          .end((await got.text()).replaceAll(zendesk.url, urlOf())),
      );
    });
  });
  await new Promise<void>((resolve) => {
    front.listen(0, '127.0.0.1', resolve);
  });
});
afterAll(async () => {
  front.closeAllConnections();
  front.close();
  await zendesk.stop();
});

const urlOf = (): string => `http://127.0.0.1:${(front.address() as AddressInfo).port}`;

async function run(folder: string): Promise<number | string> {
  const env = {
    ZENDESK_BASE_URL: urlOf(),
    ZENDESK_OAUTH_CLIENT_ID: 'deskwright',
    ZENDESK_OAUTH_CLIENT_SECRET: 'deskwright',
  };
  const limits = { timeoutMs: 300, readTries: 2, backoffMs: 1 };
  const read = async () => (await openAccount(null, env, limits)).asService.readSetup();
  try {
    return await runInitFromAccount({ folder, dryRun: false, read, out: () => undefined });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

test.each<[Fault, RegExp]>([
  [429, /^Stopped while reading the views: .*Nothing was written; run the command again\.$/s],
  [500, /^Stopped while reading the views: .*500.*run the command again\.$/s],
  [401, /^Stopped while reading the views: .*run the command again\.$/s],
  ['cut', /^Stopped while reading the views: .*run the command again\.$/s],
  ['time-out', /^Stopped while reading the views: .*run the command again\.$/s],
])('%s in the middle', async (what, message) => {
  const folder = mkdtempSync(join(tmpdir(), 'deskwright-init-'));
  try {
    [fault, times] = [what, Number.POSITIVE_INFINITY];
    expect(await run(folder)).toMatch(message);
    expect(existsSync(join(folder, 'config'))).toBe(false);

    [fault, isRevoked] = [null, false];
    expect(await run(folder)).toBe(0);
  } finally {
    [fault, isRevoked] = [null, false];
    rmSync(folder, { recursive: true });
  }
});
