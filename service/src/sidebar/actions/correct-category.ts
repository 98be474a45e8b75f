// How does an agent correct the category of a ticket?
import type { Policy } from '@deskwright/shared';
import type { CorrectCategory } from '@deskwright/shared/contract';
import { leadsTo } from '../../decide/leads-to.ts';
import { categoryCorrections } from '../../platform/storage/schema.ts';
import { saveTicket } from '../../tickets/projection/projection-store.ts';
import type { TicketRow } from '../../tickets/projection/ticket-row.ts';
import { groupToBe } from '../../tickets/write/open-changes.ts';
import { recordTicketChange } from '../../tickets/write/ticket-change.ts';
import { yieldToAgent } from '../../tickets/write/withdraw-changes.ts';
import { mayAssignTo } from '../identity/agent.ts';
import type { Act, ActDeps } from './act-deps.ts';
import { type ActResult, DONE, NO_TAGS, refuse, refuseGroup } from './act-result.ts';
import { type EscalationRow, readEscalations, wantedAfter } from './standing.ts';
import { isRefused, takeTicketFor } from './take-ticket-for.ts';

/**
 * Gives the ticket another category and the tier that goes with it, records the correction as an override and a labelled example,
 * and wishes the tags (and, for an unassigned ticket whose tier changes, the group) on the ticket, all in one transaction. From then on
 * the policy leaves the ticket alone. The category that it has already changes nothing, and neither does a correction of a category
 * (`from`) that it no longer has: of two agents who correct at once, the second sees what the first did.
 */
export async function correctCategory(
  deps: ActDeps,
  { from, category, ...act }: Act & CorrectCategory,
): Promise<ActResult> {
  const { policy } = deps.policy.current();
  const to = policy.categories.find(({ id }) => id === category);
  if (!to) return refuse('bad_request', `The policy has no category "${category}".`);

  return deps.db.transaction(async (tx) => {
    const row = await takeTicketFor(tx, act);
    if (isRefused(row)) return row;
    if (!act.agent.may.editTags) return refuse('read_only', NO_TAGS);
    if (row.category === category) return DONE;
    if (row.category === null && row.decidedAt === null)
      return refuse('conflict', 'This ticket is being categorised at this moment. Try again in a few seconds.');
    const now = row.category ?? row.wanted?.category ?? policy.default_category;
    if (now !== from) return refuse('conflict', `This ticket is not in the category "${from}" any more.`);

    const [last] = await readEscalations(tx, row.id);
    const tier = tierAfter(policy, row, to.tier, last);
    const groupId = await groupToBe(tx, row);
    const moveTo = groupAfter(deps, policy, { ...row, groupId }, tier);
    if (moveTo !== null && moveTo !== groupId && !mayAssignTo(act.agent, moveTo))
      return refuseGroup(deps.directory.nameOf('group', moveTo) ?? String(moveTo));
    await yieldToAgent(tx, row.id, { keepGroup: moveTo === null, keepNote: false });
    const movedTo = moveTo === groupId ? null : moveTo;
    const [correction] = await tx
      .insert(categoryCorrections)
      .values({
        ticketId: row.id,
        agentId: act.agent.id,
        before: {
          category: now,
          tier: row.tier ?? row.wanted?.tier ?? tier,
          placedBy: row.placedBy,
          groupId,
          wantedGroupId: row.wanted?.groupId ?? null,
          ...(movedTo === null ? {} : { movedTo }),
        },
        toCategory: category,
        toTier: tier,
        correctedAt: new Date(deps.clock()),
      })
      .returning({ id: categoryCorrections.id });
    await recordTicketChange(tx, {
      key: `correction:${correction?.id}`,
      ticketId: row.id,
      cause: 'agent',
      change: {
        placement: 'as_projected',
        ...(moveTo === null ? {} : { groupId: moveTo, groupOnlyIfUnassigned: true as const }),
      },
    });
    const wanted = wantedAfter(row, { category, tier, groupId: moveTo ?? row.wanted?.groupId ?? null });
    await saveTicket(tx, { ...row, category, tier, placedBy: 'human', wanted });
    return DONE;
  });
}

/** A ticket that somebody has escalated above the category's tier stays up there. */
function tierAfter(policy: Policy, row: TicketRow, tier: string, last: EscalationRow | undefined): string {
  const escalated = last?.kind === 'tier' && last.target === row.tier;
  return escalated && row.tier !== null && leadsTo(policy, tier, row.tier) ? row.tier : tier;
}

/**
 * Null: the group stays. What is at a department stays there, however it came, and what an agent has stays with the agent.
 * @param ticket `groupId`: the group it is in or on its way to
 */
function groupAfter(
  { directory }: ActDeps,
  { tiers, departments }: Policy,
  ticket: Pick<TicketRow, 'tier' | 'assigneeId' | 'groupId'>,
  tier: string,
): number | null {
  if (ticket.tier === tier || ticket.assigneeId !== null) return null;
  const { groupId } = ticket;
  if (groupId !== null && departments.some(({ group }) => directory.groupId(group) === groupId)) return null;
  const group = tiers.find(({ id }) => id === tier)?.group;
  return group === undefined ? null : directory.groupId(group);
}
