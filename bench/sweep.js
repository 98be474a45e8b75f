// Counts the calls to Zendesk that a sweep of many tickets makes, beside the fewest that the API allows.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startLocalZendesk } from '@deskwright/local-zendesk';
import pg from 'pg';
import { startEmbeddedPostgres } from '../service/dist/platform/storage/embedded-postgres.js';
import { CLIENT, freePort, startService, stopAll } from './built-service.js';
import { keep, sized, verdict } from './part.js';

/** Not a multiple of a hundred, so that batches are left partly full. */
const TICKETS = Number(process.env['BENCH_TICKETS'] ?? sized(1_050, 30));
const MOST_IN_A_CALL = 100;
/** Of `update_many`, for each that is needed at least. */
const AIM = 2;
const LONGEST_MS = 170_000;

const directory = mkdtempSync(join(tmpdir(), 'deskwright-bench-'));
cpSync(fileURLToPath(new URL('../config', import.meta.url)), join(directory, 'config'), { recursive: true });
const policy = join(directory, 'config', 'deskwright.yaml');
const text = readFileSync(policy, 'utf8').replace(/\ntests:[^]*$/, '\n');
writeFileSync(policy, text);
const postgres = await startEmbeddedPostgres(directory);
const zendesk = await startLocalZendesk({
  port: 0,
  smtpPort: 0,
  backlog: 0,
  limits: { account: 100_000, ticketUpdates: 100_000 },
});
const by = { id: zendesk.account.ownerId, channel: /** @type {const} */ ('email') };
for (let n = 0; n < TICKETS; n++)
  zendesk.account.tickets.create(
    { subject: `Order ${n}`, comment: { body: 'I want my money back for the boots', public: true } },
    by,
  );
// The export leaves out the last minute.
zendesk.clock.advance(300_000);
const service = await startService(zendesk, await freePort(), {
  DATABASE_URL: postgres.url,
  DESKWRIGHT_POLICY: policy,
});
const database = new pg.Client(postgres.url);
try {
  await database.connect();
  await until('the import to be written', () => hasAll('category__refunds'));
  writeFileSync(policy, text.replace('add_tags: [money]', 'add_tags: [money, swept]'));
  await until(
    'the changed policy',
    async () => (await count("sweeps WHERE origin = 'reload' AND state = 'planned'")) > 0,
  );
  const before = await calls();
  const began = performance.now();
  const [node, cli] = [process.execPath, fileURLToPath(new URL('../service/bin/deskwright.js', import.meta.url))];
  execFileSync(node, [cli, 'sweep', '--yes', '--no-wait', '--json'], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: postgres.url,
      ZENDESK_BASE_URL: zendesk.url,
      ZENDESK_OAUTH_CLIENT_ID: CLIENT.id,
      ZENDESK_OAUTH_CLIENT_SECRET: CLIENT.secret,
    },
  });
  await until('the sweep', () => hasAll('swept'));
  const after = await calls();
  const made = [...after].map(([route, n]) => [route, n - (before.get(route) ?? 0)]).filter(([, n]) => Number(n) > 0);
  const jobs = sum(made, /update_many/);
  const looks = sum(made, /job_statuses/);
  const fewest = Math.ceil(TICKETS / MOST_IN_A_CALL);
  console.log(`${TICKETS} tickets in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  for (const [route, n] of made) console.log(`  ${String(n).padStart(5)}  ${route}`);
  const each = 1_000 / TICKETS;
  console.log(
    `For 1,000 tickets: ${(jobs * each).toFixed(1)} calls of update_many (at least ${(fewest * each).toFixed(1)}) and ${(looks * each).toFixed(1)} looks at jobs (aim ${AIM} of the fewest: ${verdict(jobs <= AIM * fewest)})`,
  );
  keep({
    ratios: { 'update_many, fewest against made': fewest / jobs },
    figures: { 'update_many for 1,000 tickets': jobs * each, 'looks at jobs for 1,000 tickets': looks * each },
  });
} finally {
  await stopAll({ database, service, zendesk, postgres, directory });
}

/** @param {string} what @param {() => boolean | Promise<boolean>} isDone */
async function until(what, isDone) {
  const deadline = Date.now() + LONGEST_MS;
  while (!(await isDone())) {
    if (Date.now() > deadline) throw new Error(`Waited too long for ${what}.`);
    await sleep(100);
  }
}

/** @param {string} tag */
function hasAll(tag) {
  return zendesk.account.tickets.list().every(({ tags }) => tags.includes(tag));
}

/** @param {string} rows @returns {Promise<number>} */
async function count(rows) {
  const found = await database.query(`SELECT count(*)::int AS n FROM ${rows}`);
  return found.rows[0].n;
}

/** Made so far, by method and route. @returns {Promise<Map<string, number>>} */
async function calls() {
  const answer = await (await fetch(`${service.url}/metrics`)).text();
  const made = new Map();
  for (const [, labels = '', n] of answer.matchAll(/^deskwright_zendesk_calls_total\{([^}]*)\} (\d+)/gm)) {
    const route = labels.replace(/,?(outcome|status)="[^"]*"/g, '');
    made.set(route, (made.get(route) ?? 0) + Number(n));
  }
  return made;
}

/** @param {(string | number)[][]} made @param {RegExp} route */
function sum(made, route) {
  return made.reduce((all, [name, n]) => (route.test(String(name)) ? all + Number(n) : all), 0);
}
