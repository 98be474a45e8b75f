// Measures the sidebar's card with as many tickets as its argument says, beside a plain version of it in the same run.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { compilePolicy } from '../../service/dist/decide/compile-policy.js';
import { decide } from '../../service/dist/decide/decide.js';
import { explainSentence } from '../../service/dist/decide/explain-sentence.js';
import { factsFromMessage } from '../../service/dist/past-tickets/files/ticket-file.js';
import { createLogger } from '../../service/dist/platform/logging/logger.js';
import { migrate, openDatabase } from '../../service/dist/platform/storage/database.js';
import { startEmbeddedPostgres } from '../../service/dist/platform/storage/embedded-postgres.js';
import { stepsOf } from '../../service/dist/policy/guidance/guidance.js';
import { createPolicyStore } from '../../service/dist/policy/policy-store.js';
import { readCard } from '../../service/dist/sidebar/card/read-card.js';
import { readTicket } from '../../service/dist/sidebar/card/read-ticket.js';
import { seenBy } from '../../service/dist/sidebar/card/seen-by.js';
import { answersSection } from '../../service/dist/surveys/customer-answers/answers-section.js';
import { placeInLargeQueue } from '../../service/dist/views/place-in-large-queue.js';
import { nextOldest, placeInQueue } from '../../service/dist/views/queue-order.js';
import { keep, sized, verdict } from '../part.js';
import { superuserUrl } from '../superuser-url.js';
import { AGENTS, changeSome, fill, TICKETS, WAITING } from './fill.js';
import { readPlainly } from './rival.js';

const AIM_P95 = 50;
const WARM_UP = sized(200, 5);
const ROUNDS = sized(3, 1);
const ONE_AT_A_TIME = sized(300, 20);
const AT_ONCE = 20;

const [load = 0] = loadavg();
const now = new Date();
const store = createPolicyStore({
  path: fileURLToPath(new URL('../../config/deskwright.yaml', import.meta.url)),
  logger: createLogger('warn'),
});
await store.start();
const { policy, hash, guidance } = store.current();
await store.stop();
const inForce = { policy, hash, guidance, compiled: compilePolicy(policy) };

const directory = mkdtempSync(join(tmpdir(), 'deskwright-bench-'));
const postgres = await startEmbeddedPostgres(directory);
const db = openDatabase(postgres.url);
try {
  await migrate(postgres.url);
  const filling = performance.now();
  await fillDatabase();
  console.log(
    `The card of a ticket: ${TICKETS.toLocaleString('en-US')} tickets, ${WAITING.toLocaleString('en-US')} of them waiting (filled in ${((performance.now() - filling) / 1000).toFixed(0)} s), random tickets, agents who see all or some groups`,
  );
  await run();
} finally {
  await db.$client.end();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}

async function fillDatabase() {
  const decision = decide(factsFromMessage({ message: 'I want a refund, this is urgent' }, 0), inForce.compiled);
  // Filling switches the triggers off.
  const client = new pg.Client(superuserUrl(directory, postgres.url));
  await client.connect();
  await fill(client, {
    now,
    decision,
    sentence: explainSentence(decision, policy),
    policyHash: hash,
    stepIds: [...guidance.values()].flatMap(({ blocks }) => stepsOf(blocks).map(({ id }) => id)),
    categories: policy.categories,
  });
  await changeSome(client);
  await client.end();
}

async function run() {
  const ids = buildIds();
  const deps = {
    db,
    policy: { current: () => inForce },
    directory: aDirectory(),
    sections: [answersSection],
    clock: () => now.getTime(),
    logger: console,
  };
  const dayBegan = new Date(new Date(now).setHours(0, 0, 0, 0));
  const approvers = policy.refunds?.approve_above_limit ?? [];
  const ours = (n) => readCard(deps, { ticketId: ids(), agent: anAgent(n) });
  const rival = (n) => readPlainly(db.$client, ids(), { agentId: 1 + (n % AGENTS), approvers, dayBegan });

  /** The two queries of the queue, which count and read all of it. */
  const queueCounted = async (n) => {
    const { ticket } = (await readTicket(db, ids())) ?? missing();
    const agent = anAgent(n);
    await placeInQueue(db, { ...ticket, notIn: [] });
    await nextOldest(db, { tier: ticket.tier, besides: ticket.id, seen: seenBy(agent), inGroups: null, notIn: [] });
    return ticket;
  };
  const queueNow = async (n) => {
    const { ticket } = (await readTicket(db, ids())) ?? missing();
    const { sees, groupIds } = anAgent(n);
    const { waitingSince } = ticket;
    if (waitingSince) await placeInLargeQueue(db, { ...ticket, waitingSince, notIn: [] });
    const inGroups = sees === 'groups' ? groupIds : null;
    await nextOldest(db, { tier: ticket.tier, besides: ticket.id, seen: undefined, inGroups, notIn: [] });
    return ticket;
  };

  await oneAtATime(WARM_UP, ours);
  await oneAtATime(WARM_UP, rival);
  /** @typedef {{ perSecond: number, p50: number, p95: number }} Round */
  /** @type {Record<'ours' | 'rival', Round[]>} */
  const alone = { ours: [], rival: [] };
  /** @type {Record<'ours' | 'rival', Round[]>} */
  const crowd = { ours: [], rival: [] };
  for (let round = 0; round < ROUNDS; round++) {
    alone.ours.push(await oneAtATime(ONE_AT_A_TIME, ours));
    alone.rival.push(await oneAtATime(ONE_AT_A_TIME, rival));
    crowd.ours.push(await atOnce(AT_ONCE, ONE_AT_A_TIME, ours));
    crowd.rival.push(await atOnce(AT_ONCE, ONE_AT_A_TIME, rival));
  }
  const queue = {
    counted: await oneAtATime(ONE_AT_A_TIME / 5, queueCounted),
    now: await oneAtATime(ONE_AT_A_TIME, queueNow),
  };
  const best = calmest(alone.ours);
  console.log(`One at a time, best of ${ROUNDS} rounds of ${ONE_AT_A_TIME} cards`);
  console.log(`  Deskwright                ${line(best)}  (aim p95 < ${AIM_P95} ms: ${verdict(best.p95 < AIM_P95)})`);
  console.log(`  a query a piece, in turn  ${line(calmest(alone.rival))}`);
  console.log(`  place and next oldest, by counting  ${line(queue.counted)}`);
  console.log(`  place and next oldest, as they are  ${line(queue.now)}`);
  console.log(`${AT_ONCE} at once, over ${db.$client.options.max} connections`);
  console.log(`  Deskwright                ${line(calmest(crowd.ours))}`);
  console.log(`  a query a piece, in turn  ${line(calmest(crowd.rival))}`);
  console.log(
    `  (${availableParallelism()} processors for PostgreSQL and reader together; load of the machine before: ${load.toFixed(1)})`,
  );
  const [crowded, rivals] = [calmest(crowd.ours), calmest(crowd.rival)];
  keep({
    ratios: { 'cards a second against a query a piece': crowded.perSecond / rivals.perSecond },
    figures: { 'p95 in ms': best.p95, 'cards a second': crowded.perSecond },
  });
}

/** Half of the requested tickets are waiting, because agents open those. */
function buildIds() {
  let seed = 7;
  const random = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return seed / 0x8000_0000;
  };
  return () => (random() < 0.5 ? TICKETS - Math.floor(random() * WAITING) : 1 + Math.floor(random() * TICKETS));
}

function aDirectory() {
  const groups = new Map(policy.tiers.map(({ group, id }) => [group, 10 + Number(id.at(-1))]));
  const names = new Map([...groups].map(([name, id]) => [id, name]));
  return {
    groupId: (name) => groups.get(name) ?? null,
    nameOf: (kind, id) => (kind === 'group' ? (names.get(id) ?? null) : null),
    emailOfAgent: (id) => (id === null ? null : `agent${id}@northwind.test`),
  };
}

/**
 * @param {number} n
 * @returns {Parameters<typeof readCard>[1]['agent']}
 */
function anAgent(n) {
  const id = 1 + (n % AGENTS);
  return {
    id,
    name: `Agent ${id}`,
    email: `agent${id}@northwind.test`,
    role: 'agent',
    locale: 'en-US',
    organizationId: null,
    groupIds: [11 + (n % 3)],
    sees: n % 2 === 0 ? 'all' : 'groups',
    may: { edit: true, editTags: true, assignTo: 'any_group' },
  };
}

/** @returns {never} */
function missing() {
  throw new Error('A ticket of the bench is missing');
}

async function oneAtATime(count, read) {
  return atOnce(1, count, read);
}

/** Concurrent readers, each of which requests its next card as soon as it has one. */
async function atOnce(readers, count, read) {
  const times = [];
  let next = 0;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: readers }, async () => {
      for (let n = next++; n < count; n = next++) {
        const start = performance.now();
        if ((await read(n)) === null) throw new Error('A ticket of the bench is missing');
        times.push(performance.now() - start);
      }
    }),
  );
  const perSecond = (count / (performance.now() - begin)) * 1_000;
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { perSecond, p50: at(0.5), p95: at(0.95) };
}

function line({ perSecond, p50, p95 }) {
  return `p50 ${p50.toFixed(1).padStart(6)} ms   p95 ${p95.toFixed(1).padStart(6)} ms   ${perSecond.toFixed(0).padStart(5)}/s`;
}

/** The best round: other work on the machine can only make a round slower. */
function calmest(results) {
  return results.toSorted((a, b) => a.p95 - b.p95)[0];
}
