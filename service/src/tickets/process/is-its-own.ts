// Tells whether the work itself is to blame for an error, or an outage.
import { isAway } from '../../platform/errors/outside-error.ts';
import { classifyFailure } from '../../zendesk/classify-failure.ts';
import { type Zendesk, ZendeskError } from '../../zendesk/zendesk.ts';

/**
 * True when the work itself is to blame, false while Zendesk or the database is away or our login is refused. What may be either (a 403,
 * a 5xx) costs a call of Zendesk or two to tell. Throws what `Zendesk.me` throws beside `ZendeskError`.
 */
export async function isItsOwn(
  { zendesk }: { zendesk: Pick<Zendesk, 'me' | 'isEndpointDown'> },
  error: unknown,
): Promise<boolean> {
  if (!(error instanceof ZendeskError)) return !isAway(error);
  if (error.status === null && error.call === null) return false;
  const failure = await classifyFailure(error, zendesk);
  // No answer at all says nothing of the record, but may be one of the endpoint: then others need not wait for it too.
  return failure === 'refused_for_one' && error.status !== null;
}
