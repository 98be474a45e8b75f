// Answers questions about a ticket's pending changes.
import { and, desc, eq, inArray, isNotNull, type Placeholder, sql } from 'drizzle-orm';
import { outbox } from '../../platform/outbox/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { readRows, rowsOf } from '../../platform/storage/joined-queries.ts';
import type { TicketRow } from '../projection/ticket-row.ts';
import type { TicketChangePayload } from './ticket-change.ts';

/** Whether the ticket has pending changes. Dead-lettered ones do not count: they need an operator first. */
export async function isUnderWay(tx: Queryable, ticketId: number): Promise<boolean> {
  const rows = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.ticketId, ticketId), inArray(outbox.state, ['waiting', 'in_flight'])))
    .limit(1);
  return rows.length > 0;
}

type Placed = Pick<TicketRow, 'id' | 'groupId' | 'assigneeId' | 'wanted' | 'category' | 'tier'>;

/** The group of a pending move, which people expect from the moment they requested it; otherwise the current group. */
export async function groupToBe(tx: Queryable, row: Placed): Promise<number | null> {
  return groupAfter(row, mayBeMoving(row) ? await readRows(tx, openMoves(row.id)) : []);
}

/**
 * False: the policy has it where it wanted it, or left the group alone. So nearly every ticket, and that costs no query. Of an unsorted
 * ticket a hand-off stores no wanted group, and a move that an agent undid (`leaving`) may still be pending.
 */
function mayBeMoving({ wanted, category, tier, groupId }: Omit<Placed, 'id'>): boolean {
  const isThePolicys = wanted !== null && wanted.leaving === undefined && category !== null && tier !== null;
  return !(isThePolicys && (wanted.groupId === null || wanted.groupId === groupId));
}

/** The last change of the ticket's group that is not done yet: one row at most. */
export function openMoves(ticketId: number | Placeholder) {
  const groupId = sql`${outbox.payload}->'change'->'groupId'`;
  return rowsOf({ payload: outbox.payload }, (select) =>
    select
      .from(outbox)
      .where(and(eq(outbox.ticketId, ticketId), inArray(outbox.state, ['waiting', 'in_flight']), isNotNull(groupId)))
      .orderBy(desc(outbox.id))
      .limit(1),
  );
}

/** Where the ticket is or is on its way to, by its `openMoves`. */
export function groupAfter(row: Omit<Placed, 'id'>, [move]: readonly { readonly payload: unknown }[]): number | null {
  if (!mayBeMoving(row)) return row.groupId;
  const { superseded, change } = (move?.payload as TicketChangePayload | undefined) ?? { change: {} };
  const stays = superseded || (change.groupOnlyIfUnassigned && row.assigneeId !== null);
  return stays ? row.groupId : (change.groupId ?? row.groupId);
}
