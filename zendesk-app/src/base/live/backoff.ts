// Computes how long to wait before the next attempt.

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * Milliseconds: doubled with each failure up to half a minute, with half of it random, so that the sidebars of a team do not
 * reconnect at the same moment.
 */
export function backoff(failures: number, random: () => number): number {
  const limit = Math.min(FIRST_MS * 2 ** failures, LONGEST_MS);
  return limit / 2 + (random() * limit) / 2;
}
