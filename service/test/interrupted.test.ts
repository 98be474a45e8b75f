// Tests that a process asked to stop ends all it started and finishes what it began.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startFaultHarness } from '../testing/fault-harness.ts';
import { freePort } from '../testing/free-port.ts';
import { startServiceProcess } from '../testing/service-process.ts';
import { until } from '../testing/start-harness.ts';
import { createTestDatabase } from '../testing/test-database.ts';

const ROOT = resolve(__dirname, '../..');

test('SIGTERM stops a service with an external database in order, with code 0', async () => {
  const database = await createTestDatabase();
  const harness = await startFaultHarness({ databaseUrl: database.url });
  try {
    const service = startServiceProcess('all', { ...harness.env, LOG_LEVEL: 'info' }, harness.directory);
    await until('the service is ready', harness.isReady);
    expect(await service.end()).toBe(0);
    expect(readFileSync(join(harness.directory, 'all.log'), 'utf8')).toContain('"Stopped"');
  } finally {
    await harness.zendesk.stop();
    await database.drop();
  }
});

test('Ctrl-C stops the demo and all its processes', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'deskwright-demo-'));
  chmodSync(directory, 0o711); // Run by root, PostgreSQL runs as another user and must be able to pass through.
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...env } = process.env;
  const port = String(await freePort());
  const args = ['demo', '--backlog', '20', '--port', port, '--zendesk-port', port];
  const demo: ChildProcess = spawn(
    process.execPath,
    [join(ROOT, 'service/bin/deskwright.js'), ...args, '--policy', join(ROOT, 'config/deskwright.yaml')],
    { cwd: directory, env, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  demo.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await until('the demo runs', () => said.includes('Deskwright is running'));
  const addresses = [...said.matchAll(/http:\/\/127\.0\.0\.1:\d+\/(?:agent|readyz)/g)].map(([address]) => address);
  expect(addresses.length).toBeGreaterThanOrEqual(2);

  // A service that was killed comes back by itself, and with it somebody who stops the PostgreSQL it left behind.
  const processes = execFileSync('ps', ['-A', '-o', 'ppid=,pid=,args='], { encoding: 'utf8' }).split('\n');
  const [, service] =
    processes
      .map((line) => line.trim().split(/\s+/))
      .find(([parent, , ...command]) => parent === String(demo.pid) && command.join(' ').includes('dist/main.js')) ??
    [];
  process.kill(Number(service), 'SIGKILL');
  await until('it is told', () => said.includes('stopped unexpectedly. Restarting it'));
  const readyz = addresses.find((address) => address.endsWith('/readyz'));
  await until('the service is back', async () => (await fetch(readyz!).catch(() => null))?.ok ?? false);
  const postmaster = Number(
    readFileSync(join(directory, '.deskwright/demo/postgres/postmaster.pid'), 'utf8').split('\n')[0],
  );

  demo.kill('SIGINT');
  const [code] = await once(demo, 'exit');
  expect(code).toBe(0);
  for (const address of addresses) await expect(fetch(address)).rejects.toThrow('fetch failed');
  await until('its PostgreSQL is gone too', () => !isAlive(postmaster));
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
