// Declares what a card is made from, and what its sections share.

import type { NextSteps } from '../../decide/next-steps.ts';
import type { Directory } from '../../directory/directory.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../../policy/policy-in-force.ts';
import type { TicketRow, ticketMoves } from '../../tickets/index.ts';
import type { Agent } from '../identity/agent.ts';
import type { escalations } from '../tables.ts';

/** What the directory holds already: a card never waits for Zendesk. @internal */
export type KnownNames = Pick<Directory, 'groupId' | 'nameOf' | 'emailOfAgent'>;

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

export interface Said {
  readonly byCustomer: boolean;
  /** Null: we do not know them. */
  readonly name: string | null;
  readonly at: Date;
  /** Null where no card shows or asks it. */
  readonly body: string | null;
}

export type EscalationRow = typeof escalations.$inferSelect & { by: string | null };
export type MoveRow = Pick<typeof ticketMoves.$inferSelect, 'fromGroupId' | 'toGroupId' | 'movedAt'>;

export interface Stay {
  readonly ways: NextSteps;
  /** Where the ticket is or is on its way to. */
  readonly groupToBe: number | null;
  /** Newest first. */
  readonly escalations: readonly EscalationRow[];
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
