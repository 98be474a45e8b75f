// One ticket's way through the house: look -> project -> decide -> record.
import type { Decision } from '@deskwright/shared';
import { and, eq } from 'drizzle-orm';
import { decide } from '../capabilities/decide.ts';
import { explainSentence } from '../capabilities/explain-sentence.ts';
import { supersedeWaitingDecision } from '../outbox/supersede-waiting-decision.ts';
import { saveTicket } from '../projection/projection-store.ts';
import type { TicketRow } from '../projection/ticket-row.ts';
import type { Queryable } from '../storage/database.ts';
import { inbox } from '../storage/schema.ts';
import type { PipelineDeps } from './deps.ts';
import { followSurvey } from './follow-survey.ts';
import { loadFacts } from './load-facts.ts';
import type { Look } from './look.ts';
import { namesFor } from './names-for.ts';
import { planChange } from './plan-change.ts';
import { type Projected, project } from './project.ts';
import { recordDecision, rowAfter } from './record-decision.ts';

export type Outcome = 'acted' | 'unchanged' | 'left_to_human' | 'not_open' | 'own_write' | 'known' | 'done_before';

/**
 * Takes one look at one ticket and decides it, all in one transaction: the projection, the decision log, the wishes and the end of
 * the event become durable together or not at all. What the rules need beyond the look is read before the transaction begins.
 */
export async function decideTicket(deps: PipelineDeps, look: Look): Promise<Outcome> {
  const names = await namesFor(deps, look.snapshot);

  return deps.db.transaction(async (tx) => {
    const projected = await project(tx, look);
    if (look.inboxId !== null && !(await isWaiting(tx, look.inboxId))) return 'done_before';
    const { compiled, policy, hash } = deps.policy.current();
    await followSurvey(tx, { look, projected, policy, now: deps.clock(), delayOverrideMs: deps.surveyDelayMs });
    if (look.by === 'us') return finish(tx, look, projected.row, 'own_write');
    if (isKnown(look, projected, hash)) return finish(tx, look, projected.row, 'known');

    const facts = loadFacts(projected.row, projected.lastCustomerComment, names, deps.clock());
    const decision = stepBack(decide(facts, compiled), projected.row);
    const sentence = explainSentence(decision, policy);
    const group = policy.tiers.find((tier) => tier.id === decision.tier.value)?.group;
    const plan = planChange({
      row: projected.row,
      decision,
      tierGroupId: group ? deps.directory.groupId(group) : null,
      note: policy.zendesk.decision_note ? sentence : null,
      superseded: projected.row.decidedAt ? await supersedeWaitingDecision(tx, look.ticketId) : [],
    });
    const recorded = { look, decision, sentence, plan, policyHash: hash, now: new Date(deps.clock()) };
    await recordDecision(tx, recorded);
    return finish(tx, look, rowAfter(projected.row, recorded), plan.outcome);
  });
}

/**
 * Nothing is new, so deciding again would only supersede what still waits. An event must also be of a moment that another look (the
 * export, mostly, where it was quicker) showed before it was decided by the same policy: what an event shows is not all that may
 * have changed. What rules on custom fields, a person's own trigger or a collision make us read is always decided.
 */
function isKnown(look: Look, { row, before, news }: Projected, hash: string): boolean {
  if (!row.decidedAt || news) return false;
  if (look.cause === 'import' || look.cause === 'repair') return true;
  if (look.inboxId === null || look.cause === 'trigger' || look.snapshot.customFields !== null) return false;
  return before !== null && look.snapshot.updatedAt <= before.updatedAt && before.policyHash === hash;
}

/** Where a person has placed the ticket, the decision says so and keeps the person's category. */
function stepBack(decision: Decision, row: TicketRow): Decision {
  if (row.placedBy !== 'human') return decision;
  const reason = { by: 'human', what: 'category or group' } as const;
  return {
    ...decision,
    category: { value: row.category ?? decision.category.value, reason },
    tier: { value: row.tier ?? decision.tier.value, reason },
  };
}

async function isWaiting(tx: Queryable, inboxId: number): Promise<boolean> {
  const rows = await tx
    .select({ id: inbox.id })
    .from(inbox)
    .where(and(eq(inbox.id, inboxId), eq(inbox.state, 'waiting')));
  return rows.length > 0;
}

async function finish(tx: Queryable, look: Look, row: TicketRow, outcome: Outcome): Promise<Outcome> {
  await saveTicket(tx, row);
  if (look.inboxId !== null) {
    const state = outcome === 'own_write' || outcome === 'known' ? 'ignored' : 'decided';
    await tx.update(inbox).set({ state, outcome, finishedAt: new Date() }).where(eq(inbox.id, look.inboxId));
  }
  return outcome;
}
