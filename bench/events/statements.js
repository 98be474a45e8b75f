// Reads the counts of SQL statements that `count-statements.js` wrote.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Times sent so far, by the first words of the statement; those of the queue begin with `queue: `.
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} file where it writes them down when asked
 * @returns {Promise<Record<string, number>>}
 */
export async function readStatements(child, file) {
  const asked = Date.now();
  child.kill('SIGUSR2');
  for (;;) {
    const read = readCounted(file);
    if (read && read.at >= asked) return read.statements;
    await sleep(20);
  }
}

/**
 * @param {string} file
 * @returns {{ at: number, statements: Record<string, number> } | null}
 */
function readCounted(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null; // Not written yet, or being written.
  }
}

/**
 * How many were sent between two readings. With `BENCH_STATEMENTS` set, the most frequent are printed.
 * @param {Record<string, number>} before
 * @param {Record<string, number>} after
 * @returns {{ statements: number, queue: number }}
 */
export function newSince(before, after) {
  const each = Object.entries(after).map(([text, count]) => /** @type {const} */ ([text, count - (before[text] ?? 0)]));
  if (process.env['BENCH_STATEMENTS'])
    for (const [text, count] of each.toSorted((a, b) => b[1] - a[1]).slice(0, 45))
      if (count > 0) console.log(`    ${String(count).padStart(7)}  ${text}`);
  /** @param {typeof each} those */
  const sum = (those) => those.reduce((all, [, count]) => all + count, 0);
  return { statements: sum(each), queue: sum(each.filter(([text]) => text.startsWith('queue: '))) };
}
