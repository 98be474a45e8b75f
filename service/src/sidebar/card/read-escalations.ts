// Reads a ticket's past escalations and hand-offs.

import { desc, eq } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { ticketMoves } from '../../tickets/index.ts';
import { escalations } from '../tables.ts';
import type { EscalationRow, MoveRow, TicketContext } from './card-context.ts';

/** Newest first. */
export async function readEscalations({ db, ticket }: TicketContext): Promise<EscalationRow[]> {
  const rows = await db
    .select({ escalation: escalations, by: people.name })
    .from(escalations)
    .leftJoin(people, eq(people.id, escalations.agentId))
    .where(eq(escalations.ticketId, ticket.id))
    .orderBy(desc(escalations.id));
  return rows.map(({ escalation, by }) => ({ ...escalation, by }));
}

/** From group to group, newest first. */
export async function readMoves({ db, ticket }: TicketContext): Promise<MoveRow[]> {
  const { fromGroupId, toGroupId, movedAt } = ticketMoves;
  return db
    .select({ fromGroupId, toGroupId, movedAt })
    .from(ticketMoves)
    .where(eq(ticketMoves.ticketId, ticket.id))
    .orderBy(desc(ticketMoves.id));
}
