// Tells errors that pass by themselves (an outage, a restart) from those of the work itself.
import { OutsideError } from './outside-error.ts';

/**
 * SQLSTATE classes 08 (connection), 40 (deadlock or serialization, the transaction was rolled back), 53 (resources) and 57 (shutdown).
 */
const AWAY = /^(?:08|40|53|57)/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND']);
/** What pg says without a code when a connection is lost, cannot be had in time, or the pool has none to give in time. */
const WORDS = /connection terminated|connection timeout|timeout expired|timeout exceeded when trying to connect/i;

/** True for errors that pass by themselves: the work must be tried again, however often, and is not to blame. */
export function isAway(error: unknown): boolean {
  if (error instanceof OutsideError)
    return error.kind === 'busy' || error.kind === 'unavailable' || error.kind === 'forbidden';
  const cause = error instanceof Error && !('code' in error) && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return false;
  const code = 'code' in cause ? String(cause.code) : '';
  return AWAY.test(code) || NETWORK.has(code) || WORDS.test(cause.message);
}
