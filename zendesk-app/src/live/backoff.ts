// How long does one wait before trying again?
const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * Milliseconds: doubled with each failure up to half a minute, and spread over half of that, so that all the sidebars of a team
 * do not come back in the same instant.
 */
export function backoff(failures: number, random: () => number): number {
  const ceiling = Math.min(FIRST_MS * 2 ** failures, LONGEST_MS);
  return ceiling / 2 + (random() * ceiling) / 2;
}
