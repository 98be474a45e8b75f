// Lists when a customer's tickets were opened and solved, for the timeline.
import { and, desc, eq, isNull } from 'drizzle-orm';
import { tickets } from '../../tickets/index.ts';
import type { TimelineSource } from './timeline-source.ts';

export const ticketsSource: TimelineSource = {
  name: 'tickets',
  read: async (db, { requesterId, limit }) => {
    const { id, subject, createdAt, solvedAt } = tickets;
    const rows = await db
      .select({ id, subject, createdAt, solvedAt })
      .from(tickets)
      .where(and(eq(tickets.requesterId, requesterId), isNull(tickets.gone)))
      .orderBy(desc(createdAt), desc(id))
      .limit(limit);
    return rows.flatMap((row) => [
      ...(row.solvedAt === null
        ? []
        : [{ kind: 'solved', at: row.solvedAt, ticketId: row.id, subject: row.subject } as const]),
      { kind: 'opened', at: row.createdAt, ticketId: row.id, subject: row.subject } as const,
    ]);
  },
};
