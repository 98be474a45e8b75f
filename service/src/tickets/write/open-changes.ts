// Says what the changes of a ticket that are not done yet mean for others.
import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { outbox } from '../../platform/outbox/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { TicketRow } from '../projection/ticket-row.ts';
import type { TicketChangePayload } from './ticket-change.ts';

/** Whether anything we want for this ticket is not done yet. What is dead-lettered does not count: a person must see to it first. */
export async function isUnderWay(tx: Queryable, ticketId: number): Promise<boolean> {
  const rows = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.ticketId, ticketId), inArray(outbox.state, ['waiting', 'in_flight'])))
    .limit(1);
  return rows.length > 0;
}

/** The group of a move on its way, which is how people see the ticket from the moment it was asked for; else the group it is in. */
export async function groupToBe(
  tx: Queryable,
  row: Pick<TicketRow, 'id' | 'groupId' | 'assigneeId' | 'wanted' | 'category' | 'tier'>,
): Promise<number | null> {
  // The policy has it where it wanted it, or left the group alone: so nearly every ticket, and that costs no query. Of an unsorted
  // ticket nothing is noted as wanted when it is handed off, and what an agent took back (`leaving`) may be on its way all the same.
  const { wanted, category, tier } = row;
  const isThePolicys = wanted !== null && wanted.leaving === undefined && category !== null && tier !== null;
  if (isThePolicys && (wanted.groupId === null || wanted.groupId === row.groupId)) return row.groupId;
  const groupId = sql`${outbox.payload}->'change'->'groupId'`;
  const [move] = await tx
    .select({ payload: outbox.payload })
    .from(outbox)
    .where(and(eq(outbox.ticketId, row.id), inArray(outbox.state, ['waiting', 'in_flight']), isNotNull(groupId)))
    .orderBy(desc(outbox.id))
    .limit(1);
  const { superseded, change } = (move?.payload as TicketChangePayload | undefined) ?? { change: {} };
  const stays = superseded || (change.groupOnlyIfUnassigned && row.assigneeId !== null);
  return stays ? row.groupId : (change.groupId ?? row.groupId);
}
