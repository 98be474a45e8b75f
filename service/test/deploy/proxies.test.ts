// nginx and Caddy, with the configuration of `deploy/`, in front of a server: what they pass on and what they keep inside.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../testing/free-port.ts';
import { until } from '../../testing/start-harness.ts';
import { readDeployFile } from './read-deploy-file.ts';

/** Addresses of streams. */
const LIVE = ['/api/live', '/api/dashboard/live'];

let behind: Server;
let upstream: string;
let folder: string;
beforeAll(async () => {
  behind = createServer((request, response) => {
    if (LIVE.includes(request.url ?? '')) {
      // One event, and then nothing: a proxy that buffers would keep it.
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: changed\n\n');
      return;
    }
    let size = 0;
    request.on('data', (chunk: Buffer) => (size += chunk.length));
    request.on('end', () =>
      response.end(JSON.stringify({ path: request.url, forwarded: request.headers['x-forwarded-for'], size })),
    );
  }).listen(0, '127.0.0.1');
  await once(behind, 'listening');
  upstream = `127.0.0.1:${(behind.address() as AddressInfo).port}`;
  folder = mkdtempSync(join(tmpdir(), 'deskwright-proxies-'));
});
afterAll(() => {
  behind.closeAllConnections();
  behind.close();
  rmSync(folder, { recursive: true });
});

/** Skipped where the program is not installed; CI installs nginx. */
const withProgram = (program: string, ...args: string[]) => {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return describe;
  } catch {
    process.stderr.write(`skipped: no ${program} on the PATH\n`);
    return describe.skip;
  }
};

withProgram('nginx', '-v')('nginx', () => {
  passesOn((port) => {
    const site = join(folder, 'site.conf');
    const main = join(folder, 'nginx.conf');
    // Without TLS, which needs a certificate, and at ports that anybody may open.
    const text = readDeployFile('nginx.conf')
      .replace(/^server \{\n  listen 80;[^}]*\}\n/m, '')
      .replace(/^ +ssl_certificate.*\n/gm, '')
      .replace(/^ +listen \[::\]:443.*\n/gm, '')
      .replace('listen 443 ssl http2', `listen 127.0.0.1:${port}`)
      .replace('server 127.0.0.1:4600', `server ${upstream}`);
    if (!text.includes(`listen 127.0.0.1:${port};`)) throw new Error(text);
    writeFileSync(site, text);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path ${join(folder, name)};`)
      .join(' ');
    writeFileSync(
      main,
      `daemon off; master_process off; pid ${join(folder, 'pid')}; error_log stderr; events {}\nhttp { access_log off; ${temporary} include ${site}; }\n`,
    );
    return spawn('nginx', ['-p', folder, '-c', main, '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'pipe'] });
  });
});

withProgram('caddy', 'version')('Caddy', () => {
  passesOn((port) => {
    const file = join(folder, 'Caddyfile');
    writeFileSync(file, `{\n\tadmin off\n}\n${readDeployFile('Caddyfile')}`);
    return spawn('caddy', ['run', '--config', file, '--adapter', 'caddyfile'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        // The scheme says that no certificate is wanted.
        DESKWRIGHT_DOMAIN: `http://127.0.0.1:${port}`,
        DESKWRIGHT_UPSTREAM: upstream,
      },
    });
  });
});

function passesOn(begin: (port: number) => ChildProcess): void {
  let proxy: ChildProcess;
  let url: string;
  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    proxy = begin(port);
    let said = '';
    proxy.stderr?.on('data', (text) => (said += String(text)));
    await until('the proxy answers', async () => {
      if (proxy.exitCode !== null) throw new Error(said);
      return (await fetch(`${url}/healthz`)).ok;
    });
  });
  afterAll(async () => {
    const ended = once(proxy, 'exit');
    proxy.kill();
    await ended;
  });

  test.each([
    '/app/sidebar',
    '/app/assets/a.js',
    '/api/tickets/1/card',
    '/webhooks/zendesk',
    '/s/x',
    '/u/x',
    '/wall/x',
    '/company/x',
    '/app/dashboard',
    '/api/dashboard/trends',
    '/healthz',
  ])('passes on %s, with the address of the caller', async (path) => {
    const answer = await fetch(`${url}${path}`);
    expect([answer.status, await answer.json()]).toEqual([200, { path, forwarded: expect.any(String), size: 0 }]);
  });

  test.each(['/metrics', '/readyz', '/', '/webhooks/other'])('keeps %s inside', async (path) => {
    expect((await fetch(`${url}${path}`)).status).toBe(404);
  });

  test('adds the address it saw behind those that a caller made up', async () => {
    const answer = await fetch(`${url}/healthz`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    const { forwarded } = (await answer.json()) as { forwarded: string };
    expect(forwarded.split(', ').at(-1)).toBe('127.0.0.1');
  });

  test('passes on as much as the service accepts, and refuses more', async () => {
    const post = (bytes: number) => fetch(`${url}/webhooks/zendesk`, { method: 'POST', body: 'x'.repeat(bytes) });
    expect(await (await post(1_000_000)).json()).toMatchObject({ size: 1_000_000 });
    // Caddy answers 502 up to version 2.6, and 413 later.
    expect([413, 502]).toContain((await post(1_100_000)).status);
  });

  test.each(LIVE)('passes on server-sent events of %s at once', async (path) => {
    const stop = new AbortController();
    const stream = await fetch(`${url}${path}`, { signal: stop.signal });
    const { value } = (await stream.body?.getReader().read()) ?? {};
    expect(Buffer.from(value ?? []).toString()).toBe('data: changed\n\n');
    stop.abort();
  });
}
