// Who passed this ticket on, and where has it been?
import { desc, eq } from 'drizzle-orm';
import { escalations, people, ticketMoves } from '../storage/schema.ts';
import type { CardContext } from './card-context.ts';

export type EscalationRow = typeof escalations.$inferSelect & { by: string | null };

/** Newest first. */
export async function readEscalations({ db, ticket }: CardContext): Promise<EscalationRow[]> {
  const rows = await db
    .select({ escalation: escalations, by: people.name })
    .from(escalations)
    .leftJoin(people, eq(people.id, escalations.agentId))
    .where(eq(escalations.ticketId, ticket.id))
    .orderBy(desc(escalations.id));
  return rows.map(({ escalation, by }) => ({ ...escalation, by }));
}

/** Groups the ticket was taken from, one entry a move. */
export async function readMoves({ db, ticket }: CardContext): Promise<number[]> {
  const rows = await db
    .select({ fromGroupId: ticketMoves.fromGroupId })
    .from(ticketMoves)
    .where(eq(ticketMoves.ticketId, ticket.id));
  return rows.map(({ fromGroupId }) => fromGroupId);
}
