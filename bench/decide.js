// Measures how many tickets a second 100 triggers decide, with full reasons, beside json-rules-engine.
import { splitWords } from '@deskwright/shared';
import { compilePolicy } from '../service/dist/decide/compile-policy.js';
import { decide } from '../service/dist/decide/decide.js';
import { buildRival } from './decide/json-rules-engine.js';
import { buildPlain } from './decide/plain.js';
import { buildPolicy } from './decide/rules.js';
import { buildTickets } from './decide/tickets.js';
import { tools } from './decide/tools.js';
import { keep, sized } from './part.js';

const TRIGGERS = 100;
const AIM = 100_000;
const AIM_RATIO = 50;

const policy = buildPolicy(TRIGGERS);
const tickets = buildTickets(sized(2_000, 200));
const compiled = compilePolicy(policy);
const rival = buildRival(policy, tools);
const plain = buildPlain(policy, tools);

/**
 * Tickets a second: the tickets are cut into slices, and of each slice the best of several rounds counts, because the
 * machine's other work only ever makes a round slower.
 */
async function perSecond(slices, rounds, run) {
  let milliseconds = 0;
  for (const slice of slices) {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      await run(slice);
      best = Math.min(best, performance.now() - start);
    }
    milliseconds += best;
  }
  return (slices.flat().length / milliseconds) * 1_000;
}

const cut = (size, count) => Array.from({ length: count }, (_, i) => tickets.slice(i * size, (i + 1) * size));

/** Prevents the compiler from removing unused results. */
let kept = 0;
const decideAll = (slice) => {
  for (const ticket of slice) kept += decide(ticket, compiled).category.value.length;
};
const ours = async () => {
  for (let i = 0; i < 20; i++) decideAll(tickets);
  return perSecond(cut(200, sized(10, 1)), sized(60, 2), decideAll);
};
const theirs = () =>
  perSecond(cut(20, sized(10, 1)), sized(5, 1), async (slice) => {
    for (const ticket of slice) kept += (await rival(ticket)).category.length;
  });
const plainly = () =>
  perSecond(cut(20, sized(10, 1)), sized(5, 1), async (slice) => {
    for (const ticket of slice) kept += plain(ticket).length;
  });

let different = 0;
for (const ticket of tickets.slice(0, 500)) {
  const { category, priority, tags } = decide(ticket, compiled);
  const other = await rival(ticket);
  const same = other.category === category.value && other.priority === priority.value;
  if (plain(ticket) !== category.value) different++;
  if (!same || other.tags.join() !== tags.map((tag) => tag.value).join()) different++;
}

const words = tickets.reduce(
  (sum, { subject, description }) => sum + splitWords(`${subject} ${description}`).length,
  0,
);
const [a, b, c] = [await ours(), await theirs(), await plainly()];
const show = (n) => Math.round(n).toLocaleString('en-US').padStart(9);
console.log(
  `Deciding: ${TRIGGERS} triggers, ${tickets.length} tickets of ${(words / tickets.length).toFixed(0)} words on average, one thread`,
);
console.log(
  `  Deskwright, with reasons and nearest miss ${show(a)}/s   (aim ${show(AIM).trim()}: ${a >= AIM ? 'met' : 'MISSED'})`,
);
console.log(`  json-rules-engine                         ${show(b)}/s`);
console.log(`  a plain loop, the category alone          ${show(c)}/s`);
console.log(
  `  ratio to json-rules-engine                ${show(a / b)}     (aim ${AIM_RATIO}: ${a / b >= AIM_RATIO ? 'met' : 'MISSED'})`,
);
console.log(
  `  different answers on 500 tickets          ${show(different)}     (aim 0: ${different === 0 ? 'met' : 'MISSED'})`,
);
if (kept === 0 || different > 0) process.exitCode = 1;
keep({ ratios: { 'against json-rules-engine': a / b }, figures: { 'tickets a second': a } });
