// How is a correction of the category taken back?
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { categoryCorrections, type WantedTicket } from '../../platform/storage/schema.ts';
import { saveTicket } from '../../tickets/projection/projection-store.ts';
import type { TicketRow } from '../../tickets/projection/ticket-row.ts';
import { recordTicketChange } from '../../tickets/write/ticket-change.ts';
import { yieldToAgent } from '../../tickets/write/withdraw-changes.ts';
import { mayAssignTo } from '../identity/agent.ts';
import type { Act, ActDeps } from './act-deps.ts';
import { type ActResult, DONE, NO_TAGS, refuse, refuseGroup } from './act-result.ts';
import { readEscalations, wantedAfter } from './standing.ts';
import { isRefused, takeTicketFor } from './take-ticket-for.ts';

type CorrectionRow = typeof categoryCorrections.$inferSelect;

/**
 * Puts back how the ticket stood before its newest correction that still stands: category, tier and tags, the group if the correction
 * moved it and nobody has since, and whether the policy may decide. What somebody did after the correction stays.
 */
export async function undoCorrection(
  deps: Pick<ActDeps, 'db' | 'clock' | 'directory'>,
  { correctionId, ...act }: Act & { correctionId: number },
): Promise<ActResult> {
  return deps.db.transaction(async (tx) => {
    const row = await takeTicketFor(tx, act);
    if (isRefused(row)) return row;
    if (!act.agent.may.editTags) return refuse('read_only', NO_TAGS);
    const correction = await newestStanding(tx, row.id);
    if (correction?.id !== correctionId)
      return refuse('conflict', 'This correction was undone already, or another one was made after it.');
    if (row.category !== correction.toCategory)
      return refuse('conflict', 'Somebody has changed the category in Zendesk since.');

    const { before, toTier, correctedAt } = correction;
    const since = await readEscalations(tx, row.id);
    const escalated = since.some(({ escalatedAt }) => escalatedAt >= correctedAt);
    const movedByHand = isMovedByHand(row, correction);
    const back = before.movedTo !== undefined && !escalated && !movedByHand ? before.groupId : null;
    const tier = row.tier === toTier ? before.tier : row.tier;

    if (back !== null && !mayAssignTo(act.agent, back))
      return refuseGroup(deps.directory.nameOf('group', back) ?? String(back));
    // The correction itself may still wait, or be parked.
    if (back !== null) await yieldToAgent(tx, row.id, { keepGroup: false, keepNote: true });
    await tx
      .update(categoryCorrections)
      .set({ undoneAt: new Date(deps.clock()), undoneBy: act.agent.id })
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
  });
}

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

/** The policy compares the group with the one it asked for itself, to know whether it may move the ticket. */
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
