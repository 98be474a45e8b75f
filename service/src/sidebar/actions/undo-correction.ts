// Undoes a correction of the category.

import { and, desc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { Queryable } from '../../platform/storage/database.ts';
import {
  recordTicketChange,
  saveTicket,
  type TicketRow,
  type WantedTicket,
  yieldToAgent,
} from '../../tickets/index.ts';
import { categoryCorrections } from '../tables.ts';
import { anId, defineAction } from './action.ts';
import { DONE, refuse } from './action-result.ts';
import { readEscalations, wantedAfter } from './escalation-state.ts';
import { whyNotAssign } from './permission.ts';

type CorrectionRow = typeof categoryCorrections.$inferSelect;

/**
 * Restores the ticket's state before its newest correction that was not undone: category, tier and tags, the group if the correction
 * moved it and nobody has since, and whether the policy may decide. Later changes by people stay.
 */
export const undoCorrection = defineAction({
  name: 'undo_correction',
  method: 'delete',
  path: '/corrections/:correctionId',
  params: z.object({ correctionId: anId }),
  permission: { right: 'edit_tags' },
  perform: async ({ tx, ticket: row, agent, directory, now }, { correctionId }) => {
    const correction = await newestStanding(tx, row.id);
    if (correction?.id !== correctionId)
      return refuse('conflict', 'This correction was already undone, or followed by another one.');
    if (row.category !== correction.toCategory) return refuse('conflict', 'The category was changed in Zendesk since.');

    const { before, toTier, correctedAt } = correction;
    const since = await readEscalations(tx, row.id);
    const escalated = since.some(({ escalatedAt }) => escalatedAt >= correctedAt);
    const movedByHand = isMovedByHand(row, correction);
    const back = before.movedTo !== undefined && !escalated && !movedByHand ? before.groupId : null;
    const tier = row.tier === toTier ? before.tier : row.tier;

    const refused = back === null ? null : whyNotAssign(agent, back, directory.nameOf('group', back));
    if (refused) return refused;
    // The correction itself may still be waiting, or dead-lettered.
    if (back !== null) await yieldToAgent(tx, row.id, { keepGroup: false, keepNote: true });
    await tx
      .update(categoryCorrections)
      .set({ undoneAt: now, undoneBy: agent.id })
      .where(eq(categoryCorrections.id, correction.id));
    await recordTicketChange(tx, {
      key: `undo:${correction.id}`,
      ticketId: row.id,
      cause: 'agent',
      change: {
        placement: 'as_projected',
        ...(back === null ? {} : { groupId: back, groupOnlyIfUnassigned: true as const }),
      },
    });
    await saveTicket(tx, {
      ...row,
      category: before.category,
      tier,
      placedBy: escalated || movedByHand ? 'human' : before.placedBy,
      wanted: wantedBack(row, correction, tier, escalated),
    });
    return DONE;
  },
  audit: ({ correctionId }) => ({ correctionId }),
});

async function newestStanding(tx: Queryable, ticketId: number): Promise<CorrectionRow | undefined> {
  const [row] = await tx
    .select()
    .from(categoryCorrections)
    .where(and(eq(categoryCorrections.ticketId, ticketId), isNull(categoryCorrections.undoneAt)))
    .orderBy(desc(categoryCorrections.id))
    .limit(1);
  return row;
}

/** The projection may still show a group from before the correction. */
function isMovedByHand({ groupId, wanted }: TicketRow, { before }: CorrectionRow): boolean {
  const known = [before.groupId, before.movedTo, ...(wanted?.leaving?.groupIds ?? [])];
  return groupId !== null && !known.includes(groupId);
}

/** The policy compares the group with the one it wanted, to decide whether it may move the ticket. */
function wantedBack(
  row: TicketRow,
  { before }: CorrectionRow,
  tier: string | null,
  escalated: boolean,
): WantedTicket | null {
  const asked = before.wantedGroupId === undefined ? (row.wanted?.groupId ?? null) : before.wantedGroupId;
  const groupId = escalated ? (row.wanted?.groupId ?? null) : asked;
  return wantedAfter(row, { category: before.category, tier, groupId });
}
