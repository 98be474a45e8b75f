// Decides one ticket of a sweep again, or restores what the sweep changed of it, in the ticket's transaction.
import { and, eq, inArray, sql } from 'drizzle-orm';
import { aboutError } from '../../platform/errors/about-error.ts';
import { isTemporary } from '../../platform/errors/external-error.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { decideAgain } from '../process/decide-due-tickets.ts';
import { changeKeyOf, namesFor } from '../process/decide-row.ts';
import type { PipelineDeps } from '../process/deps.ts';
import { saveNextDecisions } from '../process/due-decisions.ts';
import { isEmptyChange } from '../process/plan-change.ts';
import { callRecordHooks } from '../process/record-of.ts';
import { batchOfOne } from '../process/statement-batch.ts';
import { isFinished } from '../projection/apply-snapshot.ts';
import { lockTicket, saveTicket } from '../projection/projection-store.ts';
import { isPlacementTag, type TicketRow } from '../projection/ticket-row.ts';
import { tickets } from '../tables.ts';
import { isUnderWay, recordTicketChange, type TicketChange } from '../write/ticket-change.ts';
import { placeAfter, placeOf } from './plan-tickets.ts';
import { type PlaceBefore, sweepTickets } from './tables.ts';

type SweepTicket = typeof sweepTickets.$inferSelect;
type Key = Pick<SweepTicket, 'sweepId' | 'ticketId'>;

/**
 * One ticket that cannot be decided does not stop the others. Returns the key of its change, which is held; null: it has none. Throws when
 * Zendesk or the database is unavailable.
 */
export async function changeTicket(deps: PipelineDeps, key: Key): Promise<string | null> {
  try {
    return await decideSwept(deps, key);
  } catch (error) {
    if (isTemporary(error)) throw error;
    const about = aboutError(error);
    deps.logger.error(
      { ticketId: key.ticketId, ...about },
      'A ticket of a sweep could not be decided; it was not changed',
    );
    await deps.db.update(sweepTickets).set({ state: 'failed', error: about.error }).where(isTicket(key));
    return null;
  }
}

async function decideSwept(deps: PipelineDeps, key: Key): Promise<string | null> {
  const { ticketId } = key;
  const [seen] = await deps.db.select().from(tickets).where(eq(tickets.id, ticketId));
  const names = seen && (await namesFor(deps, seen));
  return deps.db.transaction(async (tx) => {
    const row = await lockTicket(tx, ticketId);
    if ((await lockState(tx, key)) !== 'planned') return null;
    const end = (set: Partial<SweepTicket>) => tx.update(sweepTickets).set(set).where(isTicket(key));
    if (!row || !names || isOutOfOurHands(row)) {
      await end({ state: 'left' });
      return null;
    }
    const inForce = deps.policy.current();
    const decided = await decideAgain(tx, deps, { cause: 'sweep', inForce, row, names });
    const { note: _, ...change } = decided.change;
    await end({
      state: isEmptyChange(change) ? 'unchanged' : 'changed',
      before: stateOf(row),
      after: placeAfter(row, decided.row, change),
      change,
    });
    return isEmptyChange(decided.change) ? null : holdTicketChange(tx, changeKeyOf(decided.id));
  });
}

/** What an undo needs to restore the ticket as the projection has it. */
function stateOf(row: TicketRow): PlaceBefore {
  const { wanted, decidedAt, policyHash } = row;
  return { ...placeOf(row), wanted, decidedAt: decidedAt?.toISOString() ?? null, policyHash };
}

/**
 * Restores what the sweep changed of the ticket, apart from what somebody changed since. Returns the key of the change, which is held; null: it
 * needs none. `'later'`: the sweep's own change is not written yet, so that it must be tried later.
 */
export async function restoreTicket(
  { db, hooks, policy, clock }: PipelineDeps,
  key: Key,
): Promise<{ key: string | null } | 'later'> {
  const { ticketId, sweepId } = key;
  return db.transaction(async (tx) => {
    const row = await lockTicket(tx, ticketId);
    const [swept] = await tx.select().from(sweepTickets).where(isTicket(key)).for('update');
    if (swept?.state !== 'changed') return { key: null };
    const end = (state: SweepTicket['state']) => tx.update(sweepTickets).set({ state }).where(isTicket(key));
    if (!row || row.gone || row.erasedAt || isFinished(row.status)) {
      await end('kept');
      return { key: null };
    }
    if (await isUnderWay(tx, ticketId)) return 'later';
    const { change, isWhole, movesBack } = restoring(row, swept);
    const changeKey = isEmptyChange(change) ? null : `sweep-undo:${sweepId}:${ticketId}`;
    if (changeKey !== null) {
      await recordTicketChange(tx, { key: changeKey, ticketId, cause: 'decision', change });
      await holdTicketChange(tx, changeKey);
    }
    if (movesBack) {
      const { before } = swept;
      const restored: TicketRow = {
        ...row,
        category: before.category,
        tier: before.tier,
        wanted: before.wanted ?? null,
        decidedAt: before.decidedAt ? new Date(before.decidedAt) : null,
        policyHash: before.policyHash ?? null,
      };
      if (before.category !== null && before.tier !== null && row.category !== before.category)
        await callRecordHooks(hooks, batchOfOne(tx), {
          news: [],
          decided: {
            ticketId,
            at: new Date(clock()),
            before: { category: row.category, tier: row.tier },
            after: { category: before.category, tier: before.tier },
            rule: null,
            policyHash: restored.policyHash,
          },
        });
      await saveTicket(tx, restored);
      await saveNextDecisions(tx, [{ row: restored, inForce: policy.current() }]);
    }
    await end(isWhole ? 'restored' : 'kept');
    return { key: changeKey };
  });
}

interface Restoring {
  readonly change: TicketChange;
  /** Whether all is restored that the sweep changed. */
  readonly isWhole: boolean;
  /** Whether category, tier and group are. */
  readonly movesBack: boolean;
}

/**
 * What restores the ticket. Category, tier and group go together: they stay if a person placed the ticket since, or an agent has it whom a move would take
 * it from. Priority and each tag stay if they are not as the sweep left them.
 */
function restoring(
  row: TicketRow,
  { before, after, change }: Pick<SweepTicket, 'before' | 'after' | 'change'>,
): Restoring {
  const hasMoved = before.groupId !== after.groupId;
  const isPlaced =
    row.placedBy === 'policy' &&
    row.category === after.category &&
    row.tier === after.tier &&
    row.groupId === after.groupId &&
    !(hasMoved && row.assigneeId !== null);
  const { addTags = [], removeTags = [] } = change;
  const isOurs = (tag: string): boolean => isPlaced || !isPlacementTag(tag);
  const present = addTags.filter((tag) => isOurs(tag) && row.tags.includes(tag));
  const hasPriority = change.priority === undefined || row.priority === change.priority;
  const isRaised = change.priority !== undefined && hasPriority;
  const unset = [
    ...(isPlaced && hasMoved && before.groupId === null ? (['group'] as const) : []),
    ...(isRaised && before.priority === null ? (['priority'] as const) : []),
  ];
  return {
    change: {
      addTags: removeTags.filter((tag) => isOurs(tag) && !row.tags.includes(tag)),
      removeTags: present,
      ...(isPlaced && hasMoved && before.groupId !== null && { groupId: before.groupId }),
      ...(isRaised && before.priority !== null && { priority: before.priority }),
      ...(unset.length > 0 && { unset }),
    },
    isWhole: isPlaced && hasPriority && present.length === addTags.length,
    movesBack: isPlaced,
  };
}

async function lockState(tx: Queryable, key: Key): Promise<SweepTicket['state'] | null> {
  const [row] = await tx.select({ state: sweepTickets.state }).from(sweepTickets).where(isTicket(key)).for('update');
  return row?.state ?? null;
}

const isOutOfOurHands = (row: TicketRow): boolean =>
  row.gone !== null || row.erasedAt !== null || row.placedBy === 'human' || isFinished(row.status);

const isTicket = ({ sweepId, ticketId }: Key) =>
  and(eq(sweepTickets.sweepId, sweepId), eq(sweepTickets.ticketId, ticketId));

/** If the process dies before it releases them, they are written after this long. */
const LONGEST_HOLD = sql`interval '1 minute'`;

/** Holds a change that was recorded in this transaction; call `releaseTicketChanges`. Returns its key. */
async function holdTicketChange(tx: Queryable, key: string): Promise<string> {
  await tx
    .update(outbox)
    .set({ dueAt: sql`now() + ${LONGEST_HOLD}` })
    .where(and(eq(outbox.key, key), eq(outbox.state, 'waiting')));
  return key;
}

/** Makes held changes due together. Those that were attempted meanwhile, together with a newer one of their ticket, keep their time. */
export async function releaseTicketChanges(db: Queryable, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await db
    .update(outbox)
    .set({ dueAt: sql`now()` })
    .where(and(inArray(outbox.key, [...keys]), eq(outbox.state, 'waiting'), eq(outbox.claims, 0)));
}
