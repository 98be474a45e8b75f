// Decides one ticket in one transaction: observations, projection, decision, record.

import { followErased } from '../projection/follow-erased.ts';
import { saveTicket, takeTicket } from '../projection/projection-store.ts';
import { redactLogs } from '../projection/redact-logs.ts';
import { decideRow } from './decide-row.ts';
import type { PipelineDeps } from './deps.ts';
import { keepNextDecision } from './due-decisions.ts';
import { eraseForGood } from './erase-as-told.ts';
import { type EndedEvent, eventsOf, finishEvents, type Outcome, readWaiting } from './finish-events.ts';
import { namesFor } from './names-for.ts';
import type { Observation } from './observation.ts';
import { type Projected, project } from './project.ts';
import { keepAway, withoutForgotten } from './without-forgotten.ts';

/** Takes one observation of a ticket and decides it; see `decideObservations`. */
export async function decideTicket(deps: PipelineDeps, observation: Observation): Promise<Outcome> {
  const [outcome] = await decideObservations(deps, [observation]);
  return outcome ?? 'done_before';
}

/**
 * Takes observations of one ticket, in the order of what they show, and decides it once, after all of them and for the last that calls for it,
 * in one transaction: the projection, the decision log, the effects and the end of the events become durable together or not at all.
 * What the rules need beyond the observations is read before the transaction begins. Gives back how each observation ended.
 */
export async function decideObservations(deps: PipelineDeps, heard: readonly Observation[]): Promise<Outcome[]> {
  const [newest] = heard.toSorted((a, b) => whenShown(b) - whenShown(a));
  if (!newest) return [];
  if (heard.some(({ erased }) => erased)) {
    await eraseForGood(deps, newest.ticketId);
    return heard.map(() => 'erased');
  }
  const names = await namesFor(deps, newest.snapshot);

  return deps.db.transaction(async (tx) => {
    const inForce = deps.policy.current();
    const now = new Date(deps.clock());
    const before = await takeTicket(tx, newest.ticketId);
    const observations = before?.erasedAt ? null : await withoutForgotten(tx, heard);
    if (observations === null) {
      if (before?.erasedAt) await followErased(tx, newest.snapshot);
      else await keepAway(tx, { snapshot: newest.snapshot, now, hooks: deps.hooks });
      await finishEvents(
        tx,
        heard.flatMap(eventsOf).map((id) => ({ id, outcome: 'erased' })),
      );
      return heard.map(() => 'erased');
    }
    const waiting = await readWaiting(tx, observations.flatMap(eventsOf));
    const taken: Taken[] = [];
    for (const observation of observations) {
      if (observation.inboxId !== null && !waiting.has(observation.inboxId)) continue;
      const projected = await project(tx, observation, before, taken.at(-1)?.projected ?? null);
      if (projected.redacted)
        await redactLogs(tx, {
          ticketId: observation.ticketId,
          redactedAt: observation.wholeAsOf ?? observation.snapshot.snapshotAt,
          decisionsToo: projected.redacted === 'of_known_words',
        });
      // The database notes each move between groups, so none may be passed over.
      if (projected.row.groupId !== projected.before?.groupId) await saveTicket(tx, projected.row);
      taken.push({
        observation,
        projected,
        outcome: withoutDeciding(observation, projected, inForce.hash) ?? 'decided_with_later',
      });
    }
    const last = taken.at(-1)?.projected;
    if (!last) return observations.map(() => 'done_before');

    let { row } = last;
    let { category } = row;
    const because = taken.findLast(({ outcome }) => outcome === 'decided_with_later');
    if (because) {
      const { lastCustomerComment } = last;
      const decided = await decideRow(tx, deps, {
        because: because.observation,
        inForce,
        row,
        lastCustomerComment,
        names,
      });
      because.outcome = decided.outcome;
      row = decided.row;
      category = row.category ?? decided.category;
    }
    for (const { observation, projected } of taken) {
      // What was decided just now holds for a ticket that was opened and solved meanwhile, too.
      const after = { ...projected.row, category: projected.row.category ?? category };
      const { before: previous, solved, reopened } = projected;
      const change = {
        before: previous,
        after,
        solved,
        reopened,
        cause: observation.cause,
        policy: inForce.policy,
        now,
      };
      for (const { onChange } of deps.hooks) await onChange?.(tx, change);
    }
    await saveTicket(tx, row);
    await keepNextDecision(tx, row, inForce);
    await finishEvents(tx, taken.flatMap(endsOf));
    return observations.map(
      (observation) => taken.find((each) => each.observation === observation)?.outcome ?? 'done_before',
    );
  });
}

interface Taken {
  observation: Observation;
  projected: Projected;
  outcome: Outcome;
}

function endsOf({ observation, outcome }: Taken): EndedEvent[] {
  const isDecided = outcome !== 'own_write' && outcome !== 'known';
  return eventsOf(observation).map((id) => ({
    id,
    outcome: id !== observation.inboxId && isDecided ? 'decided_with_later' : outcome,
    ...(observation.bare ? { bare: true } : {}),
  }));
}

/** Whole seconds first: within one, the moment that an observation shows decides. */
const whenShown = ({ snapshot }: Observation): number =>
  snapshot.updatedAt.getTime() + snapshot.snapshotAt.getTime() / 1e10;

/** Null: the ticket must be decided. */
function withoutDeciding(observation: Observation, projected: Projected, hash: string): 'own_write' | 'known' | null {
  if (observation.by === 'us') return 'own_write';
  return isKnown(observation, projected, hash) ? 'known' : null;
}

/**
 * Nothing is new, so deciding again would only supersede what still waits. An event must also be of a moment that another look (the
 * export, mostly, where it was quicker) showed before it was decided by the same policy: what an event shows is not all that may
 * have changed. What rules on custom fields, a person's own trigger or a collision make us read is always decided.
 */
function isKnown(observation: Observation, { row, before, news }: Projected, hash: string): boolean {
  if (!row.decidedAt || news) return false;
  if (observation.cause === 'import' || observation.cause === 'repair') return true;
  if (observation.inboxId === null || observation.cause === 'trigger' || observation.snapshot.customFields !== null)
    return false;
  return before !== null && observation.snapshot.updatedAt <= before.updatedAt && before.policyHash === hash;
}
