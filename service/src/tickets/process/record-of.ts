// Passes to features what a transaction learnt and decided about a ticket.
import type { Decision } from '@deskwright/shared';
import type { Queryable } from '../../platform/storage/database.ts';
import type { DecidedPlacement, NewComment, TicketHook, TicketNews, TicketRecord } from '../hooks.ts';
import { isFinished } from '../projection/apply-snapshot.ts';
import { isPlaceholder } from '../projection/projection-store.ts';
import { type CommentRow, isAutomatic, type TicketRow } from '../projection/ticket-row.ts';
import type { Observation } from './observation.ts';
import type { Plan } from './plan-change.ts';
import type { Projected } from './project.ts';
import { runInBatch, type StatementBatch } from './statement-batch.ts';
import { actorFrom } from './who-wrote.ts';

/** What an observation showed, and what was new in it. */
export function newsFrom(observation: Observation, projected: Projected): TicketNews {
  const { ticketId, inboxId, reported, snapshot, solvedAt } = observation;
  const { before, row, stale: isStale } = projected;
  const isEvent = reported !== undefined;
  const isRetagged =
    before === null ? row.category !== null : row.category !== before.category || row.tier !== before.tier;
  const isMissedSolve =
    !isEvent && inboxId === null && solvedAt != null && solvedAt.getTime() === row.waitEndedAt?.getTime();
  return {
    ticketId,
    source: inboxId !== null && observation.cause !== 'trigger' ? 'event' : 'read',
    at: snapshot.snapshotAt,
    position: reported?.position ?? 0,
    actor: reported?.actor ?? null,
    change: reported?.change ?? null,
    before,
    shown: snapshot,
    isStale,
    gone: row.gone,
    retagged: isRetagged ? { category: row.category, tier: row.tier } : null,
    comments: [...projected.stored, ...projected.madePrivate, ...projected.foundAutomatic].map((comment) =>
      newComment(comment, observation),
    ),
    created: before === null ? createdTicket(observation) : null,
    missedSolve:
      isMissedSolve && solvedAt.getTime() !== before?.waitEndedAt?.getTime() && !isFinished(row.status)
        ? solvedAt
        : null,
  };
}

function createdTicket({ snapshot, reported, comments }: Observation): TicketNews['created'] {
  const [first] = comments.toSorted(byTime);
  const opener = first ? actorFrom(first.author, first.authorId) : null;
  return {
    at: snapshot.createdAt,
    channel: snapshot.via,
    requesterId: snapshot.requesterId,
    by: reported?.change?.kind === 'created' && !(first && isAutomatic(first)) ? (reported.actor ?? opener) : opener,
  };
}

/** The first message has the negative ticket id until all comments are read, and another id from then on: here it keeps the former. */
function newComment(comment: CommentRow, { ticketId, hasFirst, comments, snapshot }: Observation): NewComment {
  const [first] = comments.toSorted(byTime);
  const isFirst = isPlaceholder(comment.id) || (hasFirst === true && comment.id === first?.id);
  return {
    id: isFirst ? -ticketId : comment.id,
    author: actorFrom(comment.author, comment.authorId),
    public: comment.public,
    isAutomatic: isAutomatic(comment),
    channel: isFirst || comment.messageId != null ? snapshot.via : null,
    at: comment.createdAt,
  };
}

const byTime = (a: CommentRow, b: CommentRow): number =>
  a.createdAt.getTime() - b.createdAt.getTime() || Math.abs(a.id) - Math.abs(b.id);

interface Decided {
  /** The ticket before the decision, and after it. */
  before: TicketRow;
  row: TicketRow;
  /** Whether it was stored before this transaction. */
  isKnown: boolean;
  outcome: Plan['outcome'];
  decision: Decision;
  at: Date;
}

/**
 * Null: the decision left category and tier as they were. A ticket that was opened and solved before it was decided gets no tags, but counts in the
 * category that the policy has for it.
 */
export function decidedPlacement({ before, row, isKnown, outcome, decision, at }: Decided): DecidedPlacement | null {
  const { category, tier } = decision;
  const isNew = row.category !== before.category || row.tier !== before.tier;
  if (outcome === 'in_shadow' || row.placedBy === 'human' || !(isNew || (row.category === null && !isKnown)))
    return null;
  const rule = category.reason.by === 'trigger' ? category.reason.triggerId : null;
  return {
    ticketId: row.id,
    at,
    before: { category: before.category, tier: before.tier },
    after: { category: category.value, tier: tier.value },
    rule,
    policyHash: row.policyHash,
  };
}

type RecordHooks = readonly Pick<TicketHook, 'onRecord'>[];

/** About one ticket of a batch. */
export async function callRecordHooks(hooks: RecordHooks, batch: StatementBatch, record: TicketRecord): Promise<void> {
  for (const { onRecord } of hooks) await onRecord?.(batch, record);
}

/** About several tickets, of which nothing was decided. The news of one ticket stand in their order. */
export async function recordNews(tx: Queryable, hooks: RecordHooks, all: readonly TicketNews[]): Promise<void> {
  const byTicket = new Map<number, TicketNews[]>();
  for (const news of all) byTicket.set(news.ticketId, [...(byTicket.get(news.ticketId) ?? []), news]);
  await runInBatch(tx, [...byTicket.values()], (batch, news) => callRecordHooks(hooks, batch, { news, decided: null }));
}
