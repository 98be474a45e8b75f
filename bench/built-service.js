// Starts the built service for a benchmark, as an operator would.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalZendesk } from '@deskwright/local-zendesk';
import { subscribeWebhook } from '../service/dist/cli/subscribe-webhook.js';

export const CLIENT = { id: 'deskwright', secret: 'deskwright' };

/** Beside the local Zendesk, with a PostgreSQL of its own; resolves when it is ready. `env`: further settings. */
export async function startService(zendesk, port, env = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'deskwright-bench-'));
  const url = `http://127.0.0.1:${port}`;
  const { secret } = await subscribeWebhook(zendesk.url, CLIENT, `${url}/webhooks/zendesk`);
  const log = openSync(join(directory, 'service.log'), 'a');
  const child = spawn(process.execPath, ['service/dist/main.js'], {
    stdio: ['ignore', log, log],
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: String(port),
      DESKWRIGHT_DATA_DIR: directory,
      ZENDESK_BASE_URL: zendesk.url,
      ZENDESK_OAUTH_CLIENT_ID: CLIENT.id,
      ZENDESK_OAUTH_CLIENT_SECRET: CLIENT.secret,
      ZENDESK_WEBHOOK_SECRET: secret,
      SMTP_URL: zendesk.smtpUrl,
      ...env,
    },
  });
  const ended = once(child, 'exit');
  for (let tries = 0; tries < 1_500; tries++) {
    if ((await fetch(`${url}/readyz`).catch(() => null))?.ok) return { url, child, ended };
    await sleep(200);
  }
  throw new Error(`The service was not ready within five minutes; its log: ${directory}/service.log`);
}

/**
 * A local Zendesk with the app installed, and the built service.
 * @param {{ backlog: number, env?: (zendesk: import('@deskwright/local-zendesk').LocalZendesk) => Record<string, string> }} options `backlog`: tickets. `env`: further settings of the service
 */
export async function startWithApp({ backlog, env = () => ({}) }) {
  const app = join(mkdtempSync(join(tmpdir(), 'deskwright-bench-')), 'app');
  execFileSync(process.execPath, ['scripts/package-app.js', '--out', app], { stdio: 'ignore' });
  const port = await freePort();
  const zendesk = await startLocalZendesk({
    port: 0,
    smtpPort: 0,
    backlog,
    apps: [{ path: app, settings: { service_url: `http://127.0.0.1:${port}` } }],
  });
  const service = await startService(zendesk, port, {
    ZENDESK_APP_ID: String(zendesk.apps.list()[0].id),
    ...env(zendesk),
  });
  return { zendesk, service };
}

/**
 * Ends what a benchmark started, and removes its folder.
 * @param {{ database: import('pg').Client, service: { child: import('node:child_process').ChildProcess, ended: Promise<unknown> }, zendesk: { stop: () => Promise<unknown> }, postgres: { stop: () => Promise<unknown> }, directory: string }} started
 */
export async function stopAll({ database, service, zendesk, postgres, directory }) {
  await database.end();
  service.child.kill('SIGTERM');
  await service.ended;
  await zendesk.stop();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
