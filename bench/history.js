// Stores the results of each run, one JSON object a line, and finds ratios that fell.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {{ ratios: Record<string, number>, figures: Record<string, number> }} Measured
 * @typedef {{ at: string, command: string, commit: string, machine: string, load: number, parts: Record<string, Measured> }} Run
 * @typedef {{ name: string, usual: number, now: number }} Fall
 */

/** A ratio is compared with the median of this many earlier runs. */
const COMPARED = 5;
/** Ratios of the same commit differ by up to a fifth from run to run on a busy machine. */
const FALL = 0.3;

/**
 * Oldest first. Throws when a line is not JSON.
 * @param {string} file
 * @returns {Run[]}
 */
export function readHistory(file) {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/**
 * @param {string} file
 * @param {Run} run
 */
export function appendRun(file, run) {
  appendFileSync(file, `${JSON.stringify(run)}\n`);
}

/**
 * Ratios more than 30 % below the median of the last five runs on the same machine.
 * @param {readonly Run[]} history
 * @param {Run} run
 * @returns {Fall[]}
 */
export function findFalls(history, run) {
  const alike = history.filter(({ machine }) => machine === run.machine);
  return Object.entries(run.parts).flatMap(([part, { ratios }]) =>
    Object.entries(ratios).flatMap(([name, now]) => {
      const before = alike.map(({ parts }) => parts[part]?.ratios[name]).filter((ratio) => ratio !== undefined);
      const usual = median(before.slice(-COMPARED));
      return usual !== null && now < usual * (1 - FALL) ? [{ name: `${part}: ${name}`, usual, now }] : [];
    }),
  );
}

/**
 * @param {number[]} values
 * @returns {number | null}
 */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
