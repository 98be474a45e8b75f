// Measures how much storage an event takes, how much a decision took before it was packed, and how long deleting old rows takes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalZendesk } from '@deskwright/local-zendesk';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { openDatabase } from '../service/dist/platform/storage/database.js';
import { deleteOldRows } from '../service/dist/platform/storage/delete-old-rows.js';
import { startEmbeddedPostgres } from '../service/dist/platform/storage/embedded-postgres.js';
import { readDecisions } from '../service/dist/tickets/decision-log/packed-decision.js';
import { decisions } from '../service/dist/tickets/tables.js';
import { freePort, startService } from './built-service.js';
import { keep, sized, verdict } from './part.js';

const TICKETS = sized(1_000, 20);
const OLD_ROWS = sized(300_000, 2_000);
/** A trace takes at most a third of what it was; the rest of the row (times, policy, indexes) is as it was. */
const AIM_RATIO = 3;
const TABLES = ['inbox', 'decisions', 'tickets', 'comments', 'outbox', 'people', 'ticket_moves', 'due_decisions'];
const WORDS = [
  'I want my money back for the boots, they leak after two weeks of light use.',
  'Where is my order? The tracking number has not moved since Tuesday and nobody answers the phone.',
  'The app crashes when I open my basket. I get an error and my card was charged twice.',
  'Can I exchange the jacket for a larger size? I have not worn it outside.',
  'Hello, is the blue tent of last year still made? I could not find it in the shop.',
];

/** @param {number} bytes */
const line = (bytes) => `${bytes.toFixed(0).padStart(6)} bytes`;
/** @param {number} milliseconds */
const ms = (milliseconds) => `${milliseconds.toFixed(0)} ms`;
/** @param {number} bytes */
const mb = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`;

const directory = mkdtempSync(join(tmpdir(), 'deskwright-bench-'));
const postgres = await startEmbeddedPostgres(directory);
const zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, limits: { ticketUpdates: 1_000_000 } });
const service = await startService(zendesk, await freePort(), { DATABASE_URL: postgres.url });
const client = new pg.Client(postgres.url);
await client.connect();
const db = openDatabase(postgres.url);
try {
  const events = await decideTickets();
  service.child.kill('SIGTERM');
  await service.ended;
  await measureSize(events);
  await measureDeletion();
} finally {
  service.child.kill('SIGKILL');
  await service.ended;
  await client.end();
  await db.$client.end();
  await zendesk.stop();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}

/** Customers open tickets and write once more; returns how many events that made. */
async function decideTickets() {
  const customer = granted(
    zendesk.account.users.create({ name: 'Ida', email: 'ida@customer.test', role: 'end-user' }, { id: -1 }),
  );
  const by = { id: customer.id, channel: 'email' };
  for (let n = 0; n < TICKETS; n++) {
    const body = `${WORDS[n % WORDS.length]} ${WORDS[(n * 7 + 3) % WORDS.length]}`;
    const opened = { subject: `Order ${n}`, comment: { body, public: true }, requester_id: customer.id };
    const { ticket } = granted(zendesk.account.tickets.create(opened, by));
    if (n % 2 === 0)
      zendesk.account.tickets.update(ticket.id, { comment: { body: `Any news? ${body}`, public: true } }, by);
    if (n % 20 === 0) await sleep(100);
  }
  const deadline = Date.now() + 600_000;
  for (;;) {
    const { rows } = await client.query(
      "SELECT count(*) FILTER (WHERE state = 'waiting')::int AS waiting, count(*)::int AS n FROM inbox",
    );
    if (rows[0].n >= TICKETS && rows[0].waiting === 0 && zendesk.webhooks.unfinished() === 0) return rows[0].n;
    if (Date.now() > deadline) throw new Error('The events were not processed within ten minutes');
    await sleep(200);
  }
}

/** @param {number} events */
async function measureSize(events) {
  await client.query('VACUUM FULL');
  console.log(`Room in PostgreSQL, indexes included, after ${events} events of ${TICKETS} tickets:`);
  let all = 0;
  for (const table of TABLES) {
    const { rows } = await client.query(`SELECT pg_total_relation_size($1) AS bytes, count(*) AS n FROM ${table}`, [
      table,
    ]);
    const [bytes, count] = [Number(rows[0].bytes), Number(rows[0].n)];
    all += bytes;
    console.log(`  ${table.padEnd(14)} ${line(bytes / Math.max(count, 1))} a row, ${line(bytes / events)} an event`);
  }
  console.log(`  ${'all'.padEnd(14)} ${line(all / events)} an event`);

  const rows = await db.select().from(decisions);
  const packed = rows.filter(({ decision }) => 'why' in decision);
  await client.query('CREATE TABLE full_decisions (LIKE decisions INCLUDING ALL)');
  await client.query('CREATE TABLE packed_decisions (LIKE decisions INCLUDING ALL)');
  const full = await readDecisions(db, packed);
  await copyInto('full_decisions', full);
  await copyInto('packed_decisions', packed);
  const [traceBefore, traceNow] = [traceBytes(full), traceBytes(packed)];
  const [before, now] = [await bytesOf('full_decisions'), await bytesOf('packed_decisions')];
  const ratio = traceBefore / traceNow;
  console.log(`A decision in the log, ${packed.length} of them (${rows.length - packed.length} were logged in full):`);
  console.log(`  row, in full   ${line(before / packed.length)}, its trace ${line(traceBefore / packed.length)}`);
  console.log(`  row, now       ${line(now / packed.length)}, its trace ${line(traceNow / packed.length)}`);
  console.log(`  ratio of rows  ${(before / now).toFixed(2).padStart(6)}`);
  console.log(`  of traces      ${ratio.toFixed(2).padStart(6)} (aim ${AIM_RATIO}: ${verdict(ratio >= AIM_RATIO)})`);
  keep({
    ratios: {
      'trace of a decision, in full against now': ratio,
      'row of a decision, in full against now': before / now,
    },
    figures: { 'bytes an event, all tables': all / events, 'bytes a decision': now / packed.length },
  });
}

/**
 * @param {string} table
 * @param {readonly (typeof decisions.$inferSelect)[]} rows
 */
async function copyInto(table, rows) {
  for (const row of rows)
    await client.query(
      `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_record((SELECT d FROM decisions AS d WHERE id = $1), $2)`,
      [row.id, JSON.stringify({ decision: row.decision, sentence: row.sentence })],
    );
  await client.query(`VACUUM FULL ${table}`);
}

/**
 * Reasons and sentence as JSON, before PostgreSQL compresses what is long.
 * @param {readonly Pick<typeof decisions.$inferSelect, 'decision' | 'sentence'>[]} rows
 */
function traceBytes(rows) {
  return rows.reduce(
    (sum, { decision, sentence }) => sum + JSON.stringify(decision).length + (sentence?.length ?? 0),
    0,
  );
}

/** @param {string} table */
async function bytesOf(table) {
  const { rows } = await client.query('SELECT pg_total_relation_size($1) AS bytes', [table]);
  return Number(rows[0].bytes);
}

/** What monthly partitions would spare: deleting in batches against dropping a partition. */
async function measureDeletion() {
  const columns =
    'ticket_id, inbox_id, trigger, policy_hash, decided_at, outcome, category, tier, priority, survey, decision, sentence';
  await client.query(`CREATE TABLE old_decisions AS SELECT ticket_id + 1000000 AS ticket_id, NULL::bigint AS inbox_id, trigger, policy_hash,
    timestamptz '2020-01-01' + n * interval '1 second' AS decided_at, outcome, category, tier, priority, survey, decision, sentence
    FROM generate_series(1, ${OLD_ROWS}) AS n JOIN (SELECT *, row_number() OVER () AS place FROM packed_decisions) AS d
    ON d.place = 1 + n % (SELECT count(*) FROM packed_decisions)`);
  await client.query('TRUNCATE decisions RESTART IDENTITY');
  await client.query(`INSERT INTO decisions (${columns}) SELECT ${columns} FROM old_decisions`);
  const full = await bytesOf('decisions');
  const started = performance.now();
  const deleted = await deleteOldRows(
    db,
    { table: decisions, at: decisions.decidedAt, where: sql`true` },
    new Date('2025-01-01'),
  );
  const batches = performance.now() - started;
  await client.query('VACUUM decisions');
  const vacuumed = performance.now() - started - batches;
  const left = await bytesOf('decisions');
  await client.query(`INSERT INTO decisions (${columns}) SELECT ${columns} FROM old_decisions`);
  const again = await bytesOf('decisions');

  await client.query('CREATE TABLE parted (LIKE decisions) PARTITION BY RANGE (decided_at)');
  await client.query("CREATE TABLE part PARTITION OF parted FOR VALUES FROM ('2020-01-01') TO ('2025-01-01')");
  await client.query(`INSERT INTO parted (id, ${columns}) SELECT row_number() OVER (), ${columns} FROM old_decisions`);
  const dropped = performance.now();
  await client.query('DROP TABLE part');
  const drop = performance.now() - dropped;

  console.log(`Deleting ${deleted} old decisions:`);
  console.log(
    `  in batches     ${ms(batches)}, then VACUUM ${ms(vacuumed)}; ${(deleted / batches).toFixed(0)} rows a ms`,
  );
  console.log(`  DROP PARTITION ${ms(drop)}`);
  console.log(
    `  the table took ${mb(full)}, ${mb(left)} after VACUUM, and ${mb(again)} with as many new rows: the room is used again`,
  );
  keep({ figures: { 'ms for 1,000 old decisions in batches': (batches / deleted) * 1_000 } });
}

function granted(result) {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
}
