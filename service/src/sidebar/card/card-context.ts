// The dependencies and inputs of the card.

import type { Directory } from '../../directory/directory.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../../policy/policy-in-force.ts';
import type { TicketRow } from '../../tickets/projection/ticket-row.ts';
import type { Agent } from '../identity/agent.ts';

/** What the directory holds already: a card never waits for Zendesk. @internal */
export type KnownNames = Pick<Directory, 'groupId' | 'nameOf' | 'emailOfAgent'>;

export interface CardDeps {
  db: Database;
  policy: { current: () => PolicyWithGuidance };
  /** Null while Zendesk has not answered yet. */
  directory: KnownNames | null;
  /** Epoch milliseconds. */
  clock: () => number;
}

/** One card being made: every part of it is about the same ticket, agent, policy and moment. */
export interface CardContext {
  readonly db: Queryable;
  readonly ticket: TicketRow;
  /** Null: we do not know them. */
  readonly requester: Requester | null;
  readonly agent: Agent;
  readonly inForce: PolicyWithGuidance;
  readonly directory: KnownNames | null;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface Requester {
  readonly name: string;
  readonly email: string | null;
  readonly locale: string | null;
}
