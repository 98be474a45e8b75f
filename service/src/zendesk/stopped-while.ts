// Describes where work stopped that Zendesk did not let finish, and how to go on.
import { ZendeskError } from './zendesk.ts';

/** What to do after a refused login. It ends without a full stop. */
export const CHECK_LOGIN =
  'Check the login: ZENDESK_OAUTH_CLIENT_ID and ZENDESK_OAUTH_CLIENT_SECRET, or ZENDESK_EMAIL and ZENDESK_API_TOKEN (docs/guides/install.md, part 3; deskwright doctor tries it)';

/** `run the command again`, and what must be done or waited for before. */
export function howToGoOn({ kind, retryAfterMs }: ZendeskError): string {
  if (kind === 'forbidden') return `${CHECK_LOGIN}, then run the command again.`;
  if (kind === 'busy' && retryAfterMs) return `Wait ${Math.ceil(retryAfterMs / 1000)} s, then run the command again.`;
  return 'Run the command again.';
}

/**
 * @param doing such as `reading the views`
 * @param kept what became of the work so far, as a sentence
 * @throws Error that says all this in place of a `ZendeskError`
 */
export async function stoppedWhile<T>(doing: string, kept: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error;
    throw new Error(`Stopped while ${doing}: ${error.message}. ${kept} ${howToGoOn(error)}`, { cause: error });
  }
}
