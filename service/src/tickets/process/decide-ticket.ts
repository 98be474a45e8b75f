// Decides one ticket in one transaction: observations, projection, decision, record.
import { redactLogs, updateErasedTicket } from '../projection/erase-tickets.ts';
import { lockTicket, saveTicket, saveTickets, tryLockTickets } from '../projection/projection-store.ts';
import type { TicketRow } from '../projection/ticket-row.ts';
import { tryLockWaitingDecisions } from '../write/withdraw-changes.ts';
import { decideRow, type Names, namesFor } from './decide-row.ts';
import type { PipelineDeps } from './deps.ts';
import { saveNextDecisions } from './due-decisions.ts';
import {
  type EndedEvent,
  eventsOf,
  finishAllEvents,
  finishEvents,
  type Outcome,
  takeWaiting,
} from './finish-events.ts';
import { erasePermanently } from './follow-removal.ts';
import type { Observation } from './observation.ts';
import { type Projected, project } from './project.ts';
import { batchOfOne, runInBatch, type StatementBatch } from './statement-batch.ts';
import { storeWithoutText, withoutErasedText } from './without-erased-text.ts';

/** Applies one observation of a ticket and decides it; see `decideObservations`. */
export async function decideTicket(deps: PipelineDeps, observation: Observation): Promise<Outcome> {
  const [outcome] = await decideObservations(deps, [observation]);
  return outcome ?? 'done_before';
}

/**
 * Applies observations of one ticket, in the order of the times they show, and decides it once, after all of them and for the last that requires it,
 * in one transaction: the projection, the decision log, the effects and the outcome of the events are committed together or not at all.
 * What the rules need beyond the observations is read before the transaction starts. Returns the outcome of each observation.
 */
export async function decideObservations(deps: PipelineDeps, heard: readonly Observation[]): Promise<Outcome[]> {
  if (heard.length === 0) return [];
  if (heard.some(({ erased }) => erased)) {
    await erasePermanently(deps, ticketOf(heard));
    return heard.map(() => 'erased');
  }
  const ticket = await prepare(deps, heard);
  return deps.db.transaction(async (tx) =>
    decideTaken(batchOfOne(tx), deps, ticket, await lockTicket(tx, ticket.newest.ticketId)),
  );
}

/** Observations of one ticket, and what the rules need beyond them. */
export interface Prepared {
  heard: readonly Observation[];
  newest: Observation;
  names: Names;
}

/** Throws `ZendeskError`: a rule may ask for somebody who is not known yet. */
export async function prepare(deps: PipelineDeps, heard: readonly Observation[]): Promise<Prepared> {
  const [newest] = heard.toSorted((a, b) => whenShown(b) - whenShown(a));
  if (!newest) throw new Error('There is nothing to decide without an observation.');
  return { heard, newest, names: await namesFor(deps, newest.snapshot) };
}

/**
 * The same for several tickets in one transaction, each with statements that serve all. Where one fails, none is decided, and the error is thrown. `held`: somebody
 * else is at work on the ticket or its changes; waiting for one while others are taken could go in a circle.
 */
export function decideTogether(
  deps: PipelineDeps,
  tickets: readonly Prepared[],
): Promise<(readonly Outcome[] | 'held')[]> {
  return deps.db.transaction((tx) =>
    runInBatch(tx, tickets, async (batch, ticket) => {
      const before = await batch.query(tryLockTickets, ticket.newest.ticketId);
      if (before === 'held') return 'held';
      if (before?.decidedAt && !(await batch.query(tryLockWaitingDecisions, before.id))) return 'held';
      await batch.reach('taken');
      return decideTaken(batch, deps, ticket, before);
    }),
  );
}

const ticketOf = (heard: readonly Observation[]): number => heard[0]?.ticketId ?? 0;

/** `before`: the ticket as it was taken for this transaction. */
async function decideTaken(
  batch: StatementBatch,
  deps: PipelineDeps,
  { heard, newest, names }: Prepared,
  before: TicketRow | null,
): Promise<Outcome[]> {
  const { tx } = batch;
  const inForce = deps.policy.current();
  const now = new Date(deps.clock());
  const observations = before?.erasedAt ? null : await withoutErasedText(batch, heard);
  if (observations === null) {
    if (before?.erasedAt) await updateErasedTicket(tx, newest.snapshot);
    else await storeWithoutText(tx, { snapshot: newest.snapshot, now, hooks: deps.hooks });
    await finishEvents(
      tx,
      heard.flatMap(eventsOf).map((id) => ({ id, outcome: 'erased' })),
    );
    return heard.map(() => 'erased');
  }
  const waiting = await batch.query(takeWaiting, observations.flatMap(eventsOf));
  const taken: Taken[] = [];
  for (const observation of observations) {
    if (observation.inboxId !== null && !waiting.has(observation.inboxId)) continue;
    const projected = await project(batch, observation, before, taken.at(-1)?.projected ?? null);
    if (projected.redacted)
      await redactLogs(tx, {
        ticketId: observation.ticketId,
        redactedAt: observation.wholeAsOf ?? observation.snapshot.snapshotAt,
        decisionsToo: projected.redacted === 'of_known_words',
      });
    // The database notes each move between groups, so none may be passed over; the row of the last observation is saved below.
    if (projected.row.groupId !== projected.before?.groupId && observation !== observations.at(-1))
      await saveTicket(tx, projected.row);
    taken.push({
      observation,
      projected,
      outcome: withoutDeciding(observation, projected, inForce.hash) ?? 'decided_with_later',
    });
  }
  await batch.reach('projected');
  const last = taken.at(-1)?.projected;
  if (!last) return observations.map(() => 'done_before');

  let { row } = last;
  let { category } = row;
  const because = taken.findLast(({ outcome }) => outcome === 'decided_with_later');
  if (because) {
    const { lastCustomerComment } = last;
    const decided = await decideRow(batch, deps, {
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
    // The decision just made also applies to a ticket that was opened and solved meanwhile.
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
  await batch.reach('decided');
  await batch.query(saveTickets, row);
  await batch.query(saveNextDecisions, { row, inForce });
  await batch.query(finishAllEvents, taken.flatMap(endsOf));
  return observations.map(
    (observation) => taken.find((each) => each.observation === observation)?.outcome ?? 'done_before',
  );
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

/** By whole seconds first; within one second by the time that the observation shows. */
const whenShown = ({ snapshot }: Observation): number =>
  snapshot.updatedAt.getTime() + snapshot.snapshotAt.getTime() / 1e10;

/** Null: the ticket must be decided. */
function withoutDeciding(observation: Observation, projected: Projected, hash: string): 'own_write' | 'known' | null {
  if (observation.by === 'us') return 'own_write';
  return isKnown(observation, projected, hash) ? 'known' : null;
}

/**
 * Nothing is new, so deciding again would only supersede waiting changes. An event must also show a time that another observation (the
 * export, mostly, if it was faster) showed before the decision by the same policy: an event does not show everything that may
 * have changed. Tickets read because of rules on custom fields, a Zendesk trigger or a collision are always decided.
 */
function isKnown(observation: Observation, { row, before, news }: Projected, hash: string): boolean {
  if (!row.decidedAt || news) return false;
  if (observation.cause === 'import' || observation.cause === 'repair') return true;
  if (observation.inboxId === null || observation.cause === 'trigger' || observation.snapshot.customFields !== null)
    return false;
  return before !== null && observation.snapshot.updatedAt <= before.updatedAt && before.policyHash === hash;
}
