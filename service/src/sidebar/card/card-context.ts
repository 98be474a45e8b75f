// Declares what a card is made from, and what its sections share.

import type { Directory } from '../../directory/directory.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../../policy/policy-in-force.ts';
import type { TicketRow } from '../../tickets/projection/ticket-row.ts';
import type { Agent } from '../identity/agent.ts';
import type { CardSection } from './card-section.ts';
import type { Said } from './read-conversation.ts';
import type { MoveRow } from './read-escalations.ts';
import type { Stay } from './tier-card.ts';

/** What the directory holds already: a card never waits for Zendesk. @internal */
export type KnownNames = Pick<Directory, 'groupId' | 'nameOf' | 'emailOfAgent'>;

export interface CardDeps {
  db: Database;
  policy: { current: () => PolicyWithGuidance };
  /** Null while Zendesk has not answered yet. */
  directory: KnownNames | null;
  /** That other features bring. */
  sections: readonly CardSection[];
  /** Epoch milliseconds. */
  clock: () => number;
}

/** One card being made: every section of it is about the same ticket, agent, policy and moment. */
export interface CardContext extends TicketContext {
  readonly rows: SharedRows;
}

/** What more than one section shows: read once a card, beside the sections. @internal */
export interface SharedRows {
  readonly said: Promise<readonly Said[]>;
  /** Newest first. */
  readonly moves: Promise<readonly MoveRow[]>;
  readonly stay: Promise<Stay>;
}

/** @internal */
export interface TicketContext {
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
