// Whom does a failed call to Zendesk concern: nobody for the moment, everything we ask, or this one request?
import { type Zendesk, ZendeskError } from './zendesk.ts';

export type FailureClass =
  /** Zendesk cannot be reached or has no time: wait. The work is not to blame and loses no try. */
  | 'unavailable'
  /** The login, its scopes or the account are refused: wait, tell a person. The work is not to blame and loses no try. */
  | 'refused_for_all'
  /** Zendesk answers, but not to this: a failure of its own, to be counted and after some tries set aside. */
  | 'refused_for_one';

/**
 * Classifies what a call to Zendesk threw. `conflict`, `not_found` and `rejected` concern the one request; `busy` and a refused login (401,
 * 402, 451, a missing scope) concern all. A 403 can mean either, and so can a 5xx, a redirect or an answer of an odd form, which
 * Zendesk may give for one ticket only: then one `users/me`, sent once, tells whether our login is answered at all. That costs a
 * call, and up to the client's time limit where nobody answers; so ask when work has failed, not in a loop.
 *
 * Throws what `me` throws beside `ZendeskError`.
 */
export async function classifyFailure(error: ZendeskError, zendesk: Pick<Zendesk, 'me'>): Promise<FailureClass> {
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
      return askWhoWeAre(zendesk);
  }
}

async function askWhoWeAre(zendesk: Pick<Zendesk, 'me'>): Promise<FailureClass> {
  try {
    await zendesk.me({ tries: 1 });
    return 'refused_for_one';
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error;
    return error.kind === 'forbidden' ? 'refused_for_all' : 'unavailable';
  }
}
