// Decides whether an error is caused by the work itself or by an outage.
import { isTemporary } from '../../platform/errors/external-error.ts';
import { classifyFailure } from '../../zendesk/classify-failure.ts';
import { type Zendesk, ZendeskError } from '../../zendesk/zendesk.ts';

/**
 * True if the work itself is the cause, false while Zendesk or the database is unavailable or our login is refused. An ambiguous error (a 403,
 * a 5xx) costs one or two calls of Zendesk to find out. Throws whatever `Zendesk.me` throws other than `ZendeskError`.
 */
export async function isItsOwn(
  { zendesk }: { zendesk: Pick<Zendesk, 'me' | 'isEndpointDown'> },
  error: unknown,
): Promise<boolean> {
  if (!(error instanceof ZendeskError)) return !isTemporary(error);
  if (error.status === null && error.call === null) return false;
  const failure = await classifyFailure(error, zendesk);
  // No answer at all says nothing about the record, but it may concern the endpoint only, so that other work need not wait.
  return failure === 'refused_for_one' && error.status !== null;
}
