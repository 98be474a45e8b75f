// Whoever starts a service that cannot run reads the reason in the last line.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '../testing/test-database.ts';

const SERVICE = join(__dirname, '..');
const POLICY = join(SERVICE, '..', 'config', 'deskwright.yaml');
const SETTINGS = {
  HOST: '127.0.0.1',
  PORT: '0',
  DESKWRIGHT_POLICY: POLICY,
  ZENDESK_BASE_URL: 'http://127.0.0.1:1',
  ZENDESK_OAUTH_CLIENT_ID: 'deskwright',
  ZENDESK_OAUTH_CLIENT_SECRET: 'deskwright',
  ZENDESK_WEBHOOK_SECRET: 'secret',
  // Nothing listens on port 1.
  DATABASE_URL: 'postgresql://deskwright:s3cret-word@127.0.0.1:1/deskwright',
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskwright-start-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Needs `npm run build` before, which `npm test` does. */
function start(settings: Record<string, string | undefined>, program = ['bin/deskwright.js', 'start']) {
  const [script = '', ...args] = program;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(SERVICE, script), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, ...SETTINGS, ...settings },
    encoding: 'utf8',
    timeout: 120_000,
    // A start that hangs may not heed SIGTERM.
    killSignal: 'SIGKILL',
  });
  return { status, last: stderr.trim().split('\n').at(-1) ?? '', all: stdout + stderr };
}

test.each<[string, Record<string, string | undefined>, RegExp]>([
  ['the database is not reachable', {}, /database deskwright at 127\.0\.0\.1:1 \(DATABASE_URL\).*ECONNREFUSED/],
  [
    'the name of the database server is unknown',
    { DATABASE_URL: 'postgresql://a:b@nowhere.invalid/deskwright' },
    /at nowhere\.invalid:5432 \(DATABASE_URL\).*(?:ENOTFOUND|EAI_AGAIN)/,
  ],
  [
    'a live key of Stripe comes with a local Zendesk',
    { STRIPE_SECRET_KEY: 'rk_live_s3cret' },
    /STRIPE_SECRET_KEY is a live key, and the Zendesk is a local one: refunds that are only tried would move money/,
  ],
  [
    'a live key of Stripe would be sent elsewhere',
    {
      ZENDESK_BASE_URL: 'https://acme.zendesk.com',
      STRIPE_SECRET_KEY: 'rk_live_s3cret',
      STRIPE_BASE_URL: 'https://pay.test',
    },
    /STRIPE_SECRET_KEY is a live key, and STRIPE_BASE_URL would send it elsewhere than to Stripe/,
  ],
  ['a secret is missing', { ZENDESK_WEBHOOK_SECRET: undefined }, /ZENDESK_WEBHOOK_SECRET is not set/],
  ['a secret file is missing', { SMTP_URL_FILE: '/nowhere' }, /SMTP_URL_FILE names \/nowhere, which cannot be read/],
  [
    'the data directory cannot be created',
    { DATABASE_URL: undefined, DESKWRIGHT_DATA_DIR: join(POLICY, 'x') },
    /data directory .* cannot be created \(ENOTDIR\).*DESKWRIGHT_DATA_DIR/,
  ],
  [
    'the data directory is in a file system that makes none',
    { DATABASE_URL: undefined, DESKWRIGHT_DATA_DIR: '/proc/x/y' },
    /data directory \/proc\/x\/y cannot be created \(\w+\).*DESKWRIGHT_DATA_DIR/,
  ],
])('when %s', (_cause, settings, reason) => {
  const { status, last, all } = start(settings);
  expect(last).toMatch(reason);
  expect(status).toBe(2);
  expect(all).not.toMatch(/s3cret/);
});

test('when the policy is missing, or has a mistake, below the line that shows it', async () => {
  const policy = join(folder, 'policy.yaml');
  const database = await createTestDatabase();
  const settings = { DESKWRIGHT_POLICY: policy, DATABASE_URL: database.url };
  expect(start(settings)).toMatchObject({ status: 2, last: expect.stringMatching(/there is no file .*policy\.yaml/) });

  writeFileSync(policy, 'version: 2\n');
  const { status, last } = start(settings);
  expect(last).toMatch(/^Deskwright cannot start: The policy .*policy\.yaml has errors.*\.$/);
  expect(status).toBe(2);
  await database.drop();
});

test('when the port is in use, or the address is not of this machine', async () => {
  const database = await createTestDatabase();
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const taken = start({ DATABASE_URL: database.url, PORT: String(port) });
  expect(taken).toMatchObject({ status: 2, last: expect.stringContaining(`Port ${port} is in use.`) });
  const elsewhere = start({ DATABASE_URL: database.url, HOST: '192.0.2.1' });
  expect(elsewhere).toMatchObject({ status: 2, last: expect.stringContaining('HOST is "192.0.2.1"') });
  other.close();
  await database.drop();
});

test.each([[['bin/deskwright.js', 'start']], [['dist/main.js']]])('when Node is too old for %j', (program) => {
  const older = join(folder, 'older.cjs');
  writeFileSync(older, "Object.defineProperty(process, 'versions', { value: { node: '18.20.4' } });");
  const NODE_OPTIONS = `--require ${older}`;
  const { status, last } = start({ NODE_OPTIONS }, program);
  expect(last).toMatch(/needs Node 20\.19 or newer, and this is Node 18\.20\.4/);
  expect(status).toBe(2);
});

test('when .env cannot be read', () => {
  mkdirSync(join(folder, '.env'));
  expect(start({})).toMatchObject({ status: 2, last: expect.stringContaining('.env holds the settings') });
  rmSync(join(folder, '.env'), { recursive: true });
});

test('a command whose output nobody reads any more, as with `head`, ends quietly', async () => {
  const child = spawn(process.execPath, [join(SERVICE, 'bin/deskwright.js'), '--help'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = await once(child, 'close');
  expect([code, said]).toEqual([0, '']);
});
