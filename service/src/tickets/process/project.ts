// Applies an observation to the projection.
import { type Applied, applySnapshot, isFinished } from '../projection/apply-snapshot.ts';
import { changeComment, isMessaging, replaceComments, type TakenComments } from '../projection/comment-changes.ts';
import { wordsAreMissing } from '../projection/erase-tickets.ts';
import {
  addComments,
  type Conversation,
  deletePlaceholder,
  isPlaceholder,
  readConversations,
  readOpening,
} from '../projection/projection-store.ts';
import type { CommentRow, TicketRow } from '../projection/ticket-row.ts';
import { isUnderWay } from '../write/ticket-change.ts';
import { judgeReopening } from './judge-reopening.ts';
import type { Observation } from './observation.ts';
import type { StatementBatch } from './statement-batch.ts';

export interface Projected extends Applied {
  /** What was taken for a reopening before proves to be a mail program's answer. */
  solveStands: boolean;
  before: TicketRow | null;
  /** Whether the observation contained anything new. */
  news: boolean;
  /** Whether text was removed from the ticket: text that decisions may have seen, or other text, as in a private note. */
  redacted: 'of_known_words' | 'of_other_words' | null;
  lastCustomerComment: string | null;
  conversation: Conversation;
  /** Comments stored for the first time, and those that the customer sees no more. */
  stored: readonly CommentRow[];
  madePrivate: readonly CommentRow[];
  foundAutomatic: readonly CommentRow[];
  /** Comments shown by this transaction's observations. */
  seen: ReadonlySet<number>;
}

/**
 * Applies the observation to the ticket as read for this transaction (`known`), or as the previous observation left it (`last`). The
 * caller saves the row after deciding it.
 */
export async function project(
  batch: StatementBatch,
  observation: Observation,
  known: TicketRow | null,
  last: Projected | null,
): Promise<Projected> {
  const { tx } = batch;
  const before = last ? last.row : known;
  const unseen = newsOf(observation, before).filter(({ id }) => !last?.seen.has(id));
  const rewritten = isRewritten(observation, before);
  const taken = await takeComments(batch, observation, unseen, rewritten);
  const newComments = taken.news;
  const losesWords =
    taken.losesWords || (rewritten && wordsAreMissing(before?.description ?? '', observation.snapshot.description));
  const redacted = losesWords ? 'of_known_words' : TELLS_REDACTION.has(observation.cause) ? 'of_other_words' : null;
  // Only actions in the sidebar set this, so most observations cost no query.
  const underWay = before?.wanted?.leaving !== undefined && (await isUnderWay(tx, observation.ticketId));
  const applied = applySnapshot(before, observation.snapshot, observation.by, { underWay });
  const judged = await judgeReopening(tx, { observation, before, applied, stored: taken.stored });
  const gone = goneAfter(applied, observation);
  const nobodyWaits = gone !== null || isFinished(applied.row.status);
  const waitEndedAt = newest(before?.waitEndedAt, observation.solvedAt, gone === null ? judged.solvedAt : null);
  const isAsBefore = newComments === 0 && waitEndedAt?.getTime() === before?.waitEndedAt?.getTime();
  const conversation =
    last && isAsBefore
      ? last.conversation
      : await batch.query(readConversations, { ticketId: observation.ticketId, endedAt: waitEndedAt });
  const { waitingSince, lastCustomerComment } = conversation;
  const { description } = applied.row;
  const row = {
    ...applied.row,
    solvedAt: judged.solvedAt,
    // Zendesk's description of a conversation is only its name ("Conversation with Kim"): the text is in the messages.
    description: isMessaging(applied.row.via)
      ? ((await readOpening(tx, observation.ticketId)) ?? description)
      : description,
    gone,
    waitEndedAt,
    waitingSince: nobodyWaits ? null : waitingSince,
  };
  const waitsAnew = before?.waitingSince?.getTime() !== row.waitingSince?.getTime();
  // The decisions so far lose their text, so the ticket needs a new one that explains it.
  const news = before === null || newComments > 0 || waitsAnew || losesWords || differs(before, row);
  const seen =
    unseen.length === 0 && last ? last.seen : new Set([...(last?.seen ?? []), ...unseen.map(({ id }) => id)]);
  const { stored, madePrivate, foundAutomatic } = taken;
  const found = { lastCustomerComment, conversation, stored, madePrivate, foundAutomatic, seen };
  return { ...applied, ...judged.change, row, before, news, redacted, ...found };
}

/** The first message has been stored since the ticket was first seen, under the negative ticket id or its own id. */
function newsOf(observation: Observation, before: TicketRow | null): CommentRow[] {
  return before === null ? observation.comments : observation.comments.filter(({ id }) => !isPlaceholder(id));
}

function newest(...moments: (Date | null | undefined)[]): Date | null {
  const known = moments.flatMap((moment) => moment?.getTime() ?? []);
  return known.length === 0 ? null : new Date(Math.max(...known));
}

/** A redacted first message shows as a different description, without an id. */
function isRewritten({ snapshot }: Observation, before: TicketRow | null): boolean {
  return (
    before !== null &&
    !isMessaging(snapshot.via) &&
    before.description !== snapshot.description &&
    snapshot.updatedAt > before.updatedAt
  );
}

async function takeComments(
  { tx, query }: StatementBatch,
  { ticketId, comments, wholeAsOf, hasFirst, changedComment, snapshot }: Observation,
  unseen: readonly CommentRow[],
  rewritten: boolean,
): Promise<TakenComments> {
  if (wholeAsOf) return replaceComments(tx, ticketId, comments, wholeAsOf);
  // Queried without any too, so that tickets with and without comments still share their queries.
  const { news, stored } = await query(addComments, unseen);
  const added = news - (hasFirst ? await deletePlaceholder(tx, ticketId) : 0);
  const changed = changedComment ? await changeComment(tx, changedComment) : null;
  const first = rewritten ? await changeComment(tx, { id: -ticketId, body: snapshot.description }) : null;
  return {
    news: added + (changed ? 1 : 0) + (first ? 1 : 0),
    stored,
    madePrivate: changed?.public === false ? [changed] : [],
    foundAutomatic: [],
    losesWords: changed !== null,
  };
}

const TELLS_REDACTION: ReadonlySet<string> = new Set(['ticket.comment_redacted', 'ticket.comment_made_private']);

/**
 * A ticket may be deleted and restored, so an older observation does not count; within one second both may be shown
 * in any order, and deleted wins. A merge cannot be undone (Zendesk help, "Merging tickets").
 */
function goneAfter({ row, stale }: Applied, { gone, snapshot }: Observation): TicketRow['gone'] {
  if (gone === undefined || row.gone === 'merged') return row.gone;
  if (gone === 'merged') return gone;
  const older = snapshot.updatedAt.getTime() < row.updatedAt.getTime();
  if (stale && (older || gone === null)) return row.gone;
  // Spam is deleted too, and is more specific.
  return gone === 'deleted' ? (row.gone ?? gone) : gone;
}

const COMPARED = [
  'subject',
  'status',
  'priority',
  'type',
  'groupId',
  'assigneeId',
  'requesterId',
  'organizationId',
  'brandId',
  'formId',
  'gone',
] as const;

export type Compared = Pick<TicketRow, (typeof COMPARED)[number] | 'tags'>;

/** Whether the two differ, apart from comments and custom fields. */
export function differs(before: Compared, row: Compared): boolean {
  return (
    COMPARED.some((key) => before[key] !== row[key]) || before.tags.toSorted().join() !== row.tags.toSorted().join()
  );
}
