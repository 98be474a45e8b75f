// Measures how many tickets a second are decided with realistic texts: long, with many words, in several languages.
import { compilePolicy } from '../service/dist/decide/compile-policy.js';
import { decide } from '../service/dist/decide/decide.js';
import { LANGUAGE_NAMES, madeTexts, messageTexts } from './decide/real-text.js';
import { buildPolicy } from './decide/rules.js';
import { buildTickets } from './decide/tickets.js';
import { keep, sized } from './part.js';

const TRIGGERS = 100;
const AIMS = new Map([
  [40, 100_000],
  [400, 10_000],
  [4_000, 1_000],
]);
/** Words in all texts of one length together: enough for rare words of the vocabulary to occur. */
const WORDS = sized(400_000, 8_000);
const ROUNDS = sized(5, 1);

/** The bench's policy, with misspellings of its words allowed. */
const plain = buildPolicy(TRIGGERS);
const policy = {
  ...plain,
  triggers: JSON.parse(JSON.stringify(plain.triggers), (key, value) =>
    Array.isArray(value) && key === 'value'
      ? value.map((word) => (/^[a-z]{5,}$/.test(word) ? `${word}~` : word))
      : value,
  ),
};
const policyWords = JSON.stringify(policy.triggers).match(/(?<=")[a-z]{4,}(?=[*~]?")/g) ?? [];
const [model] = buildTickets(1);
const ticketsOf = (texts) =>
  texts.map((text, at) => ({ ...model, ticketId: at + 1, subject: 'Question', description: text, comment: text }));

/** @type {Record<string, number>} */
const figures = {};
let kept = 0;
/** Of the process's own time, so that what else the machine does counts for little; its collector's threads included. */
function perSecond(tickets, compiled) {
  const before = process.cpuUsage();
  for (const ticket of tickets) kept += decide(ticket, compiled).category.value.length;
  const { user, system } = process.cpuUsage(before);
  return (tickets.length / (user + system)) * 1e6;
}

const show = (n) => Math.round(n).toLocaleString('en-US').padStart(9);
function measure(name, length, texts) {
  const tickets = ticketsOf(texts);
  const compiled = compilePolicy(policy);
  const first = perSecond(tickets, compiled);
  const best = Math.max(...Array.from({ length: ROUNDS }, () => perSecond(tickets, compiled)));
  const aim = AIMS.get(length) ?? 0;
  figures[`${name}, tickets a second`] = best;
  console.log(
    `  ${name.padEnd(40)} ${show(best)}/s, ${show(first)}/s when all words are new   (aim ${show(aim).trim()}: ${best >= aim ? 'met' : 'MISSED'})`,
  );
}

console.log(
  `Deciding on real text: ${TRIGGERS} triggers, misspellings included, one thread; 200,000 words by Zipf's law`,
);
const messages = messageTexts(WORDS / 40);
if (messages === null) console.log('  customers’ messages: skipped, ../shared/data is not there');
else measure('40 words, customers’ messages', 40, messages);
for (const length of AIMS.keys()) {
  for (const language of LANGUAGE_NAMES)
    measure(`${length} words, ${language}`, length, madeTexts(language, policyWords, length, WORDS / length));
}
console.log(`  memory: ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
if (kept === 0) process.exitCode = 1;
keep({ figures });
