// Measures 1,000 refunds asked for at once against one agent's budget of a day: never above it, how long a decision takes, and how long it waits for the books.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { policySchema } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import { migrate, openDatabase } from '../service/dist/platform/storage/database.js';
import { startEmbeddedPostgres } from '../service/dist/platform/storage/embedded-postgres.js';
import { enterRefund } from '../service/dist/refunds/enter-refund.js';
import { judgeRefund } from '../service/dist/refunds/judge-refund.js';
import { openLedger } from '../service/dist/refunds/ledger/ledger.js';
import { readStop } from '../service/dist/refunds/stop.js';
import { lockTicket } from '../service/dist/tickets/index.js';
import { keep, sized, verdict } from './part.js';

const ATTEMPTS = sized(1_000, 20);
const TICKETS = sized(50, 3);
/** Refunds that stand in the books already: of other agents, and some of each ticket. */
const EARLIER = sized(20_000, 50);
/** As many as a service opens. */
const CONNECTIONS = 10;
const BUDGET = sized(200_00, 4_00);
const AMOUNT = 1_00;
/** Milliseconds, of a decision at the 99th percentile. */
const AIM = 20;

const policy = policySchema.parse({
  version: 1,
  company: 'Northwind Outdoor',
  time_zone: 'UTC',
  tiers: [{ id: 't1', name: 'Tier 1', group: 'Support' }],
  categories: [{ id: 'other', name: 'Other', tier: 't1' }],
  default_category: 'other',
  refunds: {
    currency: 'USD',
    limits: [
      {
        tier: 't1',
        per_refund: 50,
        per_agent_per_day: BUDGET / 100,
        per_ticket: 1_000,
        per_customer: { amount: 5_000, days: 30 },
      },
    ],
  },
});
const agent = {
  id: 7,
  name: 'Lena',
  email: 'lena@northwind.test',
  role: /** @type {const} */ ('agent'),
  groupIds: [11],
};
const directory = { groupId: () => 11 };

const folder = mkdtempSync(join(tmpdir(), 'deskwright-bench-'));
const postgres = await startEmbeddedPostgres(folder);
const db = openDatabase(postgres.url, { max: CONNECTIONS, connectWithinMs: 300_000 });
try {
  await migrate(postgres.url);
  await db.execute(sql`
    INSERT INTO tickets (id, subject, description, status, tags, requester_id, created_at, updated_at, snapshot_at)
    SELECT n, 'My tent leaks', 'It rained.', 'open', '{}', n, now(), now(), now() FROM generate_series(1, ${TICKETS}) n`);
  await fillBooks();
  await db.execute(sql`ANALYZE`);
  // A connection plans the statement when it decides first, as a service's does once in its life.
  /** @type {{ waited: number, decided: number, whole: number }[]} */
  const first = [];
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, n) => attempt(n, first, { keeps: false })));
  /** @type {{ waited: number, decided: number, whole: number }[]} */
  const times = [];
  const started = performance.now();
  const verdicts = await Promise.all(Array.from({ length: ATTEMPTS }, (_, n) => attempt(n, times)));
  const seconds = (performance.now() - started) / 1_000;
  const allowed = verdicts.filter((one) => one === 'allowed').length;
  const rival = await withoutBooks();
  const [p50, p99] = [0.5, 0.99].map((share) =>
    quantile(
      times.map(({ decided }) => decided),
      share,
    ),
  );
  const [w50, w99] = [0.5, 0.99].map((share) =>
    quantile(
      times.map(({ waited }) => waited),
      share,
    ),
  );
  const [a50, a99] = [0.5, 0.99].map((share) =>
    quantile(
      times.map(({ whole }) => whole),
      share,
    ),
  );
  const used = await usedToday();
  console.log(
    `${ATTEMPTS.toLocaleString('en-US')} refunds of $1 asked for at once by one agent with $${BUDGET / 100} a day, ${CONNECTIONS} connections, ${EARLIER.toLocaleString('en-US')} refunds in the books`,
  );
  console.log(`  allowed ${allowed}, refused ${ATTEMPTS - allowed}; $${used / 100} of $${BUDGET / 100} used`);
  if (used !== BUDGET || allowed !== BUDGET / AMOUNT) {
    console.log('  the budget was not kept to the cent: WRONG');
    process.exitCode = 1;
  }
  line('the decision: reads and rules, with the books open', p50, p99);
  console.log(
    `  the first decision of each connection, at most ${Math.max(...first.map(({ decided }) => decided)).toFixed(1)} ms`,
  );
  line('waiting for ticket and books, behind the others', w50, w99);
  line('one attempt, from BEGIN to COMMIT', a50, a99);
  console.log(
    `  all of them ${seconds.toFixed(1)} s, ${(ATTEMPTS / seconds).toFixed(0)} a second; a bare budget row, without books: ${(ATTEMPTS / rival).toFixed(0)} a second`,
  );
  console.log(`  aim: decision p99 at most ${AIM} ms: ${verdict(p99 <= AIM)}`);
  keep({
    ratios: { 'against a bare budget row': rival / seconds },
    figures: {
      'decision p50, ms': p50,
      'decision p99, ms': p99,
      'waiting p99, ms': w99,
      'attempts a second': ATTEMPTS / seconds,
    },
  });
} finally {
  await db.$client.end();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

/**
 * What `record_refund` does, in the same order.
 * @param {number} n
 * @param {{ waited: number, decided: number, whole: number }[]} times
 * @param {{ keeps?: boolean }} [options] without `keeps` it decides only
 */
async function attempt(n, times, { keeps = true } = {}) {
  let began = 0;
  let opened = 0;
  let judged = 0;
  const outcome = await db.transaction(async (tx) => {
    began = performance.now();
    const ticket = await lockTicket(tx, (n % TICKETS) + 1);
    if (ticket === null) throw new Error('the ticket is missing');
    const ledger = await openLedger(tx);
    opened = performance.now();
    await readStop(tx);
    const now = new Date();
    const amount = { minor: AMOUNT, currency: 'USD' };
    const decision = await judgeRefund(
      { tx, ledger, policy, directory, agent, ticket, now },
      { amount, payment: null, isVerified: true, isConfirmed: true },
    );
    judged = performance.now();
    if (keeps && decision.verdict === 'allowed')
      await enterRefund(
        { tx, ledger, ticket, now, timeZone: 'UTC', policyHash: 'bench' },
        { amount, payment: null, reason: 'x', reasonCode: null, agent, requestId: `bench-${n}`, rule: decision.rule },
      );
    return decision.verdict;
  });
  times.push({ waited: opened - began, decided: judged - opened, whole: performance.now() - began });
  return outcome;
}

/** Refunds of other agents on other days; each ticket's customer has some. */
async function fillBooks() {
  const size = 500;
  for (let from = 0; from < EARLIER; from += size)
    await db.transaction(async (tx) => {
      const ledger = await openLedger(tx);
      const ids = Array.from({ length: Math.min(size, EARLIER - from) }, (_, index) => from + index);
      await ledger.append(
        ids.flatMap((id) =>
          /** @type {const} */ (['payment', 'reserved', 'confirmed']).map((kind) => ({
            kind,
            amountMinor: 500,
            currency: 'USD',
            payment: `manual:earlier ${id}`,
            requestId: kind === 'payment' ? null : `earlier-${id}`,
            ticketId: 1_000 + id,
            agentId: kind === 'payment' ? null : 100 + (id % 50),
            customer: `customer-${id % 5_000}`,
            day: '2026-01-02',
            rule: null,
            policyHash: null,
            approvedBy: null,
            providerRef: null,
            at: new Date(),
          })),
        ),
      );
    });
}

/** Seconds for as many attempts on a row that holds nothing but what is left. */
async function withoutBooks() {
  await db.execute(sql`CREATE TABLE bare_budget (left_minor bigint NOT NULL)`);
  await db.execute(sql`INSERT INTO bare_budget VALUES (${BUDGET})`);
  const started = performance.now();
  await Promise.all(
    Array.from({ length: ATTEMPTS }, () =>
      db.execute(sql`UPDATE bare_budget SET left_minor = left_minor - ${AMOUNT} WHERE left_minor >= ${AMOUNT}`),
    ),
  );
  return (performance.now() - started) / 1_000;
}

async function usedToday() {
  const { rows } = await db.execute(
    sql`SELECT sum(amount_minor) AS used FROM ledger_entries WHERE kind = 'reserved' AND agent_id = ${agent.id}`,
  );
  return Number(rows[0]?.['used']);
}

/** @param {number[]} values @param {number} share */
function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** @param {string} what @param {number} p50 @param {number} p99 */
function line(what, p50, p99) {
  console.log(`  ${what.padEnd(52)} p50 ${p50.toFixed(1).padStart(7)} ms, p99 ${p99.toFixed(1).padStart(7)} ms`);
}
