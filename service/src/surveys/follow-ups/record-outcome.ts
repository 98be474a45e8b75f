// Records what came of a follow-up, from the sidebar of its ticket.
import type { Policy } from '@deskwright/shared';
import type { RecordOutcome } from '@deskwright/shared/contract';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { recordHistory } from '../../history/index.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { withoutPlaceholders } from '../../policy/guidance/guidance.ts';
import { aName, anId, aRequestId, aText, DONE, defineAction, refuse } from '../../sidebar/index.ts';
import { recordTicketChange } from '../../tickets/index.ts';
import { askReachedAgain } from './ask-reached-again.ts';
import { nameOfChoice } from './choices.ts';
import { formatDue } from './describe-follow-up.ts';
import { type FollowUpRow, followUps } from './tables.ts';

/** Characters. */
const LONGEST_NOTE = 1_000;

/** Who may record an outcome by the policy; null: everybody who may edit the ticket. */
export function mayRecordOnly({ surveys }: Policy) {
  const only = surveys.follow_ups.recorded_by;
  return only ? { tiers: only.tiers, agents: only.agents.map((agent) => agent.toLowerCase()) } : null;
}

/** The outcome, with a note and a tag on the ticket. One that ends the follow-up ends it for all answers that joined. The same form (`requestId`) sent again has no effect. */
export const recordOutcome = defineAction({
  name: 'record_outcome',
  method: 'put',
  path: '/follow-ups/:followUpId/outcome',
  params: z.object({ followUpId: anId }),
  body: z.object({
    outcome: aName,
    rootCause: aName.nullable(),
    note: aText,
    requestId: aRequestId,
  }) satisfies z.ZodType<RecordOutcome>,
  permission: { right: 'edit_tags', only: mayRecordOnly },
  findRepeated: async (tx, { ticketId }, { followUpId, requestId }) => {
    const row = await findOn(tx, followUpId, ticketId);
    return row?.requestIds.includes(requestId) ? DONE : null;
  },
  perform: async ({ tx, ticket, agent, policy, now }, { followUpId, outcome, rootCause, note: written, requestId }) => {
    const note = written.trim();
    const { outcomes, root_causes: causes } = policy.surveys.follow_ups;
    const chosen = outcomes.find(({ id }) => id === outcome);
    const cause = causes.find(({ id }) => id === rootCause);
    if (!chosen || (rootCause !== null && !cause))
      return refuse('choice_gone', 'The policy no longer has this outcome or cause. Open the ticket again.');
    if (chosen.reached && chosen.ends && !cause)
      return refuse('fields_missing', 'Choose why the customer was unhappy.', { fields: ['rootCause'] });
    if (note.length > LONGEST_NOTE)
      return refuse('bad_request', `The note may have ${LONGEST_NOTE} characters.`, { fields: ['note'] });
    const row = await findOn(tx, followUpId, ticket.id);
    if (!row) return refuse('not_found', 'No such follow-up belongs to this ticket.');
    await tx
      .update(followUps)
      .set({
        outcome,
        rootCause,
        note,
        recordedAt: now,
        recordedBy: agent.id,
        requestIds: [...row.requestIds, requestId],
        contactedAt: row.contactedAt ?? (chosen.reached ? now : null),
        ...stateAfter(row, chosen, now),
      })
      .where(eq(followUps.id, row.id));
    const asksAgain = chosen.reached && row.contactedAt === null;
    const askedAgainAt = asksAgain ? await askReachedAgain(tx, row, policy, now) : null;
    const summary = [nameOfChoice(chosen), ...(cause ? [`cause: ${nameOfChoice(cause)}`] : [])].join(', ');
    await recordTicketChange(tx, {
      key: `follow-up:${row.id}:outcome:${requestId}`,
      ticketId: ticket.id,
      cause: 'agent',
      change: {
        addTags: [tagOf(outcome)],
        removeTags: outcomes.filter(({ id }) => id !== outcome).map(({ id }) => tagOf(id)),
        note: withoutPlaceholders(
          [
            `Outcome of the follow-up, recorded by ${agent.name}: ${summary}`,
            ...(note ? ['', note] : []),
            ...(askedAgainAt ? ['', `The customer is surveyed again (NPS): ${formatDue(askedAgainAt, policy)}`] : []),
          ].join('\n'),
        ),
      },
    });
    await recordHistory(tx, [
      {
        ticketId: ticket.id,
        at: now,
        kind: 'follow_up_outcome',
        value: outcome,
        ref: row.id,
        actor: 'agent',
        actorId: agent.id,
      },
    ]);
    return DONE;
  },
  audit: ({ followUpId, outcome }) => ({ followUpId, outcome }),
});

const tagOf = (outcome: string): string => `follow_up__${outcome}`;

type Chosen = Policy['surveys']['follow_ups']['outcomes'][number];

/** One that ended stays ended: its outcome is recorded late, or corrected. */
function stateAfter({ endedAt, contactedAt }: FollowUpRow, { reached, ends }: Chosen, now: Date) {
  if (ends || endedAt !== null) return { state: 'closed', endedAt: endedAt ?? now } as const;
  return { state: reached || contactedAt !== null ? 'contacted' : 'open' } as const;
}

async function findOn(tx: Queryable, followUpId: number, ticketId: number): Promise<FollowUpRow | undefined> {
  const [row] = await tx
    .select()
    .from(followUps)
    .where(and(eq(followUps.id, followUpId), eq(followUps.ticketId, ticketId)))
    .for('update');
  return row;
}
