// Measures how many real messages the example policy puts into the right category, and which categories it confuses.
import { existsSync, readFileSync } from 'node:fs';
import { loadPolicy } from '@deskwright/shared';
import { parse } from 'csv-parse/sync';
import { compilePolicy } from '../service/dist/decide/compile-policy.js';
import { decide } from '../service/dist/decide/decide.js';
import { factsFromMessage } from '../service/dist/past-tickets/files/ticket-file.js';
import { keep } from './part.js';

const POLICY = 'config/deskwright.yaml';
const MESSAGES = '../shared/data/customer-messages.csv';
const AIM = 0.9;

const root = new URL('../', import.meta.url);
const messagesFile = new URL(MESSAGES, root);
if (!existsSync(messagesFile)) {
  console.log(`Categories: skipped, ${MESSAGES} is not there`);
  process.exit(0);
}
const loaded = loadPolicy(readFileSync(new URL(POLICY, root), 'utf8'), POLICY);
if (!loaded.ok) throw new Error(`${POLICY} is not valid; run deskwright check`);
const compiled = compilePolicy(loaded.policy);

/** @type {{ message: string, category: string }[]} */
const rows = parse(readFileSync(messagesFile, 'utf8'), { columns: true });
/** Wanted category, then category given, then how often. */
const table = new Map();
let right = 0;
for (const { message, category } of rows) {
  const wanted = category.toLowerCase();
  const given = decide(factsFromMessage({ message }, 0), compiled).category.value;
  const row = table.get(wanted) ?? new Map();
  table.set(wanted, row.set(given, (row.get(given) ?? 0) + 1));
  if (given === wanted) right++;
  if (process.argv.includes('--wrong') && given !== wanted) console.log([wanted, given, message].join('\t'));
}

const percent = (share) => `${(share * 100).toFixed(1)} %`;
const share = right / rows.length;
console.log(
  `Categories: ${right} of ${rows.length} real messages in the right one: ${percent(share)} (aim ${percent(AIM)}: ${share >= AIM ? 'met' : 'MISSED'})`,
);

const given = [...new Set([...table.values()].flatMap((row) => [...row.keys()]))];
const order = loaded.policy.categories.map(({ id }) => id);
given.sort((a, b) => order.indexOf(a) - order.indexOf(b));
const short = (id) => id.slice(0, 8).padStart(9);
console.log(`  ${'wanted \\ given'.padEnd(17)}${given.map(short).join('')}    found`);
for (const id of order.filter((one) => table.has(one))) {
  const row = table.get(id);
  const all = [...row.values()].reduce((sum, count) => sum + count, 0);
  const cells = given.map((one) => String(row.get(one) ?? '.').padStart(9)).join('');
  console.log(`  ${id.padEnd(17)}${cells}  ${percent((row.get(id) ?? 0) / all).padStart(7)}`);
}
if (share < AIM) process.exitCode = 1;
keep({ ratios: { 'in the right category': share } });
