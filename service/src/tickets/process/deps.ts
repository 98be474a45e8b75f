// What processing a ticket needs.
import type { Directory } from '../../directory/directory.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Zendesk } from '../../zendesk/zendesk.ts';
import type { TicketHook } from '../hooks.ts';

export interface PipelineDeps {
  db: Database;
  zendesk: Zendesk;
  directory: Directory;
  policy: { current: () => PolicyInForce };
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Logger;
  /** Hooks of the features that follow tickets. */
  hooks: readonly TicketHook[];
}
