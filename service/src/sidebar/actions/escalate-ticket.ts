// Escalates a ticket to another tier or hands it over to a department.
import type { Escalate } from '@deskwright/shared/contract';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type NextSteps, nextSteps } from '../../decide/escalation.ts';
import { withoutPlaceholders } from '../../policy/guidance/fill-guidance.ts';
import { recordTicketChange, saveTicket, yieldToAgent } from '../../tickets/index.ts';
import { MAX_WAIT_MS, withTimeLimit } from '../../zendesk/with-time-limit.ts';
import { escalations } from '../tables.ts';
import { aName, aText, defineAction } from './action.ts';
import { DONE, refuse } from './action-result.ts';
import { type EscalationRow, readEscalationState, readEscalations, wantedAfter } from './escalation-state.ts';
import { findTarget } from './find-target.ts';
import { type ActionSetting, whyNotAssign } from './permission.ts';
import { readForm, type Said } from './read-form.ts';

/**
 * Records the escalation with the form's answers, and the group, tier tag and one internal note as one effect, all in one
 * transaction. After that the policy no longer changes the ticket; its category and status stay. The same form (`requestId`) sent again
 * has no effect.
 */
export const escalateTicket = defineAction({
  name: 'escalate_ticket',
  method: 'post',
  path: '/escalations',
  body: z.object({
    to: z.object({ kind: z.enum(['tier', 'department']), id: aName }),
    fields: z.record(aName, aText).refine((fields) => Object.keys(fields).length <= 50),
    requestId: z.string().regex(/^[\w-]{8,100}$/),
  }) satisfies z.ZodType<Escalate>,
  status: 201,
  permission: { right: 'edit' },
  prepare: (setting, { to }) => learnGroup(setting, to),
  findRepeated: async (tx, { ticketId, agent }, { requestId }) => {
    const [sent] = await tx.select().from(escalations).where(eq(escalations.requestId, requestId));
    if (!sent) return null;
    return sent.ticketId === ticketId && sent.agentId === agent.id ? DONE : SENT_FOR_ANOTHER;
  },
  perform: async (context, { to, fields, requestId }) => {
    const { tx, ticket: row, agent, policy, directory, now } = context;
    if (row.status === 'solved')
      return refuse('solved', 'This ticket is solved. Reopen it before you escalate it or hand it over.');

    const history = await readEscalations(tx, row.id);
    const state = await readEscalationState(tx, row, history);
    const ways = nextSteps(policy, state, directory.groupId);
    const target = findTarget(policy, row, to, ways);
    if ('refusal' in target) return target;
    const { group } = target;
    const groupId = directory.groupId(group);
    if (groupId === null)
      return refuse(
        'no_such_group',
        `Zendesk has no group named "${group}". Ask an admin to create it, or to correct the name in the policy.`,
        { group },
      );
    const refused = whyNotAssign(agent, groupId, group);
    if (refused) return refused;
    if (to.kind === 'department' && state.pendingGroup === groupId)
      return refuse('conflict', `The ticket is already at ${target.name}; another agent already moved it.`);
    const said = readForm(target.form, fields);
    if ('refusal' in said) return said;

    const [escalation] = await tx
      .insert(escalations)
      .values({
        ticketId: row.id,
        requestId,
        agentId: agent.id,
        kind: to.kind,
        fromTier: ways.from ?? row.tier,
        fromGroupId: state.pendingGroup,
        target: to.id,
        said,
        escalatedAt: now,
      })
      .onConflictDoNothing({ target: escalations.requestId })
      .returning({ id: escalations.id });
    if (!escalation) return SENT_FOR_ANOTHER;

    await yieldToAgent(tx, row.id, { keepGroup: false, keepNote: true });
    const note = escalationNote({
      move: target.move,
      agent: agent.name,
      from: placeOf(context, ways, state.pendingGroup, history[0]),
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
  },
  audit: ({ to }) => ({ to: `${to.kind} ${to.id}` }),
});

const SENT_FOR_ANOTHER = refuse('conflict', 'This form was already used for something else. Open it again.');

/** An admin may have just created the missing group. */
async function learnGroup({ policy, directory }: ActionSetting, to: Escalate['to']): Promise<void> {
  const places: readonly { id: string; group: string }[] = to.kind === 'tier' ? policy.tiers : policy.departments;
  const group = places.find(({ id }) => id === to.id)?.group;
  if (group !== undefined && directory.groupId(group) === null)
    await withTimeLimit(directory.refresh('unknown'), MAX_WAIT_MS);
}

/** The name of the tier or department that has the ticket. */
function placeOf(
  { policy: { tiers, departments }, directory }: ActionSetting,
  ways: NextSteps,
  pendingGroup: number | null,
  last: EscalationRow | undefined,
): string | null {
  if (!ways.atDepartment) return tiers.find(({ id }) => id === ways.from)?.name ?? null;
  const inGroup = departments.find(({ group }) => pendingGroup !== null && directory.groupId(group) === pendingGroup);
  return (inGroup ?? departments.find(({ id }) => id === last?.target))?.name ?? null;
}

interface EscalationNote {
  /** `back`: to a tier that had the ticket before. */
  move: 'up' | 'back' | 'department';
  agent: string;
  from: string | null;
  to: string;
  said: Said;
}

const VERB = { up: 'Escalated', back: 'Handed back', department: 'Handed over' } as const;

/** Text of the internal note. */
function escalationNote({ move, agent, from, to, said }: EscalationNote): string {
  const head = `${VERB[move]}${from === null ? '' : ` from ${from}`} to ${to} by ${agent}`;
  return withoutPlaceholders([head, ...said.map(({ label, text }) => `${label}:\n${text}`)].join('\n\n'));
}
