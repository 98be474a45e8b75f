// Classifies a failed call: temporary, affecting all calls, or affecting this request only.

import { isTemporary } from '../platform/errors/external-error.ts';
import { type Zendesk, ZendeskError } from './zendesk.ts';

type FailureClass =
  /** Zendesk cannot be reached or is overloaded: wait. Not the work's fault, so its attempts are not counted. */
  | 'unavailable'
  /** Zendesk answers, but this endpoint fails for every record: what needs it waits. Not the work's fault, so its attempts are not counted. */
  | 'endpoint_away'
  /** The login, its scopes or the account are refused: wait, and tell an operator. Not the work's fault, so its attempts are not counted. */
  | 'refused_for_all'
  /** Zendesk answers, but not this request: its failures are counted, and after some attempts it is dead-lettered. */
  | 'refused_for_one';

type AskedAgain = Pick<Zendesk, 'me' | 'isEndpointDown'>;

/**
 * Classifies an error of a call to Zendesk. `conflict`, `not_found` and `rejected` concern this request only; `busy` and a refused login (401,
 * 402, 451, a missing scope) concern all calls. A 403 can mean either, and so can a 5xx, a redirect or an unreadable answer, which
 * Zendesk may give for one ticket only: then one call of `users/me` shows whether our login is answered at all, and for all but a 403 the
 * endpoint is called for another record. That costs two calls, and up to the client's time limit if nobody answers; so call this when work
 * has failed, not in a loop.
 *
 * Throws whatever `me` throws other than `ZendeskError`.
 */
export async function classifyFailure(error: ZendeskError, zendesk: AskedAgain): Promise<FailureClass> {
  if (error.concernsAll) return 'refused_for_all';
  switch (error.kind) {
    case 'busy':
      return 'unavailable';
    case 'conflict':
    case 'not_found':
    case 'rejected':
      return 'refused_for_one';
    case 'forbidden':
    case 'unavailable':
      return askAgain(error, zendesk);
  }
}

async function askAgain(failure: ZendeskError, zendesk: AskedAgain): Promise<FailureClass> {
  try {
    await zendesk.me({ tries: 1 });
    return failure.kind === 'unavailable' && (await zendesk.isEndpointDown(failure))
      ? 'endpoint_away'
      : 'refused_for_one';
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error;
    return error.kind === 'forbidden' ? 'refused_for_all' : 'unavailable';
  }
}

/**
 * True if the work itself is the cause, false while Zendesk or the database is unavailable or our login is refused. An ambiguous error (a 403,
 * a 5xx) costs one or two calls of Zendesk to find out. Throws whatever `Zendesk.me` throws other than `ZendeskError`.
 */
export async function isOwnFailure(
  { zendesk }: { zendesk: Pick<Zendesk, 'me' | 'isEndpointDown'> },
  error: unknown,
): Promise<boolean> {
  if (!(error instanceof ZendeskError)) return !isTemporary(error);
  if (error.status === null && error.call === null) return false;
  const failure = await classifyFailure(error, zendesk);
  // No answer at all says nothing about the record, but it may concern the endpoint only, so that other work need not wait.
  return failure === 'refused_for_one' && error.status !== null;
}
