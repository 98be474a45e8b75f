// Reads a ticket's past escalations and hand-offs.
import { desc, eq, getTableColumns, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import { ticketMoves } from '../../tickets/index.ts';
import { escalations } from '../tables.ts';
import type { CardQuery, EscalationRow, MoveRow } from './card-context.ts';

/** Newest first. */
export const pastEscalations: CardQuery<EscalationRow> = ({ ticketId }) =>
  rowsOf({ ...getTableColumns(escalations), by: sql<string | null>`${people.name}` }, (select) =>
    select
      .from(escalations)
      .leftJoin(people, eq(people.id, escalations.agentId))
      .where(eq(escalations.ticketId, ticketId))
      .orderBy(desc(escalations.id)),
  );

/** From group to group, newest first. */
export const pastMoves: CardQuery<MoveRow> = ({ ticketId }) => {
  const { fromGroupId, toGroupId, movedAt } = ticketMoves;
  return rowsOf({ fromGroupId, toGroupId, movedAt }, (select) =>
    select.from(ticketMoves).where(eq(ticketMoves.ticketId, ticketId)).orderBy(desc(ticketMoves.id)),
  );
};
