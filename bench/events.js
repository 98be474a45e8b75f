// Measures how many events a second the service processes, with what delay, and how many SQL statements one costs.
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startLocalZendesk } from '@deskwright/local-zendesk';
import pg from 'pg';
import { startEmbeddedPostgres } from '../service/dist/platform/storage/embedded-postgres.js';
import { freePort, startService, stopAll } from './built-service.js';
import { newSince, readStatements } from './events/statements.js';
import { keep, sized, verdict } from './part.js';

/** Events a second. `BENCH_RATES` and `BENCH_SECONDS` change what is offered, for a run of hours for instance. */
const RATES = (process.env['BENCH_RATES'] ?? sized('10,50,200,400', '40')).split(',').map(Number);
const SECONDS = sized(Number(process.env['BENCH_SECONDS'] ?? 20), 1);
/** Ticket updates a minute that the policy allows, at most 100. */
const BUDGET = Number(process.env['BENCH_BUDGET'] ?? 60);
/** One in this many events opens a ticket, which the service updates; the others are further comments of customers. */
const NEW_ONE_IN = 5;
const TICKETS = sized(500, 20);
/** Of the longest backlog, after the last event. */
const CATCH_UP_MS = sized(120_000, 300_000);

const AIM_STATEMENTS = 10;
/**
 * Milliseconds from event to update, by the rate offered. None for less: the example policy writes once a second, so that a ticket waits for up to
 * a second for its write as soon as more than one a second is opened.
 * @type {Record<number, number>}
 */
const AIM_P95 = { 200: 2_000 };
const AIM_SUSTAINED = 400;

const directory = mkdtempSync(join(tmpdir(), 'deskwright-bench-'));
const counted = join(directory, 'statements.json');
const postgres = await startEmbeddedPostgres(directory);
const zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, limits: { ticketUpdates: 100_000 } });
const service = await startService(zendesk, await freePort(), {
  DATABASE_URL: postgres.url,
  DESKWRIGHT_POLICY: policyWithBudget(),
  COUNTED_STATEMENTS: counted,
  NODE_OPTIONS: `${process.env['BENCH_NODE_OPTIONS'] ?? ''} --import ${new URL('events/count-statements.js', import.meta.url)}`,
});
const database = new pg.Client(postgres.url);
try {
  await database.connect();
  await run();
} finally {
  await stopAll({ database, service, zendesk, postgres, directory });
}

/** @typedef {{ rate: number, perSecond: number, decided: number[], updated: number[], offered: number, events: number, megabytes: number, statements: number, queue: number }} Measured */

async function run() {
  const [load = 0] = loadavg();
  const customer = granted(
    zendesk.account.users.create(
      { name: 'Ida', email: 'ida@customer.test', role: 'end-user', verified: true },
      { id: -1 },
    ),
  );
  /** When each ticket was updated by the service. @type {Map<number, number>} */
  const updatedAt = new Map();
  zendesk.account.onTicketChange(({ after }) => {
    if (!updatedAt.has(after.id) && after.tags.some((tag) => tag.startsWith('category__')))
      updatedAt.set(after.id, performance.now());
  });
  const by = { id: customer.id, channel: /** @type {const} */ ('email') };
  /** @param {string} subject */
  const open = (subject) =>
    granted(
      zendesk.account.tickets.create(
        { subject, comment: { body: 'I want my money back for the boots', public: true }, requester_id: customer.id },
        by,
      ),
    ).ticket.id;
  const settled = async () => {
    const deadline = Date.now() + CATCH_UP_MS;
    while (Date.now() < deadline && !(await isQuiet())) await sleep(100);
  };

  const tickets = Array.from({ length: TICKETS }, (_, n) => open(`Order ${n}`));
  await settled();
  const bytesBefore = await tableBytes();
  let all = 0;
  /** @type {Measured[]} */
  const results = [];
  for (const rate of RATES) {
    const measured = await offer(rate);
    results.push(measured);
    all += measured.events;
    print(measured);
  }
  const bytes = await tableBytes();
  console.log('Bytes of tables and indexes an event received, the queue left out:');
  const grown = [...bytes].map(([table, size]) => [table, (size - (bytesBefore.get(table) ?? 0)) / all]);
  for (const [table, each] of grown.toSorted((a, b) => Number(b[1]) - Number(a[1])))
    if (Number(each) >= 1) console.log(`  ${String(table).padEnd(16)} ${Number(each).toFixed(0).padStart(6)}`);
  const perEvent = grown.reduce((sum, [, each]) => sum + Number(each), 0);
  console.log(`  ${'in all'.padEnd(16)} ${perEvent.toFixed(0).padStart(6)}`);
  console.log(
    `(${availableParallelism()} processors for PostgreSQL, the service, the local Zendesk and the sender together; load of the machine before: ${load.toFixed(1)})`,
  );
  const at = Object.fromEntries(results.map((one) => [one.rate, one]));
  const most = results.at(-1);
  keep({
    ratios: most
      ? { 'statements an event, aim against measured': (AIM_STATEMENTS * most.offered) / most.statements }
      : {},
    figures: {
      'bytes an event': perEvent,
      ...Object.fromEntries(
        Object.entries(at).flatMap(([rate, one]) => [
          [`p95 in ms to the update at ${rate}/s`, percentile(one.updated, 0.95)],
          [`events a second at ${rate}/s offered`, one.perSecond],
          [`statements an event at ${rate}/s`, one.statements / one.offered],
        ]),
      ),
    },
  });

  /** @param {number} rate @returns {Promise<Measured>} */
  async function offer(rate) {
    const count = Math.ceil(rate * SECONDS);
    const sentBefore = await readStatements(service.child, counted);
    const { last: lastBefore } = await inboxState();
    const began = performance.now();
    /** @type {Map<number, number>} */
    const openedAt = new Map();
    for (let n = 0; n < count; n++) {
      const dueAt = began + (n * 1_000) / rate;
      if (dueAt > performance.now()) await sleep(dueAt - performance.now());
      if (n % NEW_ONE_IN === 0) openedAt.set(open(`Order ${rate} ${n}`), dueAt);
      else comment(tickets[n % tickets.length], n);
    }
    await settled();
    const after = await readStatements(service.child, counted);
    const { rows } = await database.query(
      `SELECT extract(epoch FROM finished_at - received_at) * 1000 AS ms FROM inbox WHERE id > $1 AND finished_at IS NOT NULL ORDER BY 1`,
      [lastBefore],
    );
    const { rows: span } = await database.query(
      `SELECT extract(epoch FROM max(finished_at) - min(received_at)) AS seconds FROM inbox WHERE id > $1`,
      [lastBefore],
    );
    const updated = [...openedAt].flatMap(([id, at]) => {
      const done = updatedAt.get(id);
      return done === undefined ? [] : done - at;
    });
    if (updated.length < openedAt.size) {
      console.log(`  ${openedAt.size - updated.length} of ${openedAt.size} tickets were not updated`);
      process.exitCode = 1;
    }
    return {
      rate,
      perSecond: rows.length / Number(span[0]?.seconds),
      decided: rows.map(({ ms }) => Number(ms)),
      updated: updated.toSorted((a, b) => a - b),
      offered: count,
      megabytes: await residentMegabytes(),
      events: rows.length,
      ...newSince(sentBefore, after),
    };
  }

  /** @param {number} id @param {number} n */
  function comment(id, n) {
    granted(zendesk.account.tickets.update(id, { comment: { body: `Any news of it? (${n})`, public: true } }, by));
  }

  async function isQuiet() {
    const { waiting, open } = await inboxState();
    return waiting + open === 0 && zendesk.account.tickets.list().every(({ id }) => updatedAt.has(id));
  }
}

/** The example policy with the budget, beside its guidance. */
function policyWithBudget() {
  cpSync(fileURLToPath(new URL('../config', import.meta.url)), join(directory, 'config'), { recursive: true });
  const policy = join(directory, 'config', 'deskwright.yaml');
  const text = readFileSync(policy, 'utf8');
  writeFileSync(policy, text.replace(/writes_per_minute: \d+/, `writes_per_minute: ${BUDGET}`));
  return policy;
}

/** @param {Measured} measured */
function print({ rate, perSecond, decided, updated, offered, events, megabytes, statements: sent, queue }) {
  const each = sent / offered;
  const p95 = percentile(updated, 0.95);
  const aim = AIM_P95[rate];
  console.log(
    `At ${rate}/s offered for ${SECONDS} s, ${events.toLocaleString('en-US')} received with those of our own writes`,
  );
  console.log(
    `  ${each.toFixed(1)} SQL statements an event offered, ${(queue / offered).toFixed(1)} of them the queue's (aim ${AIM_STATEMENTS}: ${verdict(each <= AIM_STATEMENTS)})`,
  );
  console.log(
    `  from the event to the ticket updated: p50 ${percentile(updated, 0.5).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms${aim ? ` (aim ${aim}: ${verdict(p95 <= aim)})` : ''}`,
  );
  console.log(
    `  from received to decided: p50 ${percentile(decided, 0.5).toFixed(0)} ms, p95 ${percentile(decided, 0.95).toFixed(0)} ms; ${perSecond.toFixed(0)} decided a second${rate >= AIM_SUSTAINED ? ` (aim ${AIM_SUSTAINED}: ${verdict(perSecond >= AIM_SUSTAINED)})` : ''}`,
  );
  console.log(`  memory of the service afterwards: ${megabytes.toFixed(0)} MB`);
}

async function residentMegabytes() {
  const text = await (await fetch(`${service.url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 2 ** 20;
}

/** @returns {Promise<{ waiting: number, open: number, last: number }>} */
async function inboxState() {
  const { rows } = await database.query(`SELECT
    (SELECT count(*)::int FROM inbox WHERE state = 'waiting') AS waiting,
    (SELECT count(*)::int FROM outbox WHERE state IN ('waiting', 'in_flight')) AS open,
    (SELECT coalesce(max(id), 0)::float8 FROM inbox) AS last`);
  return rows[0];
}

/** @returns {Promise<Map<string, number>>} */
async function tableBytes() {
  const { rows } = await database.query(`SELECT relname, pg_total_relation_size(oid)::float8 AS bytes FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`);
  return new Map(rows.map(({ relname, bytes }) => [relname, bytes]));
}

/**
 * @template T
 * @param {{ ok: true, value: T } | { ok: false, refusal: unknown }} result
 * @returns {T}
 */
function granted(result) {
  if (!result.ok) throw new Error(`The local Zendesk refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}

/** @param {number[]} times sorted @param {number} share */
function percentile(times, share) {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
}
