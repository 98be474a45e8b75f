// Is the world away, or is something wrong with this very event?
import { classifyFailure } from '../../zendesk/classify-failure.ts';
import { type Zendesk, ZendeskError } from '../../zendesk/zendesk.ts';

/**
 * SQLSTATE classes 08 (connection), 40 (deadlock or serialization, the transaction was rolled back), 53 (resources) and 57 (shutdown).
 */
const AWAY = /^(?:08|40|53|57)/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND']);
/** What pg says without a code when a connection is lost, cannot be had in time, or the pool has none to give in time. */
const WORDS = /connection terminated|connection timeout|timeout expired|timeout exceeded when trying to connect/i;

/** True for errors that pass by themselves: the event must be tried again, however often, and is not to blame. */
export function isAway(error: unknown): boolean {
  if (error instanceof ZendeskError)
    return error.kind === 'busy' || error.kind === 'unavailable' || error.kind === 'forbidden';
  const cause = error instanceof Error && !('code' in error) && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return false;
  const code = 'code' in cause ? String(cause.code) : '';
  return AWAY.test(code) || NETWORK.has(code) || WORDS.test(cause.message);
}

/**
 * True when the work itself is to blame, false while Zendesk or the database is away or our login is refused. What may be either (a 403,
 * a 5xx) costs one call of Zendesk to tell. Throws what `Zendesk.me` throws beside `ZendeskError`.
 */
export async function isItsOwn({ zendesk }: { zendesk: Pick<Zendesk, 'me'> }, error: unknown): Promise<boolean> {
  if (!(error instanceof ZendeskError)) return !isAway(error);
  // Without an answer there is nobody to ask who is to blame.
  return error.status !== null && (await classifyFailure(error, zendesk)) === 'refused_for_one';
}
