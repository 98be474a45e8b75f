// Decides one ticket in one transaction: observations, projection, decision, record.
import type { Policy } from '@deskwright/shared';
import type { Queryable } from '../../platform/storage/database.ts';
import type { DecidedPlacement } from '../hooks.ts';
import { redactLogs } from '../projection/erase-tickets.ts';
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
import { followErased, newsOfForgotten } from './follow-erased.ts';
import { erasePermanently } from './follow-removal.ts';
import type { Observation } from './observation.ts';
import { type Projected, project } from './project.ts';
import { callRecordHooks, decidedPlacement, newsFrom, recordNews } from './record-of.ts';
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
export async function decideObservations(deps: PipelineDeps, observations: readonly Observation[]): Promise<Outcome[]> {
  if (observations.length === 0) return [];
  if (observations.some(({ erased }) => erased)) {
    await erasePermanently(deps, ticketOf(observations));
    return observations.map(() => 'erased');
  }
  const ticket = await prepare(deps, observations);
  return deps.db.transaction(async (tx) =>
    decideLocked(batchOfOne(tx), deps, ticket, {
      before: await lockTicket(tx, ticket.newest.ticketId),
      hasOpenDecisions: true,
    }),
  );
}

/** Observations of one ticket, and what the rules need beyond them. */
export interface Prepared {
  observations: readonly Observation[];
  newest: Observation;
  names: Names;
}

/** Throws `ZendeskError`: a rule may ask for somebody who is not known yet. */
export async function prepare(deps: PipelineDeps, observations: readonly Observation[]): Promise<Prepared> {
  const [newest] = observations.toSorted((a, b) => whenShown(b) - whenShown(a));
  if (!newest) throw new Error('There is nothing to decide without an observation.');
  return { observations, newest, names: await namesFor(deps, newest.snapshot) };
}

/**
 * The same for several tickets in one transaction, with joined queries. If one fails, none is decided, and the error is thrown. `held`: another
 * transaction has locked the ticket or its changes; waiting for it while holding locks of others could deadlock.
 */
export function decideTogether(
  deps: PipelineDeps,
  tickets: readonly Prepared[],
): Promise<(readonly Outcome[] | 'held')[]> {
  return deps.db.transaction((tx) =>
    runInBatch(tx, tickets, async (batch, ticket) => {
      const before = await batch.query(tryLockTickets, ticket.newest.ticketId);
      if (before === 'held') return 'held';
      const open = before?.decidedAt ? await batch.query(tryLockWaitingDecisions, before.id) : 'none';
      if (open === 'held') return 'held';
      await batch.reach('taken');
      return decideLocked(batch, deps, ticket, { before, hasOpenDecisions: open !== 'none' });
    }),
  );
}

const ticketOf = (observations: readonly Observation[]): number => observations[0]?.ticketId ?? 0;

/** A ticket that this transaction has locked. */
interface Locked {
  /** Null: it is not stored yet. */
  before: TicketRow | null;
  /** Whether changes of earlier decisions about it may be open. */
  hasOpenDecisions: boolean;
}

/** One observation, applied to the ticket. */
interface Applied {
  observation: Observation;
  projected: Projected;
  outcome: Outcome;
}

/** Applies the observations to the locked ticket, decides it if one of them requires it, and saves the result. */
async function decideLocked(
  batch: StatementBatch,
  deps: PipelineDeps,
  ticket: Prepared,
  { before, hasOpenDecisions }: Locked,
): Promise<Outcome[]> {
  const inForce = deps.policy.current();
  const now = new Date(deps.clock());
  const observations = before?.erasedAt ? null : await withoutErasedText(batch, ticket.observations);
  if (observations === null) return keepErased(batch.tx, deps, ticket, { before, now });

  const applied = await applyObservations(batch, observations, before, inForce.hash);
  await batch.reach('projected');
  const last = applied.at(-1)?.projected;
  if (!last) return observations.map(() => 'done_before');

  let { row } = last;
  let { category } = row;
  let placement: DecidedPlacement | null = null;
  const because = applied.findLast(({ outcome }) => outcome === 'decided_with_later');
  if (because) {
    const decided = await decideRow(batch, deps, {
      because: because.observation,
      inForce,
      row,
      lastCustomerComment: last.lastCustomerComment,
      names: ticket.names,
      hasOpenDecisions: hasOpenDecisions && row.decidedAt !== null,
    });
    because.outcome = decided.outcome;
    placement = decidedPlacement({ ...decided, before: row, isKnown: before !== null, at: row.snapshotAt });
    row = decided.row;
    category = row.category ?? (decided.outcome === 'in_shadow' ? null : decided.decision.category.value);
  }
  await callHooks(batch.tx, deps.hooks, applied, { category, policy: inForce.policy, now });
  const record = {
    news: applied.map(({ observation, projected }) => newsFrom(observation, projected)),
    decided: placement,
  };
  await callRecordHooks(deps.hooks, batch, record);

  await batch.reach('decided');
  await batch.query(saveTickets, row);
  await batch.query(saveNextDecisions, { row, inForce });
  await batch.query(finishAllEvents, applied.flatMap(endsOf));
  return observations.map(
    (observation) => applied.find((each) => each.observation === observation)?.outcome ?? 'done_before',
  );
}

/** Of an erased ticket, and of a ticket from an erased customer, only number and state are kept; its events are finished. */
async function keepErased(
  tx: Queryable,
  { hooks }: PipelineDeps,
  { observations, newest }: Prepared,
  { before, now }: { before: TicketRow | null; now: Date },
): Promise<Outcome[]> {
  if (before?.erasedAt) await followErased(tx, hooks, observations);
  else {
    await storeWithoutText(tx, { snapshot: newest.snapshot, now, hooks });
    if (before === null) await recordNews(tx, hooks, [newsOfForgotten(newest)]);
  }
  await finishEvents(
    tx,
    observations.flatMap(eventsOf).map((id) => ({ id, outcome: 'erased' })),
  );
  return observations.map(() => 'erased');
}

/** Applies those whose event is still waiting, one after the other. The caller saves the row that the last one gives. */
async function applyObservations(
  batch: StatementBatch,
  observations: readonly Observation[],
  before: TicketRow | null,
  policyHash: string,
): Promise<Applied[]> {
  const { tx } = batch;
  const waiting = await batch.query(takeWaiting, observations.flatMap(eventsOf));
  const applied: Applied[] = [];
  for (const observation of observations) {
    if (observation.inboxId !== null && !waiting.has(observation.inboxId)) continue;
    const projected = await project(batch, observation, before, applied.at(-1)?.projected ?? null);
    if (projected.redacted)
      await redactLogs(tx, {
        ticketId: observation.ticketId,
        redactedAt: observation.wholeAsOf ?? observation.snapshot.snapshotAt,
        decisionsToo: projected.redacted === 'of_known_words',
      });
    // The database notes each move between groups, so none may be passed over.
    if (projected.row.groupId !== projected.before?.groupId && observation !== observations.at(-1))
      await saveTicket(tx, projected.row);
    const outcome = withoutDeciding(observation, projected, policyHash) ?? 'decided_with_later';
    applied.push({ observation, projected, outcome });
  }
  return applied;
}

/** `category`: of the decision just made, which also applies to a ticket that was opened and solved meanwhile. */
async function callHooks(
  tx: Queryable,
  hooks: PipelineDeps['hooks'],
  applied: readonly Applied[],
  { category, policy, now }: { category: string | null; policy: Policy; now: Date },
): Promise<void> {
  for (const { observation, projected } of applied) {
    const { before, row, solved, reopened, solveStands } = projected;
    const after = { ...row, category: row.category ?? category };
    const change = { before, after, solved, reopened, solveStands, cause: observation.cause, policy, now };
    for (const { onChange } of hooks) await onChange?.(tx, change);
  }
}

function endsOf({ observation, outcome }: Applied): EndedEvent[] {
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
