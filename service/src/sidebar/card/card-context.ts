// Declares what a card is made from: its ticket and agent, and the rows that its queries find.
import type { Placeholder, SQL } from 'drizzle-orm';
import type { NextSteps } from '../../decide/escalation.ts';
import type { Directory } from '../../directory/directory.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../../policy/policy-in-force.ts';
import type { TicketRow, ticketMoves } from '../../tickets/index.ts';
import type { Agent, TicketAccess } from '../identity/agent.ts';
import type { escalations } from '../tables.ts';

/** The directory's current data: a card never waits for Zendesk. */
export type KnownNames = Pick<Directory, 'groupId' | 'nameOf' | 'emailOfAgent'>;

/** One card being built: all its sections use the same ticket, agent, policy and time. */
export interface CardContext extends TicketContext {
  readonly rows: CardRows;
  /** More than one section shows it. */
  readonly stay: Stay;
}

/** A query of a card (`rowsOf`). Built once, then run for many cards: what differs between those is a placeholder in it. */
export type CardQuery<Row = unknown> = (on: Asked) => SQL<Row[]>;

/** What any query of a card may compare with. */
export interface Asked {
  readonly ticketId: Placeholder;
  readonly requesterId: Placeholder;
  readonly assigneeId: Placeholder;
  /** Null: the ticket has no tier. */
  readonly tier: Placeholder | null;
  readonly agentId: Placeholder;
  readonly sees: TicketAccess;
  /** Of `tickets`, those that the agent may see. Undefined: all of them. */
  readonly seen: SQL | undefined;
}

/** By the name of the placeholder. */
export type CardValues = Readonly<Record<string, unknown>>;

/** What a query of the card found. */
export type CardRows = <Row>(query: CardQuery<Row>) => readonly Row[];

export interface Said {
  readonly byCustomer: boolean;
  /** Null: Zendesk did not say. */
  readonly authorId: number | null;
  /** Null: unknown. */
  readonly name: string | null;
  readonly at: Date;
  /** Null if no section needs it. */
  readonly body: string | null;
}

export type EscalationRow = typeof escalations.$inferSelect & { by: string | null };
export type MoveRow = Pick<typeof ticketMoves.$inferSelect, 'fromGroupId' | 'toGroupId' | 'movedAt'>;

export interface Stay {
  readonly ways: NextSteps;
  /** The group that the ticket is in or being moved to. */
  readonly pendingGroup: number | null;
  /** Newest first. */
  readonly escalations: readonly EscalationRow[];
}

export interface TicketContext {
  readonly db: Queryable;
  readonly ticket: TicketRow & { readonly queueBand?: number };
  /** Null: unknown. */
  readonly requester: Requester | null;
  /** False: Deskwright only watches this ticket. */
  readonly isActedOn?: boolean;
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
