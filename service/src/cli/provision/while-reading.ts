// Says where a command stopped that could not read the account.
import { ZendeskError } from '../../zendesk/zendesk.ts';

/** Only for work that has written nothing when it throws `ZendeskError`. Throws an error with what to do. */
export async function whileReading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error;
    const first = error.kind === 'forbidden' ? 'Correct the login (deskwright doctor), and run' : 'Run';
    throw new Error(
      `Stopped while reading the account: ${error.message}. Nothing was written. ${first} the command again.`,
      { cause: error },
    );
  }
}
