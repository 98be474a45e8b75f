// Tells whether the work itself is to blame for an error, or an outage.
import { isAway } from '../../platform/errors/is-away.ts';
import { classifyFailure } from '../../zendesk/classify-failure.ts';
import { type Zendesk, ZendeskError } from '../../zendesk/zendesk.ts';

/**
 * True when the work itself is to blame, false while Zendesk or the database is away or our login is refused. What may be either (a 403,
 * a 5xx) costs one call of Zendesk to tell. Throws what `Zendesk.me` throws beside `ZendeskError`.
 */
export async function isItsOwn({ zendesk }: { zendesk: Pick<Zendesk, 'me'> }, error: unknown): Promise<boolean> {
  if (!(error instanceof ZendeskError)) return !isAway(error);
  // Without an answer there is nobody to ask who is to blame.
  return error.status !== null && (await classifyFailure(error, zendesk)) === 'refused_for_one';
}
