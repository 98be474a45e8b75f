// Checks an installed package: `node scripts/package-smoke.js --installed FOLDER` runs its demo there, and the steps of the Dockerfile.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startLocalZendesk } from '@deskwright/local-zendesk';
import { runDockerfile } from './package/run-dockerfile.js';

const { startEmbeddedPostgres } = await import('../service/dist/platform/storage/embedded-postgres.js');
const { removeDataDir } = await import('../service/dist/platform/storage/embedded/accessible-folders.js');
const { values } = parseArgs({ options: { installed: { type: 'string' } } });
const folder = values.installed;
if (folder === undefined) throw new Error('Name the folder: node scripts/package-smoke.js --installed FOLDER');
const parent = mkdtempSync(join(tmpdir(), 'deskwright-package-smoke-'));
// Without this shell's settings except npm's, which name its cache and registry.
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => /^(?:PATH|HOME|TMPDIR|npm_config_.*|\w+_proxy)$/i.test(name)),
);
const running = [];
let printed = '';

try {
  const unwanted = readdirSync(join(folder, 'node_modules')).filter((name) => /^(?:typescript|jest|vite)$/.test(name));
  if (unwanted.length > 0) throw new Error(`The package installs tools for development: ${unwanted.join(', ')}`);

  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
  printed = deskwright('--version');
  if (!printed.startsWith(`${version} (build `)) throw new Error(`--version prints ${printed}`);
  await demo();
  await container();
  console.log('the demo works in the same folder, and so do the steps of the Dockerfile');
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  for (const child of running) child.kill('SIGKILL');
  await removeDataDir(join(folder, '.deskwright'));
  await removeDataDir(join(parent, 'database'));
  rmSync(parent, { recursive: true, force: true });
}

function run(command, args) {
  return execFileSync(command, args, { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function deskwright(...args) {
  return run('npx', ['--no-install', 'deskwright', ...args]);
}

function settingsFor(zendesk) {
  return {
    HOST: '127.0.0.1',
    PORT: '0',
    ZENDESK_BASE_URL: zendesk.url,
    ZENDESK_OAUTH_CLIENT_ID: 'deskwright',
    ZENDESK_OAUTH_CLIENT_SECRET: 'deskwright',
    ZENDESK_WEBHOOK_SECRET: 'not needed here',
  };
}

async function demo() {
  const ports = ['--port', await freePort(), '--zendesk-port', await freePort()];
  const boot = begin(['demo', '--backlog', '5', ...ports], {});
  await boot.says(/(Deskwright in the sidebar)/);
  // It reads the metrics for this, with the settings of `init` in the same folder.
  await boot.says(/(Backlog done)/);
  await boot.stop();
}

/** The steps of the Dockerfile in folders in place of images; then what the image runs, and how it checks its health. */
async function container() {
  const image = runDockerfile({
    text: readFileSync(join(import.meta.dirname, '..', 'deploy', 'Dockerfile'), 'utf8'),
    // The tarball lies where it was installed from.
    context: folder,
    folder: join(parent, 'image'),
    env: { ...env, npm_config_prefer_offline: 'true' },
    // What is installed already need not be unpacked again: npm finds it and removes what this image leaves out.
    prepare: (_stage, place) =>
      execFileSync('cp', ['-al', join(folder, 'node_modules'), place('/opt/deskwright/node_modules')]),
  });
  if (image.user !== 'node') throw new Error(`The image runs as ${image.user}.`);
  cpSync(join(folder, 'config'), join(image.cwd, 'config'), { recursive: true });
  const database = await startEmbeddedPostgres(join(parent, 'database'));
  const zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0 });
  const secret = join(parent, 'database_url');
  writeFileSync(secret, database.url);
  const settings = { ...settingsFor(zendesk), ...image.env, PORT: await freePort(), DATABASE_URL_FILE: secret };
  const [program, ...args] = image.check;
  const isHealthy = () => spawnSync(program, args, { env: { ...env, ...settings } }).status === 0;
  if (isHealthy()) throw new Error('The image seems to be healthy before it is started.');

  const service = begin(image.run.slice(1), settings, { program: image.run[0], cwd: image.cwd });
  await service.says(/"port":(\d+)/);
  if (!isHealthy()) throw new Error("The image's own check says that it is not healthy.");
  const health = await fetch(`http://127.0.0.1:${settings.PORT}/healthz`);
  const { version } = await health.json();
  if (!printed.startsWith(version)) throw new Error(`/healthz names version ${version}, --version ${printed}`);
  await service.stop();
  if (readdirSync(image.cwd).join() !== 'config') throw new Error(`The image wrote into ${image.cwd}.`);
  await zendesk.stop();
  await database.stop();
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return String(port);
}

/** Without npx, which would not pass the signal on. */
function begin(args, settings, { program = join(folder, 'node_modules', '.bin', 'deskwright'), cwd = folder } = {}) {
  const child = spawn(program, args, { cwd, env: { ...env, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  const ended = once(child, 'exit');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return {
    async says(pattern) {
      for (const deadline = Date.now() + 600_000; Date.now() < deadline; await sleep(50)) {
        const [, found] = pattern.exec(output) ?? [];
        if (found) return found;
        if (child.exitCode !== null) break;
      }
      throw new Error(`deskwright ${args[0]} did not say ${pattern}:\n${output.slice(-4_000)}`);
    },
    async stop() {
      child.kill('SIGTERM');
      const [code] = await ended;
      if (code !== 0) throw new Error(`deskwright ${args[0]} ended with code ${code}:\n${output.slice(-4_000)}`);
    },
  };
}
