// Classifies a failed call: a passing failure, one of all calls, or one of this request.
import { type Zendesk, ZendeskError } from './zendesk.ts';

export type FailureClass =
  /** Zendesk cannot be reached or has no time: wait. The work is not to blame and loses no try. */
  | 'unavailable'
  /** Zendesk answers, but this endpoint fails for every record: wait, for what needs it. The work is not to blame and loses no try. */
  | 'endpoint_away'
  /** The login, its scopes or the account are refused: wait, tell a person. The work is not to blame and loses no try. */
  | 'refused_for_all'
  /** Zendesk answers, but not to this: a failure of its own, to be counted and after some tries set aside. */
  | 'refused_for_one';

type AskedAgain = Pick<Zendesk, 'me' | 'isEndpointAway'>;

/**
 * Classifies what a call to Zendesk threw. `conflict`, `not_found` and `rejected` concern the one request; `busy` and a refused login (401,
 * 402, 451, a missing scope) concern all. A 403 can mean either, and so can a 5xx, a redirect or an answer of an odd form, which
 * Zendesk may give for one ticket only: then one `users/me`, sent once, tells whether our login is answered at all, and for all but a 403 the
 * endpoint is asked for another record. That costs two calls, and up to the client's time limit where nobody answers; so ask when work has
 * failed, not in a loop.
 *
 * Throws what `me` throws beside `ZendeskError`.
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
    return failure.kind === 'unavailable' && (await zendesk.isEndpointAway(failure))
      ? 'endpoint_away'
      : 'refused_for_one';
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error;
    return error.kind === 'forbidden' ? 'refused_for_all' : 'unavailable';
  }
}
