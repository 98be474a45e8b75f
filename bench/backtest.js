// Measures a back-test: 1,000,000 past tickets under two policies of 200 triggers, beside json-rules-engine on the same work.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { compareChunks, summarise } from '../service/dist/backtest/index.js';
import { openChunks, ticketsOf } from '../service/dist/past-tickets/index.js';
import { buildRival } from './decide/json-rules-engine.js';
import { madeTexts } from './decide/real-text.js';
import { buildPolicy } from './decide/rules.js';
import { tools } from './decide/tools.js';
import { keep, SMOKE, sized, verdict } from './part.js';

const TRIGGERS = 200;
const TICKETS = sized(1_000_000, 20_000);
const TEXTS = sized(50_000, 500);
const RIVALS = sized(2_000, 100);
const WORDS = 40;
const AIM_SECONDS = 30;
const AIM_MEGABYTES = 1_024;

const plain = buildPolicy(TRIGGERS);
/** The same with misspellings of its words allowed, which makes the most work. */
const tolerant = {
  ...plain,
  triggers: JSON.parse(JSON.stringify(plain.triggers), (key, value) =>
    Array.isArray(value) && key === 'value'
      ? value.map((word) => (/^[a-z]{5,}$/.test(word) ? `${word}~` : word))
      : value,
  ),
};

/** Every tenth trigger looks for other words, and stands elsewhere. @param {any} policy */
const edited = (policy) => {
  const words = { field: 'text', operator: 'includes_any', value: ['guarantee', 'torn', 'paid twice'] };
  /** @param {any} trigger */
  const edit = (trigger) => ({ ...trigger, conditions: { ...trigger.conditions, any: [words] } });
  const isEdited = (/** @type {any} */ _, /** @type {number} */ at) => at % 10 === 0;
  const others = policy.triggers.filter((/** @type {any} */ one, /** @type {number} */ at) => !isEdited(one, at));
  return { ...policy, triggers: [...policy.triggers.filter(isEdited).map(edit), ...others] };
};

const folder = await mkdtemp(join(tmpdir(), 'deskwright-bench-'));
const file = join(folder, 'tickets.jsonl');
try {
  await writeTickets(file);
  const written = await measure('words as written', plain);
  const misspelt = await measure('misspellings allowed', tolerant);
  const ratio = written.processor / misspelt.processor;
  console.log(`Misspellings take ${(1 / ratio).toFixed(2)} times the processor time of words as written`);
  keep({
    ratios: { ...written.ratios, ...misspelt.ratios, 'words as written against misspellings': ratio },
    figures: { ...written.figures, ...misspelt.figures },
  });
  if (SMOKE) await checkThreads();
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** @param {string} path */
async function writeTickets(path) {
  const policyWords = [
    'refund',
    'money',
    'delivery',
    'invoice',
    'password',
    'broken',
    'order',
    'please',
    'not',
    'today',
  ];
  const texts = madeTexts('English', policyWords, WORDS, TEXTS);
  const stream = createWriteStream(path);
  const start = Date.UTC(2026, 8, 1);
  for (let at = 0; at < TICKETS; at++) {
    const ticket = {
      id: at + 1,
      subject: `Order ${at % 977}`,
      description: texts[at % texts.length],
      status: 'closed',
      priority: at % 4 === 0 ? null : 'normal',
      tags: at % 7 === 0 ? ['spam'] : ['web'],
      via: { channel: at % 3 === 0 ? 'web' : 'email' },
      created_at: new Date(start + at * 5_000).toISOString(),
    };
    if (!stream.write(`${JSON.stringify(ticket)}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
}

/**
 * @param {any} before
 * @param {number} [threads]
 */
async function compare(before, threads) {
  const { chunks } = await openChunks(file);
  const comparison = { before, after: edited(before), since: null, samples: 5, words: false };
  return compareChunks(comparison, chunks, { threads });
}

/**
 * Gives the processor time in seconds, and what is kept.
 * @param {string} name
 * @param {any} before
 */
async function measure(name, before) {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const tally = await compare(before);
  const seconds = (performance.now() - start) / 1_000;
  const used = process.cpuUsage(cpu);
  const processor = (used.user + used.system) / 1e6;
  const megabytes = process.resourceUsage().maxRSS / 1_024;
  const theirs = await measureRival(before);
  const perTicket = (seconds / tally.tickets) * 1_000;
  const show = (/** @type {number} */ n) => n.toLocaleString('en-US', { maximumFractionDigits: 1 });
  console.log(
    `Back-test, ${name}: ${show(tally.tickets)} tickets of ${WORDS} words, ${TRIGGERS} triggers, both policies, ${availableParallelism()} processors; ${show(tally.changed)} differ`,
  );
  console.log(`  Deskwright          ${show(seconds)} s (aim ${AIM_SECONDS}: ${verdict(seconds <= AIM_SECONDS)})`);
  console.log(`  processor time      ${show(processor)} s`);
  console.log(
    `  most memory         ${show(megabytes)} MB (aim ${AIM_MEGABYTES}: ${verdict(megabytes <= AIM_MEGABYTES)})`,
  );
  console.log(
    `  json-rules-engine   ${show(theirs * tally.tickets)} s, reckoned from ${RIVALS} tickets on one processor (deciding alone)`,
  );
  console.log(`  ratio               ${show((theirs * 1_000) / perTicket)}\n`);
  return {
    processor,
    ratios: { [`against json-rules-engine, ${name}`]: (theirs * 1_000) / perTicket },
    figures: { [`seconds, ${name}`]: seconds, [`processor seconds, ${name}`]: processor, megabytes },
  };
}

/**
 * Seconds a ticket.
 * @param {any} before
 */
async function measureRival(before) {
  const rivals = [buildRival(before, tools), buildRival(edited(before), tools)];
  const { chunks } = await openChunks(file, { limit: RIVALS });
  const facts = [];
  for await (const chunk of chunks)
    for (const ticket of ticketsOf(chunk)) if ('facts' in ticket) facts.push(ticket.facts);
  const start = performance.now();
  for (const one of facts) for (const rival of rivals) await rival(one);
  return (performance.now() - start) / 1_000 / facts.length;
}

/** The result does not depend on the number of threads. */
async function checkThreads() {
  const results = [];
  for (const threads of [0, 1, 3]) {
    const named = { before: { name: 'before', policy: plain }, after: { name: 'after', policy: plain } };
    results.push(JSON.stringify(summarise(await compare(plain, threads), named)));
  }
  const same = new Set(results).size === 1;
  console.log(`  the same result with 0, 1 and 3 threads: ${same}`);
  if (!same) process.exitCode = 1;
}
