// Updates comments that were made private, redacted or deleted in Zendesk.

import { createHash } from 'node:crypto';
import { MESSAGING_CHANNELS } from '@deskwright/shared';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { comments } from '../tables.ts';
import { wordsAreMissing } from './erase-tickets.ts';
import { isPlaceholder } from './projection-store.ts';
import { type CommentRow, isAutomatic } from './ticket-row.ts';

/** The new state of a comment; omitted fields are unchanged. */
export type ChangedComment = Pick<CommentRow, 'id'> & Partial<Pick<CommentRow, 'public' | 'body'>>;

/** A newer comment may have been received by event while Zendesk was answering. Milliseconds. */
const ANSWERING_MS = 120_000;

export async function isCommentKnown(tx: Queryable, id: number): Promise<boolean> {
  return (await tx.select({ id: comments.id }).from(comments).where(eq(comments.id, id))).length > 0;
}

/** The number of new or relevantly changed comments, those stored for the first time, and whether text was removed from one. */
export interface TakenComments {
  news: number;
  stored: readonly CommentRow[];
  /** Known ones that the customer sees no more. */
  madePrivate: readonly CommentRow[];
  /** Known ones that a mail program proves to have sent: their marks are in the list of comments only. */
  foundAutomatic: readonly CommentRow[];
  losesWords: boolean;
}

/** Returns the comment as changed; null: it was not, as a private one has no stored text that could change. */
export async function changeComment(tx: Queryable, { id, ...change }: ChangedComment): Promise<CommentRow | null> {
  const body = change.public === false ? '' : change.body;
  // An empty comment stays empty: its text was erased, or it never had any.
  const set =
    body === undefined ? change : { ...change, body: sql`CASE WHEN ${comments.body} = '' THEN '' ELSE ${body} END` };
  const [changed] = await tx
    .update(comments)
    .set(set)
    .where(and(eq(comments.id, id), eq(comments.public, true)))
    .returning();
  return changed ?? null;
}

/**
 * Replaces the stored comments with Zendesk's: different ones are updated, missing ones deleted. Private
 * notes of agents and our own do not count as changes.
 */
export async function replaceComments(
  tx: Queryable,
  ticketId: number,
  all: readonly CommentRow[],
  askedAt: Date,
): Promise<TakenComments> {
  const [first] = all.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || a.id - b.id);
  if (!first) return { news: 0, stored: [], madePrivate: [], foundAutomatic: [], losesWords: false };
  const known = new Map(
    (await tx.select().from(comments).where(eq(comments.ticketId, ticketId))).map((row) => [row.id, row]),
  );
  // The stored first message may have the negative ticket id.
  const before = (row: CommentRow) => known.get(row.id) ?? (row.id === first.id ? known.get(-ticketId) : undefined);
  const rows = all.filter(({ id }) => !(isPlaceholder(id) && known.has(id))).map(withoutUnreadWords);
  const changed = rows.filter((row) => differs(known.get(row.id), row));
  const old = new Date(askedAt.getTime() - ANSWERING_MS);
  const ids = new Set(all.map(({ id }) => id));
  // Zendesk does not list messages of a conversation as comments.
  const missing = [...known.values()].filter(({ id }) => !ids.has(id) && id < FIRST_MESSAGE_ID);
  const gone = missing.filter(({ id, createdAt }) => createdAt < old || isPlaceholder(id));
  if (changed.length > 0) {
    await tx
      .insert(comments)
      .values(changed)
      .onConflictDoUpdate({
        target: comments.id,
        set: {
          public: sql`excluded.public`,
          body: sql`excluded.body`,
          // The list shows a mail's marks, which events do not. Otherwise the author stays what they were at that time.
          author: sql`CASE WHEN 'system' IN (${comments.author}, excluded.author) THEN excluded.author ELSE ${comments.author} END`,
        },
      });
  }
  if (gone.length > 0) {
    const goneIds = gone.map(({ id }) => id);
    await tx.delete(comments).where(inArray(comments.id, goneIds));
  }
  const counts = (row: CommentRow | undefined) => row !== undefined && (row.public || row.author === 'customer');
  const news = changed.filter((row) => differs(before(row), row) && (counts(row) || counts(before(row))));
  const goneForGood = gone.filter(({ id }) => !isPlaceholder(id));
  return {
    news: news.length + goneForGood.filter(counts).length,
    stored: changed.filter((row) => before(row) === undefined),
    madePrivate: changed.filter((row) => before(row)?.public === true && !row.public),
    foundAutomatic: changed.filter((row) => {
      const was = before(row);
      return was !== undefined && row.public && !isAutomatic(was) && isAutomatic(row);
    }),
    losesWords:
      goneForGood.some(({ body }) => body !== '') ||
      changed.some((row) => wordsAreMissing(known.get(row.id)?.body ?? '', row.body)),
  };
}

function differs(before: CommentRow | undefined, after: CommentRow): boolean {
  const isOtherwiseAutomatic = before !== undefined && isAutomatic(before) !== isAutomatic(after);
  return before?.public !== after.public || before.body !== after.body || isOtherwiseAutomatic;
}

/** Nothing reads the text of a private comment. */
function withoutUnreadWords(comment: CommentRow): CommentRow {
  return comment.public ? comment : { ...comment, body: '' };
}

/**
 * Messages have text ids, comments have numbers. This number is above all that Zendesk uses for comments (about 3e13 in
 * 2025), increases with the message's time, so that both sort by it, and is the same each time the same message is received.
 */
const FIRST = 4_500_000_000_000_000;
const SINCE = Date.UTC(2020, 0);
/** Numbers that distinguish messages of one millisecond; 36 years of them stay below 2^53. */
const IN_A_MILLISECOND = 3_900;

export function messageCommentId(ticketId: number, messageId: string, at: Date): number {
  const hash = createHash('sha256').update(`${ticketId}:${messageId}`).digest().readUInt32BE(0);
  return FIRST + Math.max(0, at.getTime() - SINCE) * IN_A_MILLISECOND + (hash % IN_A_MILLISECOND);
}

/** The smallest id of a message. */
export const FIRST_MESSAGE_ID = FIRST;

/** Whether tickets of this channel are messaging conversations. */
export const isMessaging = (via: string | null): boolean => via !== null && MESSAGING_CHANNELS.includes(via);
