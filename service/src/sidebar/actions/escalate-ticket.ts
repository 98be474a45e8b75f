// Escalates a ticket to another tier or hands it over to a department.

import type { Policy } from '@deskwright/shared';
import { ANSWER_FIELD, type Escalate } from '@deskwright/shared/contract';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type NextSteps, nextSteps } from '../../decide/escalation.ts';
import { placementEntries, recordHistory } from '../../history/index.ts';
import { withoutPlaceholders } from '../../policy/guidance/guidance.ts';
import { recordTicketChange, saveTicket, type TicketRow, withdrawOverriddenChanges } from '../../tickets/index.ts';
import { MAX_WAIT_MS, withTimeLimit } from '../../zendesk/with-time-limit.ts';
import { escalations } from '../tables.ts';
import {
  type ActionSetting,
  aName,
  aRequestId,
  aText,
  DONE,
  defineAction,
  type Refused,
  refuse,
  whyNotAssign,
} from './action.ts';
import { answerRepeated, SENT_FOR_ANOTHER } from './define-tool.ts';
import { type EscalationRow, readEscalationState, readEscalations, wantedAfter } from './escalation-state.ts';

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
    requestId: aRequestId,
  }) satisfies z.ZodType<Escalate>,
  status: 201,
  permission: { right: 'edit' },
  prepare: (setting, { to }) => learnGroup(setting, to),
  findRepeated: async (tx, on, { to, requestId }) => {
    const [sent] = await tx.select().from(escalations).where(eq(escalations.requestId, requestId));
    return answerRepeated(sent, on, ({ kind, target }) => kind === to.kind && target === to.id);
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
    // A department answers in one field; whoever takes the ticket back fills in the policy's form, which may have a field of that name.
    const isTheirs = state.pendingGroup !== null && agent.groupIds.includes(state.pendingGroup);
    const mayAnswer = isTheirs || !target.form.some(({ id }) => id === ANSWER_FIELD);
    const isAnswer = ways.atDepartment && target.move === 'back' && ANSWER_FIELD in fields && mayAnswer;
    const said = readForm(isAnswer ? ANSWER_FORM : target.form, fields);
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

    await withdrawOverriddenChanges(tx, row.id, { keepGroup: false, keepNote: true });
    const note = escalationNote({
      move: target.move,
      agent: agent.name,
      from: placeIn(context, ways, state.pendingGroup, history[0])?.name ?? null,
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
    const placed = placementEntries(row, { category: row.category, tier: target.tier }, { at: now, agentId: agent.id });
    const cameFrom = placeIn(context, ways, state.pendingGroup, history[0])?.id ?? null;
    const value = target.move === 'back' ? cameFrom : to.id;
    const move = {
      ticketId: row.id,
      at: now,
      kind: MOVE[target.move],
      value,
      actor: 'agent',
      actorId: agent.id,
    } as const;
    await recordHistory(tx, [move, ...placed]);
    return DONE;
  },
  audit: ({ to }) => ({ to: `${to.kind} ${to.id}` }),
});

/** An admin may have just created the missing group. */
async function learnGroup({ policy, directory }: ActionSetting, to: Escalate['to']): Promise<void> {
  const places: readonly { id: string; group: string }[] = to.kind === 'tier' ? policy.tiers : policy.departments;
  const group = places.find(({ id }) => id === to.id)?.group;
  if (group !== undefined && directory.groupId(group) === null)
    await withTimeLimit(directory.refresh('unknown'), MAX_WAIT_MS);
}

/** The tier or department that has the ticket. */
function placeIn(
  { policy: { tiers, departments }, directory }: ActionSetting,
  ways: NextSteps,
  pendingGroup: number | null,
  last: EscalationRow | undefined,
): { id: string; name: string } | undefined {
  if (!ways.atDepartment) return tiers.find(({ id }) => id === ways.from);
  const inGroup = departments.find(({ group }) => pendingGroup !== null && directory.groupId(group) === pendingGroup);
  return inGroup ?? departments.find(({ id }) => id === last?.target);
}

interface EscalationNote {
  /** `back`: to a tier that had the ticket before. */
  move: 'up' | 'back' | 'department';
  agent: string;
  from: string | null;
  to: string;
  said: Said;
}

const MOVE = { up: 'escalated', back: 'handed_back', department: 'handed_off' } as const;
const VERB = { up: 'Escalated', back: 'Handed back', department: 'Handed over' } as const;

/** Text of the internal note. */
function escalationNote({ move, agent, from, to, said }: EscalationNote): string {
  const head = `${VERB[move]}${from === null ? '' : ` from ${from}`} to ${to} by ${agent}`;
  return withoutPlaceholders([head, ...said.map(({ label, text }) => `${label}:\n${text}`)].join('\n\n'));
}

interface Target {
  move: 'up' | 'back' | 'department';
  name: string;
  /** Its name in Zendesk. */
  group: string;
  form: Form;
  /** The ticket's new tier. */
  tier: string | null;
}

/** A tier that the ticket can go to from its current place, or a department of the policy. */
function findTarget(policy: Policy, row: TicketRow, to: Escalate['to'], ways: NextSteps): Target | Refused {
  if (to.kind === 'department') {
    const department = policy.departments.find(({ id }) => id === to.id);
    if (!department) return refuse('bad_request', `The policy has no department "${to.id}".`);
    const { name, group, fields } = department;
    return { move: 'department', name, group, form: fields ?? policy.escalation.fields, tier: row.tier };
  }
  const target = policy.tiers.find(({ id }) => id === to.id);
  if (!target) return refuse('bad_request', `The policy has no tier "${to.id}".`);
  const { name, group, id } = target;
  if (id === ways.from && !ways.atDepartment)
    return refuse('conflict', `The ticket is already at ${name}; another agent already moved it.`);
  const isNext = id === ways.next;
  if (!isNext && !ways.back.includes(id)) {
    const from = policy.tiers.find((tier) => tier.id === ways.from)?.name ?? 'where it is';
    return refuse('bad_request', `Tickets cannot go from ${from} to ${name}.`);
  }
  return { move: isNext ? 'up' : 'back', name, group, form: policy.escalation.fields, tier: id };
}

/** Under which the answer of a department is kept, and stands in the note. */
export const ANSWER_LABEL = 'Answer';
const ANSWER_FORM: Form = [{ id: ANSWER_FIELD, label: ANSWER_LABEL, required: true }];

type Form = Policy['escalation']['fields'];
type Said = { label: string; text: string }[];

/** Characters per field. */
const LONGEST_TEXT = 5_000;
/** Zendesk accepts 64 kB per comment, and a character has up to four bytes. */
const LONGEST_FORM = 15_000;

/** The answers in the form's order, trimmed, without empty ones. */
function readForm(form: Form, fields: Readonly<Record<string, string>>): Said | Refused {
  const asked = new Set(form.map(({ id }) => id));
  const unknown = Object.keys(fields).filter((id) => !asked.has(id));
  if (unknown.length > 0)
    return refuse('bad_request', 'The form has changed and no longer has this field. Open it again.', {
      fields: unknown,
    });

  const texts = new Map(Object.entries(fields).map(([id, text]) => [id, clean(text)]));
  const tooLong = [...texts].filter(([, text]) => text.length > LONGEST_TEXT).map(([id]) => id);
  if (tooLong.length > 0)
    return refuse('bad_request', `Each answer may have ${LONGEST_TEXT.toLocaleString('en')} characters.`, {
      fields: tooLong,
    });
  const total = [...texts.values()].reduce((sum, text) => sum + text.length, 0);
  if (total > LONGEST_FORM)
    return refuse('bad_request', `All answers together may have ${LONGEST_FORM.toLocaleString('en')} characters.`);

  const missing = form.filter(({ id, required }) => required && !texts.get(id)).map(({ id }) => id);
  if (missing.length > 0) return refuse('fields_missing', 'Please fill in every required field.', { fields: missing });
  return form.flatMap(({ id, label }) => {
    const text = texts.get(id);
    return text ? [{ label, text }] : [];
  });
}

/** PostgreSQL stores neither NUL nor unpaired surrogates. */
function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed().replaceAll('\r\n', '\n').trim();
}
