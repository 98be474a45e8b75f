// Provides what every part of the bench shares: sizes, verdicts, and passing the figures to the run.

/** A smoke run does a little of everything: it shows that the part runs, and says nothing about speed. */
export const SMOKE = process.env['BENCH_SMOKE'] === '1';

/**
 * The first in a real run, the second in a smoke run.
 * @template T
 * @param {T} real
 * @param {T} smoke
 */
export const sized = (real, smoke) => (SMOKE ? smoke : real);

/**
 * Says whether an aim was met. A missed one fails the run, except a smoke run, which is too short to judge by.
 * @param {boolean} met
 */
export function verdict(met) {
  if (SMOKE) return 'not judged';
  if (!met) process.exitCode = 1;
  return met ? 'met' : 'MISSED';
}

/**
 * Hands the part's figures to `bench/run.js`, which keeps them. Without it (the part was started alone) nothing is kept.
 * `ratios` were measured within one run and are better the higher they are; one that fell is reported. `figures` depend on the machine.
 * @param {{ ratios?: Record<string, number>, figures?: Record<string, number> }} measured
 */
export function keep({ ratios = {}, figures = {} }) {
  process.send?.({ ratios, figures });
}
