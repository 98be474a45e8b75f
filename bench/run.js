// Runs the benchmarks one after another; each prints its figures beside an alternative measured in the same run. `--smoke` only checks that each runs.
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { appendRun, findFalls, readHistory } from './history.js';

const PARTS = [
  'decide',
  'backtest',
  'sweep',
  'real-text',
  'categorise',
  'receive',
  'surveys',
  'ticket',
  'growth',
  'card',
  'sidebar',
  'small-refund',
  'texts',
  'policy',
  'lint',
  'events',
  'dashboard',
  'history-cost',
  'figures',
  'slack',
  'survey-report',
  'refunds',
];
const HISTORY = fileURLToPath(new URL('history.jsonl', import.meta.url));

const smoke = process.argv.includes('--smoke');
const wanted = process.argv.slice(2).filter((word) => word !== '--smoke');
for (const name of wanted) {
  if (!PARTS.includes(name)) {
    console.error(`No benchmark "${name}". There are: ${PARTS.join(', ')}`);
    process.exit(2);
  }
}

/** @type {import('./history.js').Run} */
const run = {
  at: new Date().toISOString(),
  command: ['npm run bench', ...wanted].join(' '),
  commit: commit(),
  machine: `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} processors, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`,
  load: loadavg()[0] ?? 0,
  parts: {},
};
/** @type {string[]} */
const failed = [];
const parts = [...(wanted.length > 0 ? wanted : PARTS)];
if (smoke) await Promise.all([trySome(), trySome()]);
else for (const name of parts) await measure(name);

if (!smoke) {
  const history = readHistory(HISTORY);
  for (const { name, usual, now } of findFalls(history, run)) {
    console.log(
      `\nA ratio has fallen: ${name} is ${now.toPrecision(3)}, and was ${usual.toPrecision(3)} in the runs before.`,
    );
    failed.push(name);
  }
  appendRun(HISTORY, run);
}
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;

/**
 * Prints the output of the part, and stores its figures.
 * @param {string} name
 */
async function measure(name) {
  console.log(`\n=== ${name}\n`);
  const part = start(name, 'inherit');
  part.on('message', (measured) => {
    run.parts[name] = /** @type {import('./history.js').Measured} */ (measured);
  });
  const [code] = await once(part, 'exit');
  if (code !== 0) failed.push(name);
}

/** Runs the remaining parts one after another. Nothing is measured, so two may run at the same time; only failures are shown. */
async function trySome() {
  for (let name = parts.shift(); name !== undefined; name = parts.shift()) {
    const started = performance.now();
    const part = start(name, 'pipe');
    let printed = '';
    for (const stream of [part.stdout, part.stderr]) stream?.on('data', (text) => (printed += text));
    const [code] = await once(part, 'close');
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    console.log(code === 0 ? `${name}: runs (${seconds} s)` : `${printed}\n${name}: FAILED (${seconds} s)`);
    if (code !== 0) failed.push(name);
  }
}

/**
 * @param {string} name
 * @param {'inherit' | 'pipe'} output
 */
function start(name, output) {
  return fork(fileURLToPath(new URL(`${name}.js`, import.meta.url)), {
    stdio: ['ignore', output, output, 'ipc'],
    env: { ...process.env, BENCH_SMOKE: smoke ? '1' : '' },
  });
}

/** The commit in the working tree, with a `+` when files differ from it; outside a repository nothing. */
function commit() {
  try {
    /** @param {string[]} args */
    const git = (args) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    const changed = git(['status', '--porcelain', '--', '.', ':!bench/history.jsonl']) !== '';
    return `${git(['rev-parse', '--short', 'HEAD'])}${changed ? '+' : ''}`;
  } catch {
    return '';
  }
}
