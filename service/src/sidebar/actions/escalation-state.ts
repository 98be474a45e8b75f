// Reads where agents have moved a ticket so far.

import { and, asc, desc, eq, isNotNull } from 'drizzle-orm';
import type { EscalationState } from '../../decide/escalation.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { pendingGroup, type TicketRow, ticketMoves, type WantedTicket } from '../../tickets/index.ts';
import { withoutUndone } from '../moves-by-people.ts';
import { categoryCorrections, escalations } from '../tables.ts';

export type EscalationRow = typeof escalations.$inferSelect;

/** Newest first. */
export async function readEscalations(tx: Queryable, ticketId: number): Promise<EscalationRow[]> {
  return tx.select().from(escalations).where(eq(escalations.ticketId, ticketId)).orderBy(desc(escalations.id));
}

/** @param passedOn the ticket's escalations and hand-offs, newest first */
export async function readEscalationState(
  tx: Queryable,
  row: TicketRow,
  passedOn: readonly EscalationRow[],
): Promise<EscalationState> {
  const { id, tier, groupId } = row;
  return {
    tier,
    groupId,
    pendingGroup: await pendingGroup(tx, row),
    leftGroups: await readLeftGroups(tx, id),
    passedOn,
  };
}

/** Groups that the ticket was in before, whoever moved it, newest first. A correction that was undone leaves no trace. */
async function readLeftGroups(tx: Queryable, ticketId: number): Promise<number[]> {
  const { fromGroupId, toGroupId } = ticketMoves;
  const moves = await tx
    .select({ fromGroupId, toGroupId })
    .from(ticketMoves)
    .where(eq(ticketMoves.ticketId, ticketId))
    .orderBy(desc(ticketMoves.id));
  const { before, undoneAt } = categoryCorrections;
  const undone = await tx
    .select({ before, undoneAt })
    .from(categoryCorrections)
    .where(and(eq(categoryCorrections.ticketId, ticketId), isNotNull(undoneAt)))
    .orderBy(asc(categoryCorrections.id));
  return withoutUndone(moves, undone).map((move) => move.fromGroupId);
}

/** The ticket's `wanted` after an agent's action, so that its result in Zendesk does not count as an override. */
export function wantedAfter(
  row: TicketRow,
  placed: { category: string | null; tier: string | null; groupId: number | null },
): WantedTicket | null {
  const { wanted } = row;
  if (placed.category === null || placed.tier === null) return wanted;
  return {
    priority: wanted?.priority ?? null,
    tags: wanted?.tags ?? [],
    category: placed.category,
    tier: placed.tier,
    groupId: placed.groupId,
    leaving: {
      categories: distinct([...(wanted?.leaving?.categories ?? []), wanted?.category, row.category]),
      groupIds: distinct([...(wanted?.leaving?.groupIds ?? []), wanted?.groupId, row.groupId]),
    },
  };
}

function distinct<T>(values: readonly (T | null | undefined)[]): T[] {
  return [...new Set(values.filter((value) => value !== null && value !== undefined))];
}
