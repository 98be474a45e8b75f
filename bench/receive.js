// Measures how many signed webhooks a second are stored, beside a plain Express receiver in the same run.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrate } from '../service/dist/platform/storage/database.js';
import { startEmbeddedPostgres } from '../service/dist/platform/storage/embedded-postgres.js';
import { keep, sized, verdict } from './part.js';
import { superuserUrl } from './superuser-url.js';

const SECRET = 'bench-secret';
const AIM_RATIO = 3;
const AIM_P99 = 50;
const OFFERED = 1_000;
const SECONDS = sized(5, 0.2);
const CONNECTIONS = sized(100, 10);
const ROUNDS = sized(3, 1);
const WARM_UP = sized(2_000, 100);
const MOST = sized({ ours: 10_000, rival: 4_000 }, { ours: 200, rival: 200 });

// Other work on the machine affects the results, so the load is printed.
const [load = 0] = loadavg();
const directory = mkdtempSync(join(tmpdir(), 'deskwright-bench-'));
const postgres = await startEmbeddedPostgres(directory);
/** @type {import('node:child_process').ChildProcess[]} */
const children = [];
try {
  await run();
} finally {
  await Promise.all(
    children.map((child) => {
      child.disconnect();
      return once(child, 'exit');
    }),
  );
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}

async function run() {
  const ours = await startServer('our-server.js', await createDatabase('ours'));
  const rival = await startServer('rival-server.js', await createDatabase('rival'));
  for (const server of [rival, ours]) await send(server, { count: WARM_UP, perSecond: null });

  /** @type {Record<'ours' | 'rival', Sent[]>} */
  const most = { ours: [], rival: [] };
  for (let round = 0; round < ROUNDS; round++) {
    most.rival.push(await send(rival, { count: MOST.rival, perSecond: null }));
    most.ours.push(await send(ours, { count: MOST.ours, perSecond: null }));
  }
  /** @type {Record<'ours' | 'rival', Sent[]>} */
  const steady = { ours: [], rival: [] };
  for (let round = 0; round < ROUNDS; round++) {
    steady.ours.push(await send(ours, { count: OFFERED * SECONDS, perSecond: OFFERED }));
    if (round === 0) steady.rival.push(await send(rival, { count: OFFERED * SECONDS, perSecond: OFFERED }));
  }

  const [best, other] = [fastest(most.ours), fastest(most.rival)];
  const [calm, otherCalm] = [calmest(steady.ours), calmest(steady.rival)];
  const ratio = best.perSecond / other.perSecond;
  console.log(
    `Receiving: signed events of 1.5 to 4 kB, each stored in PostgreSQL (synchronous_commit ${await setting('synchronous_commit')}, fsync ${await setting('fsync')}) before 200; ${CONNECTIONS} connections, best of ${ROUNDS} rounds`,
  );
  console.log(`  Deskwright                ${line(best)}`);
  console.log(`  Express, a row a request  ${line(other)}`);
  console.log(
    `  ratio                     ${ratio.toFixed(1).padStart(7)}     (aim ${AIM_RATIO}: ${verdict(ratio >= AIM_RATIO)})`,
  );
  console.log(
    `At ${OFFERED.toLocaleString('en-US')}/s offered for ${SECONDS} s, best of ${ROUNDS} rounds, latency counted from when a request was due`,
  );
  console.log(`  Deskwright                ${line(calm)}  (aim p99 < ${AIM_P99} ms: ${verdict(calm.p99 < AIM_P99)})`);
  console.log(`  Express, a row a request  ${line(otherCalm)}`);
  console.log(
    `  (${availableParallelism()} processors for PostgreSQL, receiver and sender together; load of the machine before: ${load.toFixed(1)})`,
  );
  const refused = [...most.ours, ...most.rival, ...steady.ours, ...steady.rival].flatMap(({ statuses }) =>
    Object.keys(statuses).filter((status) => status !== '200'),
  );
  if (refused.length > 0) {
    console.log(`  Not all were accepted: ${[...new Set(refused)].join(', ')}`);
    process.exitCode = 1;
  }
  keep({
    ratios: { 'against Express, a row a request': ratio },
    figures: { 'events a second': best.perSecond, 'p99 in ms at 1,000/s': calm.p99 },
  });
}

/** @typedef {{ perSecond: number, p50: number, p99: number, statuses: Record<string, number> }} Sent What a sender measured. */

/** @param {Sent} result */
function line({ perSecond, p50, p99 }) {
  const rate = Math.round(perSecond).toLocaleString('en-US').padStart(7);
  return `${rate}/s   p50 ${p50.toFixed(1).padStart(6)} ms   p99 ${p99.toFixed(1).padStart(6)} ms`;
}

/** The best round: other work on the machine can only make a round slower. @param {Sent[]} results */
function fastest(results) {
  return results.toSorted((a, b) => b.perSecond - a.perSecond)[0];
}

/** @param {Sent[]} results */
function calmest(results) {
  return results.toSorted((a, b) => a.p99 - b.p99)[0];
}

/** @param {string} name */
async function createDatabase(name) {
  const url = Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href;
  const client = new pg.Client(superuserUrl(directory, postgres.url));
  await client.connect();
  await client.query(`CREATE DATABASE ${name} OWNER deskwright_app`);
  await client.end();
  await migrate(url);
  return url;
}

/** @param {string} name */
async function setting(name) {
  const client = new pg.Client(postgres.url);
  await client.connect();
  const { rows } = await client.query(`SHOW ${name}`);
  await client.end();
  return rows[0][name];
}

/** @param {string} file @param {string} databaseUrl */
async function startServer(file, databaseUrl) {
  const child = start(file, { DATABASE_URL: databaseUrl, SECRET });
  const [{ port }] = await once(child, 'message');
  return { port };
}

/** @param {{ port: number }} server @param {{ count: number, perSecond: number | null }} order */
async function send({ port }, order) {
  const sender = start('sender.js', {});
  sender.send({ port, secret: SECRET, connections: CONNECTIONS, ...order });
  const [result] = await once(sender, 'message');
  children.splice(children.indexOf(sender), 1);
  return result;
}

/** @param {string} file @param {Record<string, string>} env */
function start(file, env) {
  const path = fileURLToPath(new URL(`receive/${file}`, import.meta.url));
  const child = fork(path, { env: { ...process.env, ...env } });
  children.push(child);
  return child;
}
