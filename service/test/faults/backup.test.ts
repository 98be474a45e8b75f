// A backup taken while the service works, restored after the database is lost: the service goes on, and writes nothing twice.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { openDatabase } from '../../src/platform/storage/database.ts';
import {
  countOpen,
  expectEverythingOnce,
  type FaultHarness,
  settle,
  startFaultHarness,
} from '../../testing/fault-harness.ts';
import {
  findInstalledPostgres,
  type InstalledPostgres,
  startInstalledPostgres,
} from '../../testing/installed-postgres.ts';
import { type ServiceProcess, startServiceProcess } from '../../testing/service-process.ts';
import { until } from '../../testing/start-harness.ts';

const TICKETS = 60;
const programs = findInstalledPostgres();

// Skipped where no PostgreSQL is installed; CI installs one.
(programs === null ? describe.skip : describe)('backup and restore', () => {
  let postgres: InstalledPostgres;
  let harness: FaultHarness;
  const running: ServiceProcess[] = [];
  const start = (databaseUrl: string) => {
    const started = startServiceProcess('all', { ...harness.env, DATABASE_URL: databaseUrl }, harness.directory);
    running.push(started);
    return started;
  };
  beforeAll(async () => {
    postgres = await startInstalledPostgres(programs ?? '');
    harness = await startFaultHarness({ databaseUrl: postgres.url });
  });
  afterAll(async () => {
    const alive = running.filter(({ child }) => child.exitCode === null && child.signalCode === null);
    await Promise.all(alive.map(({ kill }) => kill()));
    await harness.zendesk.stop();
    await postgres.stop();
  });

  const countTickets = async (url: string): Promise<number> => {
    const db = openDatabase(url);
    const { rows } = await db.execute<{ n: string }>(sql`SELECT count(*) AS n FROM tickets`);
    await db.$client.end();
    return Number(rows[0]?.n);
  };

  test('the service goes on with the restored database, and writes nothing twice', async () => {
    const first = start(postgres.url);
    await until('the service is ready', harness.isReady, 300_000);
    const backup = join(harness.directory, 'backup.dump');
    // In the middle of the work: of what the backup calls waiting, much is written a moment later.
    const dumped = harness.whenWritten(10, () => {
      postgres.run('pg_dump', '--format=custom', `--file=${backup}`, `--dbname=${postgres.url}`);
    });
    const before = await harness.customersOpen(TICKETS);
    await dumped;
    await settle(harness, postgres.url, before);
    await first.kill();
    const known = await countTickets(postgres.url);
    const meanwhile = await harness.customersOpen(5);

    const restored = await postgres.createDatabase('restored');
    postgres.run('pg_restore', '--no-owner', '--exit-on-error', `--dbname=${restored}`, backup);
    expect(await countTickets(restored)).toBeGreaterThan(0);
    expect(await countOpen(restored)).toBeGreaterThan(0);
    // Its policy file is lost too, or broken: the last valid one was in the backup.
    const policy = readFileSync(harness.env.DESKWRIGHT_POLICY!, 'utf8');
    writeFileSync(harness.env.DESKWRIGHT_POLICY!, 'version: 2\n');

    const second = start(restored);
    await until('the service is ready again', harness.isReady, 300_000);
    const { checks } = (await (await fetch(`${harness.serviceUrl}/readyz`)).json()) as {
      checks: { policy: { warning: string } };
    };
    expect(checks.policy.warning).toContain('the last valid one remains in force');
    writeFileSync(harness.env.DESKWRIGHT_POLICY!, policy);

    const ids = [...before, ...meanwhile];
    await settle(harness, restored, ids);
    await expectEverythingOnce(harness, restored, ids);
    expect(await countTickets(restored)).toBe(known + 5);
    expect(await second.end()).toBe(0);
  }, 1_800_000);
});
