// Corrects the category of a ticket.
import type { Policy } from '@deskwright/shared';
import type { CorrectCategory } from '@deskwright/shared/contract';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { correctionOf } from '../../decide/correction.ts';
import { placementEntries, recordHistory } from '../../history/index.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { withoutPlaceholders } from '../../policy/guidance/guidance.ts';
import {
  pendingGroup,
  recordTicketChange,
  saveTicket,
  type TicketRow,
  type WantedTicket,
  withdrawNote,
  withdrawOverriddenChanges,
} from '../../tickets/index.ts';
import { categoryCorrections } from '../tables.ts';
import { aName, anId, DONE, defineAction, refuse, whyNotAssign } from './action.ts';
import { readEscalations, wantedAfter } from './escalation-state.ts';

/**
 * Changes the ticket's category and tier, records the correction as an override and a labelled example,
 * and records the tags, one internal note (and, for an unassigned ticket whose tier changes, the group) as an effect, all in one transaction. After that
 * the policy no longer changes the ticket. Choosing the current category changes nothing, nor does correcting a category
 * (`from`) that it no longer has: if two agents correct at once, the second sees the first's change.
 */
export const correctCategory = defineAction({
  name: 'correct_category',
  method: 'put',
  path: '/category',
  body: z.object({ from: aName, category: aName }) satisfies z.ZodType<CorrectCategory>,
  permission: { right: 'edit_tags' },
  perform: async (context, { from, category }) => {
    const { tx, ticket, agent, policy, directory, now: correctedAt } = context;
    const to = policy.categories.find(({ id }) => id === category);
    if (!to) return refuse('bad_request', `The policy has no category "${category}".`);
    if (ticket.category === category) return DONE;
    if (ticket.category === null && ticket.decidedAt === null)
      return refuse('conflict', 'This ticket is being edited concurrently. Try again in a few seconds.');
    const now = ticket.category ?? ticket.wanted?.category ?? policy.default_category;
    if (now !== from) return refuse('conflict', `This ticket is no longer in the category "${from}".`);

    const [last] = await readEscalations(tx, ticket.id);
    const groupId = await pendingGroup(tx, ticket);
    const correctable = { ...ticket, groupId, escalatedTo: last?.kind === 'tier' ? last.target : null };
    const { tier, groupId: moveTo, movedTo } = correctionOf(policy, correctable, to.tier, directory.groupId);
    const refused = movedTo === null ? null : whyNotAssign(agent, movedTo, directory.nameOf('group', movedTo));
    if (refused) return refused;
    const tierBefore = ticket.tier ?? ticket.wanted?.tier ?? tier;
    await withdrawOverriddenChanges(tx, ticket.id, { keepGroup: moveTo === null, keepNote: false });
    const [correction] = await tx
      .insert(categoryCorrections)
      .values({
        ticketId: ticket.id,
        agentId: agent.id,
        before: {
          category: now,
          tier: tierBefore,
          placedBy: ticket.placedBy,
          groupId,
          wantedGroupId: ticket.wanted?.groupId ?? null,
          ...(movedTo === null ? {} : { movedTo }),
        },
        toCategory: category,
        toTier: tier,
        correctedAt,
      })
      .returning({ id: categoryCorrections.id });
    await recordTicketChange(tx, {
      key: keyOf(correction?.id),
      ticketId: ticket.id,
      cause: 'agent',
      change: {
        placement: 'as_projected',
        note: correctionNote(policy, {
          verb: 'changed',
          from: { category: now, tier: tierBefore },
          to: { category, tier },
          agent: agent.name,
        }),
        ...(moveTo === null ? {} : { groupId: moveTo, groupOnlyIfUnassigned: true as const }),
      },
    });
    const wanted = wantedAfter(ticket, { category, tier, groupId: moveTo ?? ticket.wanted?.groupId ?? null });
    await saveTicket(tx, { ...ticket, category, tier, placedBy: 'human', wanted });
    await recordHistory(tx, placementEntries(ticket, { category, tier }, { at: correctedAt, agentId: agent.id }));
    return DONE;
  },
  audit: ({ from, category }) => ({ from, category }),
});

interface CorrectionNote {
  verb: 'changed' | 'changed back';
  from: Placed;
  to: Placed;
  agent: string;
}

interface Placed {
  category: string;
  /** Null: none. */
  tier: string | null;
}

/** Text of the internal note. It names the tiers only if they differ. */
function correctionNote({ tiers, categories }: Policy, { verb, from, to, agent }: CorrectionNote): string {
  const named = ({ category, tier }: Placed): string => {
    const name = categories.find(({ id }) => id === category)?.name ?? category;
    return from.tier === to.tier || tier === null
      ? name
      : `${name} (${tiers.find(({ id }) => id === tier)?.name ?? tier})`;
  };
  return withoutPlaceholders(`Category ${verb} from ${named(from)} to ${named(to)} by ${agent}`);
}

/** Idempotency key of a correction's effect. */
const keyOf = (correctionId: number | undefined): string => `correction:${correctionId}`;

type CorrectionRow = typeof categoryCorrections.$inferSelect;

/**
 * Restores the ticket's state before its newest correction that was not undone: category, tier and tags, the group if the correction
 * moved it and nobody has since, and whether the policy may decide. Later changes by people stay. A note that was not written yet never is.
 */
export const undoCorrection = defineAction({
  name: 'undo_correction',
  method: 'delete',
  path: '/corrections/:correctionId',
  params: z.object({ correctionId: anId }),
  permission: { right: 'edit_tags' },
  perform: async ({ tx, ticket: row, agent, policy, directory, now }, { correctionId }) => {
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
    if (back !== null) await withdrawOverriddenChanges(tx, row.id, { keepGroup: false, keepNote: true });
    await tx
      .update(categoryCorrections)
      .set({ undoneAt: now, undoneBy: agent.id })
      .where(eq(categoryCorrections.id, correction.id));
    const isUnsaid = await withdrawNote(tx, keyOf(correction.id));
    await recordTicketChange(tx, {
      key: `undo:${correction.id}`,
      ticketId: row.id,
      cause: 'agent',
      change: {
        placement: 'as_projected',
        ...(isUnsaid
          ? {}
          : {
              note: correctionNote(policy, {
                verb: 'changed back',
                from: { category: correction.toCategory, tier: row.tier },
                to: { category: before.category, tier },
                agent: agent.name,
              }),
            }),
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
    const { category } = before;
    await recordHistory(tx, placementEntries(row, { category, tier }, { at: now, agentId: agent.id }));
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
