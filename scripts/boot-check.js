// Checks that the built service starts, decides a ticket and stops, which unit tests do not prove.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalZendesk } from '@deskwright/local-zendesk';

const { subscribeWebhook } = await import('../service/dist/cli/subscribe-webhook.js');
const { removeDataDir } = await import('../service/dist/platform/storage/embedded/accessible-folders.js');
const CLIENT = { id: 'deskwright', secret: 'deskwright' };
const directory = mkdtempSync(join(tmpdir(), 'deskwright-boot-'));
const port = await freePort();
const serviceUrl = `http://127.0.0.1:${port}`;

const app = join(directory, 'app');
execFileSync(process.execPath, ['scripts/package-app.js', '--out', app], { stdio: 'ignore' });
const zendesk = await startLocalZendesk({
  port: 0,
  smtpPort: 0,
  backlog: 20,
  apps: [{ path: app, settings: { service_url: serviceUrl } }],
});
const { secret } = await subscribeWebhook(zendesk.url, CLIENT, `${serviceUrl}/webhooks/zendesk`);
const logFile = join(directory, 'service.log');
const log = openSync(logFile, 'a');
const service = spawn(process.execPath, ['service/dist/main.js'], {
  stdio: ['ignore', log, log],
  env: {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    DESKWRIGHT_DATA_DIR: directory,
    ZENDESK_BASE_URL: zendesk.url,
    ZENDESK_OAUTH_CLIENT_ID: CLIENT.id,
    ZENDESK_OAUTH_CLIENT_SECRET: CLIENT.secret,
    ZENDESK_WEBHOOK_SECRET: secret,
    SMTP_URL: zendesk.smtpUrl,
    ZENDESK_APP_ID: String(zendesk.apps.list()[0].id),
    ZENDESK_APP_SDK_URL: `${zendesk.url}/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js`,
  },
});
const ended = once(service, 'exit');

try {
  await until('the service is ready', async () => (await fetch(`${serviceUrl}/readyz`)).ok);
  const open = () => zendesk.account.tickets.list().filter(({ status }) => !['solved', 'closed'].includes(status));
  await until('every ticket carries its category', () =>
    open().every(({ tags }) => tags.some((tag) => tag.startsWith('category__'))),
  );

  await openSidebar();

  const asked = Date.now();
  service.kill('SIGTERM');
  const [code] = await ended;
  if (code !== 0) throw new Error(`The service ended with code ${code} after SIGTERM`);
  console.log(`ready, ${open().length} tickets decided, stopped in ${Date.now() - asked} ms`);
} catch (error) {
  console.error(error);
  console.error(readFileSync(logFile, 'utf8').slice(-4_000));
  process.exitCode = 1;
} finally {
  if (service.exitCode === null) service.kill('SIGKILL');
  await zendesk.stop();
  await removeDataDir(directory);
}

/** As Zendesk does when an agent opens a ticket; each file the page names must be there. */
async function openSidebar() {
  const agent = zendesk.account.users.find(zendesk.account.ownerId);
  const [frame] = zendesk.apps.at('ticket_sidebar', agent);
  const token = await zendesk.apps.sign(frame, agent, { product: 'support', location: frame.location });
  const page = await fetch(frame.url, { method: 'POST', body: new URLSearchParams({ token }) });
  const html = await page.text();
  if (page.status !== 200) throw new Error(`The sidebar answered ${page.status}: ${html}`);
  const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => new URL(path, serviceUrl));
  if (files.length < 2) throw new Error(`The sidebar's page names no files: ${html}`);
  for (const file of files) {
    const { status } = await fetch(file);
    if (status !== 200) throw new Error(`${file} answered ${status}`);
  }
}

async function until(what, look) {
  const deadline = Date.now() + 300_000;
  while (Date.now() < deadline) {
    if (service.exitCode !== null)
      throw new Error(`The service ended with code ${service.exitCode} while waiting: ${what}`);
    if (await Promise.resolve(look()).catch(() => false)) return;
    await sleep(100);
  }
  throw new Error(`Waited 300 s in vain: ${what}`);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}
