// How does a ticket go to the next tier or to another department?
import type { Policy } from '@deskwright/shared';
import type { Escalate } from '@deskwright/shared/contract';
import { eq } from 'drizzle-orm';
import { type Ways, waysOn } from '../../decide/ways-on.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { escalations } from '../../platform/storage/schema.ts';
import { saveTicket } from '../../tickets/projection/projection-store.ts';
import { recordTicketChange } from '../../tickets/write/ticket-change.ts';
import { yieldToAgent } from '../../tickets/write/withdraw-changes.ts';
import { PATIENCE_MS, withinPatience } from '../../zendesk/within-patience.ts';
import { mayAssignTo } from '../identity/agent.ts';
import type { Act, ActDeps } from './act-deps.ts';
import { type ActResult, DONE, refuse, refuseGroup } from './act-result.ts';
import { escalationNote } from './escalation-note.ts';
import { findTarget } from './find-target.ts';
import { readForm } from './read-form.ts';
import { type EscalationRow, readEscalations, readStanding, wantedAfter } from './standing.ts';
import { isRefused, takeTicketFor } from './take-ticket-for.ts';

export type EscalateTicket = Act & Escalate;

const LONGEST_REQUEST_ID = 100;

/**
 * Passes the ticket on: records it with what the form said, and wishes group, tier tag and one internal note on the ticket as one change,
 * all in one transaction. From then on the policy leaves the ticket alone; its category and status stay. The same form (`requestId`)
 * sent again is done already.
 */
export async function escalateTicket(
  deps: ActDeps,
  { to, fields, requestId, ...act }: EscalateTicket,
): Promise<ActResult> {
  if (requestId.length === 0 || requestId.length > LONGEST_REQUEST_ID || requestId.includes('\0'))
    return refuse('bad_request', `The request id must have 1 to ${LONGEST_REQUEST_ID} characters.`);
  const { policy } = deps.policy.current();
  await learnGroup(deps, policy, to);

  return deps.db.transaction(async (tx) => {
    // Asked after the ticket is taken, so that the same form sent twice at once takes turns; and whatever became of the ticket by then.
    const row = await takeTicketFor(tx, act);
    const sent = await findSent(tx, requestId);
    if (sent)
      return sent.ticketId === act.ticketId && sent.agentId === act.agent.id
        ? DONE
        : refuse('conflict', 'This form was sent for something else already. Open it again.');
    if (isRefused(row)) return row;
    if (row.status === 'solved') return refuse('solved', 'This ticket is solved. Reopen it to pass it on.');

    const history = await readEscalations(tx, row.id);
    const standing = await readStanding(tx, row, history);
    const ways = waysOn(policy, standing, deps.directory.groupId);
    const target = findTarget(policy, row, to, ways);
    if ('refusal' in target) return target;
    const { group } = target;
    const groupId = deps.directory.groupId(group);
    if (groupId === null)
      return refuse(
        'no_such_group',
        `Zendesk has no group named "${group}". Ask an admin to create it, or to write the right name into the policy.`,
        { group },
      );
    if (!mayAssignTo(act.agent, groupId)) return refuseGroup(group);
    if (to.kind === 'department' && standing.groupToBe === groupId)
      return refuse('conflict', `The ticket is at ${target.name} already; somebody was faster.`);
    const said = readForm(target.form, fields);
    if ('refusal' in said) return said;

    const [escalation] = await tx
      .insert(escalations)
      .values({
        ticketId: row.id,
        requestId,
        agentId: act.agent.id,
        kind: to.kind,
        fromTier: ways.from ?? row.tier,
        fromGroupId: standing.groupToBe,
        target: to.id,
        said,
        escalatedAt: new Date(deps.clock()),
      })
      .onConflictDoNothing({ target: escalations.requestId })
      .returning({ id: escalations.id });
    if (!escalation) return refuse('conflict', 'This form was sent for something else already. Open it again.');

    await yieldToAgent(tx, row.id, { keepGroup: false, keepNote: true });
    const note = escalationNote({
      move: target.move,
      agent: act.agent.name,
      from: placeOf(deps, ways, standing.groupToBe, history[0]),
      to: target.name,
      said,
    });
    await recordTicketChange(tx, {
      key: `escalation:${escalation.id}`,
      ticketId: row.id,
      cause: 'agent',
      change: { placement: 'as_projected', groupId, unassign: true, note },
    });
    const wanted = wantedAfter(row, { category: row.category, tier: target.tier, groupId });
    await saveTicket(tx, { ...row, tier: target.tier, placedBy: 'human', wanted });
    return DONE;
  });
}

/** An admin may have made the group just now, when told that it was missing. */
async function learnGroup({ directory }: ActDeps, policy: Policy, to: Escalate['to']): Promise<void> {
  const places: readonly { id: string; group: string }[] = to.kind === 'tier' ? policy.tiers : policy.departments;
  const group = places.find(({ id }) => id === to.id)?.group;
  if (group !== undefined && directory.groupId(group) === null)
    await withinPatience(directory.refresh('unknown'), PATIENCE_MS);
}

async function findSent(tx: Queryable, requestId: string): Promise<EscalationRow | undefined> {
  const [row] = await tx.select().from(escalations).where(eq(escalations.requestId, requestId));
  return row;
}

/** What people call the place where the ticket is now. */
function placeOf(
  { policy, directory }: ActDeps,
  ways: Ways,
  groupToBe: number | null,
  last: EscalationRow | undefined,
): string | null {
  const { tiers, departments } = policy.current().policy;
  if (!ways.atDepartment) return tiers.find(({ id }) => id === ways.from)?.name ?? null;
  const inGroup = departments.find(({ group }) => groupToBe !== null && directory.groupId(group) === groupToBe);
  return (inGroup ?? departments.find(({ id }) => id === last?.target))?.name ?? null;
}
