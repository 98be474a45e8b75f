// What does an agent's act need from the world?
import type { Policy } from '@deskwright/shared';
import type { Directory } from '../../directory/directory.ts';
import type { Database } from '../../platform/storage/database.ts';
import type { Agent } from '../identity/agent.ts';

export interface ActDeps {
  db: Database;
  policy: { current: () => { policy: Policy } };
  directory: Pick<Directory, 'groupId' | 'nameOf' | 'refresh'>;
  /** Epoch milliseconds. */
  clock: () => number;
}

/** Who acts on which ticket. */
export interface Act {
  ticketId: number;
  agent: Agent;
}
