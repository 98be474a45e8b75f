// Measures figures over a history of a million tickets: the dashboard's first screen, what it opens to, how fast the job measures, and the room it takes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { computeOverview } from '../service/dist/dashboard/overview/overview.js';
import { readQueues } from '../service/dist/dashboard/sections/queues.js';
import { readRules } from '../service/dist/dashboard/sections/rules.js';
import { readTrends } from '../service/dist/dashboard/sections/trends.js';
import { compilePolicy } from '../service/dist/decide/compile-policy.js';
import { readBreakdown, readFigures } from '../service/dist/history/index.js';
import { saveFiguresState } from '../service/dist/history/measures/figures-state.js';
import { createMeasurer, digestOf } from '../service/dist/history/measures/measure-due-tickets.js';
import { sumAgain } from '../service/dist/history/measures/sum-again.js';
import { createLogger } from '../service/dist/platform/logging/logger.js';
import { migrate, openDatabase } from '../service/dist/platform/storage/database.js';
import { startEmbeddedPostgres } from '../service/dist/platform/storage/embedded-postgres.js';
import { createPolicyStore } from '../service/dist/policy/policy-store.js';
import { fill } from './figures/fill.js';
import { keep, sized, verdict } from './part.js';

const TICKETS = Number(process.env['BENCH_SIZES'] ?? sized(1_000_000, 3_000));
const DAYS = sized(730, 60);
const ROUNDS = sized(20, 2);
const TO_MEASURE = sized(10_000, 300);
const AIM_FIRST_MS = 300;
const AIM_DRILL_MS = 500;
const AGENTS = 40;

const store = createPolicyStore({
  path: fileURLToPath(new URL('../config/deskwright.yaml', import.meta.url)),
  logger: createLogger('warn'),
});
await store.start();
const loaded = store.current();
await store.stop();
const inForce = { ...loaded, compiled: compilePolicy(loaded.policy) };
const { policy } = inForce;
const zone = policy.time_zone;
const categories = policy.categories.map(({ id }) => id);
const now = new Date();

const directory = mkdtempSync(join(tmpdir(), 'deskwright-bench-'));
const postgres = await startEmbeddedPostgres(directory);
const db = openDatabase(postgres.url, { max: 20 });
try {
  await migrate(postgres.url);
  const seconds = await timed(fillDatabase);
  console.log(
    `${TICKETS.toLocaleString('en-US')} tickets in ${DAYS} days (filled in ${(seconds / 1_000).toFixed(0)} s)`,
  );
  const first = await measureFirstScreens();
  const drill = await measureDrillDowns();
  const bytes = await measureSize();
  const perSecond = await measureCatchUp();
  console.log(
    `First screen, the slowest p95: ${ms(first)} (aim ${AIM_FIRST_MS} ms: ${verdict(first <= AIM_FIRST_MS)})`,
  );
  console.log(`Drill-down, the slowest p95: ${ms(drill)} (aim ${AIM_DRILL_MS} ms: ${verdict(drill <= AIM_DRILL_MS)})`);
  keep({
    figures: {
      'first screen p95 in ms': first,
      'drill-down p95 in ms': drill,
      'bytes a ticket': bytes,
      'tickets measured a second': perSecond,
    },
  });
} finally {
  await db.$client.end();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}

async function fillDatabase() {
  await fill(db, { tickets: TICKETS, days: DAYS, now, categories, agents: AGENTS });
  await db.$client.query('ANALYZE');
  const state = {
    timeZone: zone,
    digest: digestOf(inForce),
    knownSince: now.toISOString(),
    hasCombined: true,
    rebuild: null,
  };
  await saveFiguresState(db, state);
  await db.transaction((tx) => sumAgain(tx, zone));
  await db.$client.query('VACUUM (ANALYZE)');
}

async function measureFirstScreens() {
  const asks = ['today', '7d', '28d', '90d', '365d'].flatMap((range) => [
    { range, compare: true },
    { range, compare: true, tier: 't2' },
  ]);
  let worst = 0;
  console.log('The first screen, with the period before');
  for (const asked of asks)
    worst = Math.max(
      worst,
      await show(`${asked.range}${asked.tier ? ', one tier' : ''}`, () => computeOverview(sectionDeps(), asked)),
    );
  return worst;
}

async function measureDrillDowns() {
  const year = { range: '365d', compare: true };
  const period = { from: new Date(now.getTime() - 365 * 86_400_000), to: now };
  /** @type {import('@deskwright/shared').FigureId[]} */
  const team = ['solves', 'first_reply_time', 'next_reply_time', 'replies_within_target', 'csat', 'overtake_rate'];
  const drills = {
    'trends of a year': () => readTrends(sectionDeps(), year),
    'queues of a year': () => readQueues(sectionDeps(), year),
    'rules of a year': () => readRules(sectionDeps(), year),
    'agents in 28 days': () =>
      readBreakdown(db, { from: new Date(now.getTime() - 28 * 86_400_000), to: now }, team, 'agent'),
    'one tier and category in 90 days': () =>
      computeOverview(sectionDeps(), { range: '90d', compare: true, tier: 't1', category: categories[0] }),
    'one tier and category in a year': () =>
      computeOverview(sectionDeps(), { ...year, tier: 't1', category: categories[0] }),
    'one agent in a year': () => readFigures(db, { ...period, agent: 7 }, team),
  };
  let worst = 0;
  console.log('What it opens to');
  for (const [name, run] of Object.entries(drills)) worst = Math.max(worst, await show(name, run));
  return worst;
}

async function measureSize() {
  const { rows } = await db.$client.query(`
    SELECT CASE WHEN relname LIKE 'history%' THEN 'history' ELSE relname END AS name, sum(pg_total_relation_size(oid))::float8 AS bytes
    FROM pg_class WHERE relkind = 'r' AND (relname LIKE 'history\\_%' OR relname IN ('measures', 'waits', 'rollups', 'combined_rollups')) GROUP BY 1 ORDER BY 1`);
  console.log('Room, in bytes a ticket');
  for (const { name, bytes } of rows) console.log(`  ${name.padEnd(16)} ${(bytes / TICKETS).toFixed(0).padStart(6)}`);
  return rows.reduce((sum, { bytes }) => sum + bytes, 0) / TICKETS;
}

/** Half of them new, half measured before, as after an outage or a change of the policy. */
async function measureCatchUp() {
  await db.$client.query(`DELETE FROM measures WHERE ticket_id > ${TICKETS - TO_MEASURE / 2}`);
  await db.$client.query(
    `INSERT INTO measures_due (ticket_id) SELECT generate_series(${TICKETS - TO_MEASURE + 1}, ${TICKETS})`,
  );
  const measure = createMeasurer({
    db,
    policy: { current: () => inForce },
    groupIdOf: () => (name) => 11 + policy.tiers.findIndex(({ group }) => group === name),
    clock: () => now.getTime(),
    logger: { info: () => undefined, error: (about) => console.log(about) },
  });
  const took = await timed(async () => {
    while (await measure());
  });
  const perSecond = TO_MEASURE / (took / 1_000);
  console.log(`The job measures ${perSecond.toFixed(0)} tickets a second, with all sums`);
  return perSecond;
}

function sectionDeps() {
  const choices = { tiers: [], categories: [], channels: [], groups: [] };
  return {
    db,
    policy: { current: () => inForce },
    directory: { current: () => null },
    choices: async () => choices,
    ticketUrl: (id) => `https://northwind.zendesk.com/agent/tickets/${id}`,
    clock: () => now.getTime(),
  };
}

/** Prints the median and the p95; returns the p95. */
async function show(name, run) {
  await run();
  const times = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await timed(run));
  times.sort((a, b) => a - b);
  const p95 = times[Math.ceil(times.length * 0.95) - 1] ?? 0;
  console.log(`  ${name.padEnd(34)} median ${ms(times[Math.floor(times.length / 2)] ?? 0)}  p95 ${ms(p95)}`);
  return p95;
}

async function timed(run) {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

/** @param {number} milliseconds */
function ms(milliseconds) {
  return `${milliseconds.toFixed(0).padStart(5)} ms`;
}
