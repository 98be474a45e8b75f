// Measures what the history adds to receiving and deciding: batches of events with it, and without it, in turns.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPolicy } from '@deskwright/shared';
import pg from 'pg';
import { compilePolicy } from '../service/dist/decide/compile-policy.js';
import { makePartitions } from '../service/dist/history/partitions.js';
import { historyTicketHook } from '../service/dist/history/record/record-history.js';
import { migrate, openDatabase } from '../service/dist/platform/storage/database.js';
import { startEmbeddedPostgres } from '../service/dist/platform/storage/embedded-postgres.js';
import { surveyTicketHook } from '../service/dist/surveys/schedule-invitation.js';
import { processBatch } from '../service/dist/tickets/process/process-batch.js';
import { storeBatch } from '../service/dist/tickets/receive/inbox.js';
import { readDelivery } from '../service/dist/tickets/receive/read-delivery.js';
import { keep, sized, verdict } from './part.js';
import { superuserUrl } from './superuser-url.js';

/** The history may add this share of the time at most. */
const AIM = 0.1;
const ROUNDS = sized(40, 2);
const WARM_UP = sized(4, 0);
/** Tickets of a batch; each is opened, answered and solved, in batches that follow one another. */
const TICKETS = sized(100, 5);
/** @type {readonly ('without' | 'with')[]} */
const TWO = ['without', 'with'];
const [ME, AGENT, CUSTOMER] = [1, 2, 900];

const [load = 0] = loadavg();
const directory = mkdtempSync(join(tmpdir(), 'deskwright-bench-'));
const postgres = await startEmbeddedPostgres(directory);
const loaded = loadPolicy(readFileSync(new URL('../config/deskwright.yaml', import.meta.url), 'utf8'), 'policy.yaml');
if (!loaded.ok) throw new Error('The example policy is wrong');
const policy = { policy: loaded.policy, compiled: compilePolicy(loaded.policy), hash: loaded.hash };
try {
  await run();
} finally {
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}

async function run() {
  const survey = surveyTicketHook(null);
  const without = await aService('without', [survey]);
  const withHistory = await aService('with', [historyTicketHook({ clock: Date.now }), survey]);
  /** @type {{ without: number[], with: number[] }} */
  const times = { without: [], with: [] };
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    // In turns, each first in half of the rounds, so that other work on the machine affects both alike.
    const pair = round % 2 === 0 ? TWO : TWO.toReversed();
    for (const which of pair) {
      const took = await (which === 'with' ? withHistory : without).round(round);
      if (round >= WARM_UP) times[which].push(took);
    }
  }
  const { bytes, rows } = await withHistory.size();
  await without.close();
  await withHistory.close();
  const [plain, recorded] = [median(times.without), median(times.with)];
  const added = median(times.with.map((took, n) => took / (times.without[n] ?? took))) - 1;
  const tickets = (WARM_UP + ROUNDS) * TICKETS;
  const show = (/** @type {number} */ ms) => ((1_000 * TICKETS * 3) / ms).toFixed(0).padStart(8);
  console.log(`load ${load.toFixed(1)}; ${ROUNDS} rounds of ${TICKETS} tickets, each opened, answered and solved`);
  console.log(`  without history  ${show(plain)} events a second`);
  console.log(`  with it          ${show(recorded)} events a second`);
  console.log(
    `  it adds          ${(100 * added).toFixed(1).padStart(8)} %  (aim ${100 * AIM} %: ${verdict(added <= AIM)})`,
  );
  console.log(
    `  a ticket has     ${(rows / tickets).toFixed(1).padStart(8)} entries, ${(bytes / tickets).toFixed(0)} bytes with indexes`,
  );
  keep({
    ratios: { 'time without history against with it': 1 / (1 + added) },
    figures: { 'events a second': (1_000 * TICKETS * 3) / recorded, 'bytes of history a ticket': bytes / tickets },
  });
}

/**
 * A database of its own, and the pipeline on it with these hooks.
 * @param {string} name
 * @param {object[]} hooks
 */
async function aService(name, hooks) {
  const superuser = new pg.Client(superuserUrl(directory, postgres.url));
  await superuser.connect();
  await superuser.query(`CREATE DATABASE ${name === 'with' ? 'with_history' : 'without_history'} OWNER deskwright_app`);
  await superuser.end();
  const url = new URL(postgres.url);
  url.pathname = name === 'with' ? 'with_history' : 'without_history';
  await migrate(url.href);
  const db = openDatabase(url.href);
  await makePartitions(db, new Date());
  const quiet = () => undefined;
  const logger = { debug: quiet, info: quiet, warn: quiet, error: console.error, child: () => logger };
  const deps = {
    db,
    zendesk: new Proxy({}, { get: () => () => Promise.reject(new Error('Zendesk is not asked')) }),
    directory: directoryOf(),
    policy: { current: () => policy },
    clock: Date.now,
    logger,
    hooks,
  };
  let last = 0;
  return {
    /** @param {number} round */
    round: async (round) => {
      const first = 1 + round * TICKETS;
      const ids = Array.from({ length: TICKETS }, (_, n) => first + n);
      const started = Date.now() - 3_000;
      const bodies = [
        ids.map((id) => opened(id, started)),
        ids.map((id) => answered(id, started + 1_000, (last += 1))),
        ids.map((id) => solved(id, started + 2_000)),
      ];
      const batches = bodies.map((list) =>
        list.flatMap((body) => readDelivery(Buffer.from(JSON.stringify(body)), null) ?? []),
      );
      const from = performance.now();
      for (const deliveries of batches) {
        const { batch } = await storeBatch(db.$client, deliveries);
        await processBatch(/** @type {never} */ (deps), batch);
      }
      return performance.now() - from;
    },
    size: async () => {
      const { rows } = await db.$client.query(`
        SELECT sum(pg_total_relation_size(inhrelid))::float8 AS bytes, (SELECT count(*)::float8 FROM history) AS rows
        FROM pg_inherits WHERE inhparent = 'history'::regclass`);
      return /** @type {{ bytes: number, rows: number }} */ (rows[0]);
    },
    close: () => db.$client.end(),
  };
}

function directoryOf() {
  const groups = loaded.ok ? loaded.policy.tiers.map(({ group }) => group) : [];
  return {
    me: () => ME,
    isAgent: (/** @type {number} */ id) => id === AGENT || id === ME,
    groupId: (/** @type {string} */ name) => (groups.includes(name) ? 11 + groups.indexOf(name) : null),
    nameOf: (/** @type {string} */ kind, /** @type {number} */ id) =>
      kind === 'group' ? (groups[id - 11] ?? null) : null,
    emailOfAgent: () => null,
    names: () => ({ groups, agentEmails: [] }),
    person: async () => null,
    refresh: async () => undefined,
  };
}

/**
 * @param {string} type
 * @param {number} id
 * @param {number} at
 * @param {object} detail
 * @param {object} event
 */
function envelope(type, id, at, detail, event) {
  const time = new Date(at).toISOString();
  const person = String(CUSTOMER);
  return {
    account_id: 1,
    id: crypto.randomUUID(),
    time,
    type: `zen:event-type:ticket.${type}`,
    subject: `zen:ticket:${id}`,
    zendesk_event_version: '2022-11-06',
    detail: {
      actor_id: person,
      assignee_id: null,
      brand_id: '5',
      created_at: time,
      description: 'I want my money back for the boots: they leak, and I have waited for three weeks.',
      external_id: null,
      form_id: '6',
      group_id: null,
      id: String(id),
      is_public: true,
      organization_id: null,
      priority: null,
      requester_id: person,
      status: 'NEW',
      subject: `Order ${id}`,
      submitter_id: person,
      tags: [],
      type: null,
      updated_at: time,
      via: { channel: 'email' },
      ...detail,
    },
    event: { meta: { sequence: { id: crypto.randomUUID(), position: 1, total: 1 } }, ...event },
  };
}

/** @param {number} id @param {number} at */
function opened(id, at) {
  return envelope('created', id, at, {}, {});
}

/** @param {number} id @param {number} at @param {number} comment */
function answered(id, at, comment) {
  return envelope(
    'comment_added',
    id,
    at,
    { actor_id: String(AGENT), status: 'OPEN', assignee_id: String(AGENT) },
    {
      comment: {
        id: String(500_000 + comment),
        body: 'Here you are.',
        is_public: true,
        author: { id: String(AGENT), is_staff: true },
      },
    },
  );
}

/** @param {number} id @param {number} at */
function solved(id, at) {
  return envelope(
    'status_changed',
    id,
    at,
    { actor_id: String(AGENT), status: 'SOLVED', assignee_id: String(AGENT) },
    { previous: 'OPEN', current: 'SOLVED' },
  );
}

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
