// Computes when to retry a mail.

const FIRST_MS = 60_000;
const LONGEST_MS = 3_600_000;

/** One minute after the first attempt, doubling up to an hour. */
export function retryAt(attempts: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(FIRST_MS * 2 ** (attempts - 1), LONGEST_MS));
}
