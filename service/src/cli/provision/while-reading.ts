// Reports where a command stopped that could not read the account.
import { stoppedWhile } from '../../zendesk/stopped-while.ts';

/** Only for work that has written nothing when it throws `ZendeskError`. Throws an error with what to do. */
export const whileReading = <T>(work: () => Promise<T>): Promise<T> =>
  stoppedWhile('reading the account', 'Nothing was written.', work);
