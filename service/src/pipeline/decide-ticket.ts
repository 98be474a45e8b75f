// One ticket's way through the house: look -> project -> decide -> record.
import { and, eq } from 'drizzle-orm';
import { saveTicket } from '../projection/projection-store.ts';
import type { TicketRow } from '../projection/ticket-row.ts';
import type { Queryable } from '../storage/database.ts';
import { inbox } from '../storage/schema.ts';
import { decideRow } from './decide-row.ts';
import type { PipelineDeps, PolicyInForce } from './deps.ts';
import { keepNextDecision } from './due-decisions.ts';
import { followSurvey } from './follow-survey.ts';
import type { Look } from './look.ts';
import { namesFor } from './names-for.ts';
import { type Projected, project } from './project.ts';

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
    const inForce = deps.policy.current();
    await followSurvey(tx, {
      look,
      projected,
      policy: inForce.policy,
      now: deps.clock(),
      delayOverrideMs: deps.surveyDelayMs,
    });
    if (look.by === 'us') return finish(tx, look, inForce, projected.row, 'own_write');
    if (isKnown(look, projected, inForce.hash)) return finish(tx, look, inForce, projected.row, 'known');

    const { row, lastCustomerComment } = projected;
    const decided = await decideRow(tx, deps, { because: look, inForce, row, lastCustomerComment, names });
    return finish(tx, look, inForce, decided.row, decided.outcome);
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

async function isWaiting(tx: Queryable, inboxId: number): Promise<boolean> {
  const rows = await tx
    .select({ id: inbox.id })
    .from(inbox)
    .where(and(eq(inbox.id, inboxId), eq(inbox.state, 'waiting')));
  return rows.length > 0;
}

async function finish(
  tx: Queryable,
  look: Look,
  inForce: PolicyInForce,
  row: TicketRow,
  outcome: Outcome,
): Promise<Outcome> {
  await saveTicket(tx, row);
  await keepNextDecision(tx, row, inForce);
  if (look.inboxId !== null) {
    const state = outcome === 'own_write' || outcome === 'known' ? 'ignored' : 'decided';
    await tx.update(inbox).set({ state, outcome, finishedAt: new Date() }).where(eq(inbox.id, look.inboxId));
  }
  return outcome;
}
