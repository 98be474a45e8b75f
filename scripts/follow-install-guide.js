// Follows docs/guides/install.md on the local Zendesk, command by command, from the package to the watching service and its sidebar; then checks what is installed.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseEnv, promisify } from 'node:util';
import { startLocalZendesk } from '@deskwright/local-zendesk';
import { readGuide, toScript } from './package/read-guide.js';

const { startEmbeddedPostgres } = await import('../service/dist/platform/storage/embedded-postgres.js');
const { removeDataDir } = await import('../service/dist/platform/storage/embedded/accessible-folders.js');
const root = resolve(import.meta.dirname, '..');
const START = 'npx deskwright start\n';

const parent = mkdtempSync(join(tmpdir(), 'deskwright-guide-'));
const folder = join(parent, 'empty folder');
mkdirSync(folder);
const zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 20, https: 0 });
const database = await startEmbeddedPostgres(join(parent, 'database'));
const port = await freePort();
const serviceUrl = `http://127.0.0.1:${port}`;
let service = null;

// Without this shell's settings except npm's, which name its cache and registry. `npm ci` has put almost everything into the cache.
const env = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => /^(?:PATH|TMPDIR|npm_config_.*|\w+_proxy)$/i.test(name)),
  ),
  npm_config_cache: execFileSync('npm', ['config', 'get', 'cache'], { encoding: 'utf8' }).trim(),
  npm_config_prefer_offline: 'true',
  HOME: parent,
  // The local Zendesk's certificate, for ZCLI and for curl.
  NODE_EXTRA_CA_CERTS: zendesk.https.certificateFile,
  CURL_CA_BUNDLE: zendesk.https.certificateFile,
};

try {
  execFileSync(process.execPath, [join(root, 'scripts', 'pack-product.js'), '--out', parent], { stdio: 'ignore' });
  const [tarball] = readdirSync(parent).filter((name) => name.endsWith('.tgz'));
  copyFileSync(join(parent, tarball), join(folder, tarball));
  const blocks = readGuide(readFileSync(join(root, 'docs', 'guides', 'install.md'), 'utf8'));
  const start = blocks.findIndex(({ text }) => text === START);
  if (start === -1) throw new Error('The guide does not start the service.');

  const https = new URL(zendesk.https.url);
  const before = toScript(blocks.slice(0, start), [
    ['deskwright-0.1.0.tgz', tarball],
    ['https://deskwright.example.com', serviceUrl],
    ['https://acme.zendesk.com', https.origin],
    ['export ZENDESK_SUBDOMAIN=acme', `export ZENDESK_SUBDOMAIN=127 ZENDESK_DOMAIN=0.0.1:${https.port}`],
    ['\nZENDESK_SUBDOMAIN=acme', `\nZENDESK_BASE_URL=${zendesk.url}\nPORT=${port}\nHOST=127.0.0.1`],
    ['the-secret-of-the-client', 'deskwright'],
    ['postgresql://deskwright:the-password@127.0.0.1:5432/deskwright', database.url],
  ]);
  await follow(before);
  await startService();
  await follow(
    toScript(blocks.slice(start + 1), [
      ['https://deskwright.example.com', serviceUrl],
      ['http://127.0.0.1:4600', serviceUrl],
    ]),
  );
  await expectWatching();
  await openSidebar();
  await service.stop();
  service = null;
  console.log('the guide leads from the package to a service that watches and answers in the sidebar');
  const smoke = [join(root, 'scripts', 'package-smoke.js'), '--installed', folder];
  execFileSync(process.execPath, smoke, { stdio: 'inherit' });
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  service?.child.kill('SIGKILL');
  await database.stop();
  await zendesk.stop();
  await removeDataDir(join(parent, 'database'));
  rmSync(parent, { recursive: true, force: true });
}

/** Not in the way of the local Zendesk, which answers from this process. */
async function follow(script) {
  try {
    await promisify(execFile)('bash', ['-c', script], { cwd: folder, env, maxBuffer: 100_000_000 });
  } catch (cause) {
    const { stdout, stderr } = cause;
    throw new Error(`A command of the guide failed.\n${stdout.slice(-4_000)}\n${stderr.slice(-4_000)}`, { cause });
  }
}

/** What `npx deskwright start` runs; npx would not pass the signal on. */
async function startService() {
  const program = join(folder, 'node_modules', '.bin', 'deskwright');
  const sdk = { ZENDESK_APP_SDK_URL: `${zendesk.url}/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js` };
  // The local Zendesk is acted on at once, a real account is not.
  const args = ['start', '--observe'];
  const child = spawn(program, args, { cwd: folder, env: { ...env, ...sdk }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  service = {
    child,
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await ended;
      if (code !== 0) throw new Error(`The service ended with code ${code}:\n${output.slice(-4_000)}`);
    },
  };
  await until('all tickets are decided', async () => {
    if (child.exitCode !== null) throw new Error(`The service ended:\n${output.slice(-4_000)}`);
    const metrics = await readMetrics();
    return /_open_tickets\{decided="true"\} [1-9]/.test(metrics) && !/decided="false"\} [1-9]/.test(metrics);
  });
}

async function readMetrics() {
  return (await asOperator('/metrics')).text();
}

function asOperator(path) {
  const { OPERATOR_TOKEN: token } = parseEnv(readFileSync(join(folder, '.env'), 'utf8'));
  return fetch(`${serviceUrl}${path}`, { headers: { authorization: `Bearer ${token}` } });
}

/** By the service's own count of its calls, and by the tickets. */
async function expectWatching() {
  const writes = (await readMetrics())
    .split('\n')
    .filter((line) => /^deskwright_zendesk_calls_total\{.*method="(?:PUT|POST|DELETE|PATCH)"/.test(line))
    .filter((line) => !line.includes('oauth'));
  if (writes.length > 0) throw new Error(`It wrote to Zendesk: ${writes.join('; ')}`);
  const touched = zendesk.account.tickets.list().filter(({ tags }) => tags.some((tag) => tag.includes('__')));
  if (touched.length > 0) throw new Error(`${touched.length} tickets were changed.`);
  const { ok, checks } = await (await asOperator('/readyz')).json();
  if (!ok || !/watch/i.test(checks.mode.detail)) throw new Error(`It does not watch: ${JSON.stringify(checks)}`);
}

/** As Zendesk does when an agent opens a ticket. */
async function openSidebar() {
  const agent = zendesk.account.users.find(zendesk.account.ownerId);
  const [frame] = zendesk.apps.at('ticket_sidebar', agent);
  if (frame?.url !== `${serviceUrl}/app/sidebar`) throw new Error(`The app opens ${frame?.url}.`);
  const token = await zendesk.apps.sign(frame, agent, { product: 'support', location: frame.location });
  const page = await fetch(frame.url, { method: 'POST', body: new URLSearchParams({ token }) });
  const html = await page.text();
  if (page.status !== 200 || !html.includes('/app/assets/')) throw new Error(`It answered ${page.status}: ${html}`);
}

async function until(what, look) {
  let last = '';
  for (const deadline = Date.now() + 600_000; Date.now() < deadline; await sleep(100)) {
    try {
      if (await look()) return;
    } catch (error) {
      if (service.child.exitCode !== null) throw error;
      last = String(error);
    }
  }
  throw new Error(`Waited 10 min in vain: ${what} ${last}`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address();
  server.close();
  await once(server, 'close');
  return String(free);
}
