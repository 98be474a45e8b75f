// Reads the refunds that agents recorded on a ticket.
import { desc, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { people } from '../../directory/tables.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import { type Asked, agentName, type CardSection } from '../../sidebar/index.ts';
import { whyNotUndone } from '../record-refund.ts';
import { nameOfReasonCode } from '../refund-reason.ts';
import { refunds } from '../tables.ts';

const undoer = alias(people, 'undoer');

/** Newest first. */
const refundsOfTicket = ({ ticketId }: Asked) => {
  const { id, agentId, amountMinor, currency, reason, reasonCode, state, grantedAt, undoneAt, undoneBy } = refunds;
  const names = { by: sql<string | null>`${people.name}`, undoer: sql<string | null>`${undoer.name}` };
  return rowsOf(
    { id, agentId, amountMinor, currency, reason, reasonCode, state, grantedAt, undoneAt, undoneBy, ...names },
    (select) =>
      select
        .from(refunds)
        .leftJoin(people, eq(people.id, agentId))
        .leftJoin(undoer, eq(undoer.id, undoneBy))
        .where(eq(refunds.ticketId, ticketId))
        .orderBy(desc(id)),
  );
};

export const recordedRefundsSection: CardSection = {
  key: 'recordedRefunds',
  queries: [refundsOfTicket],
  read: ({ rows, agent, inForce, now }) =>
    rows(refundsOfTicket).map((row) => ({
      id: row.id,
      amount: { minor: row.amountMinor, currency: row.currency },
      reason: row.reason,
      reasonCode: nameOfReasonCode(inForce.policy, row.reasonCode),
      by: agentName(row.by, row.agentId),
      at: row.grantedAt.toISOString(),
      undone:
        row.undoneAt === null || row.undoneBy === null
          ? null
          : { by: agentName(row.undoer, row.undoneBy), at: row.undoneAt.toISOString() },
      mayUndo: whyNotUndone(row, { policy: inForce.policy, agent, now: new Date(now) }) === null,
    })),
  ifBroken: [],
};
