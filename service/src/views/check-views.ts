// Is each managed view in its order, and what is to be done about one that is not?
import type { Policy } from '@deskwright/shared';
import type { Logger } from '../logging/logger.ts';
import type { Database } from '../storage/database.ts';
import type { Zendesk } from '../zendesk/zendesk.ts';

export interface ViewDeps {
  db: Database;
  zendesk: Pick<Zendesk, 'listViews' | 'updateView' | 'whoChangedView'>;
  /** `views` of the policy in force. */
  views: () => Policy['views'];
  logger: Logger;
}

export type CheckReason = 'start' | 'policy' | 'event' | 'schedule';

/** Throws only what the database throws: what is wrong with a view, or with reaching Zendesk, is in the reports. */
export async function checkViews(
  _deps: ViewDeps,
  _reason: CheckReason,
): Promise<{ title: string; state: string; message: string | null }[]> {
  throw new Error('Not built yet.');
}
