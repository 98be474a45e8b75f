// Reads the comments of many tickets from Zendesk's export of ticket events.

import { asc, count, inArray, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import type {
  TicketEventPage,
  Zendesk,
  ZendeskComment,
  ZendeskMetricSet,
  ZendeskTicket,
} from '../../zendesk/zendesk.ts';
import { commentReads } from '../tables.ts';

/** All comments of a ticket, oldest first. */
export interface Conversation {
  comments: ZendeskComment[];
  /** Until when the ticket's changes are known. */
  asOf: Date;
  /** The newest solve; undefined: not known. */
  solvedAt?: string | null;
}

interface ConversationPage {
  whole: { read: CommentRead; conversation: Conversation }[];
  /** Their comments must be read one ticket at a time. */
  others: CommentRead[];
}

/**
 * A page is worth reading for ten tickets: Zendesk allows ten pages a minute, in which half of its smallest plan's limit reads the
 * comments of a hundred (developer.zendesk.com/api-reference/introduction/rate-limits/).
 */
const TICKETS_A_PAGE = 10;
/** The export leaves out the last minute and refuses to begin in it, and clocks differ. Seconds. */
const QUIET_SECONDS = 120;
/** Characters of comments held at a time; a ticket beyond them is read by itself. */
const MOST_CHARACTERS = 50_000_000;
const SECOND = 1_000;

interface Found {
  comments: Map<number, ZendeskComment>;
  solvedAt: string | null;
  characters: number;
  incomplete: boolean;
}

/**
 * Reads on from the creation of the oldest ticket, and yields after each page what it made complete. Old tickets for which too many pages
 * would be read are left to single reads. What the export does not tell whole (comments of other kinds, comments that were changed
 * later) is too, and so is a ticket whose newest comment by its metric set did not come. `clock`: epoch milliseconds. Throws `ZendeskError`.
 */
export async function* readConversations(
  zendesk: Pick<Zendesk, 'exportTicketEvents'>,
  reads: readonly CommentRead[],
  clock: () => number,
): AsyncGenerator<ConversationPage> {
  const latestStart = (): number => Math.floor(clock() / SECOND) - QUIET_SECONDS;
  let open = reads.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const found = new Map(open.map(({ ticketId }) => [ticketId, nothingFound()]));
  let characters = 0;
  let from = Math.min(secondOf(open[0]?.createdAt), latestStart());

  function collect({ updates }: TicketEventPage): void {
    for (const { ticket_id: id, created_at: at, comments, solves, incomplete } of updates) {
      const one = found.get(id);
      if (!one || one.incomplete) continue;
      if (solves) one.solvedAt = at;
      for (const comment of comments) {
        if (one.comments.has(comment.id)) continue;
        one.comments.set(comment.id, comment);
        one.characters += comment.body.length;
        characters += comment.body.length;
      }
      if (incomplete || characters > MOST_CHARACTERS) {
        characters -= one.characters;
        Object.assign(one, { ...nothingFound(), incomplete: true });
      }
    }
  }

  while (open.length > 0) {
    const page = await zendesk.exportTicketEvents(from);
    collect(page);
    const end = Math.max(page.endTime ?? from, from);
    // More than a page of events in one second: the export never gets past it.
    const isStuck = !page.endOfStream && end === from;
    const next = isStuck ? end + 1 : end;
    if (isStuck || page.hasUnreadable)
      for (const { ticketId, createdAt } of open)
        if (secondOf(createdAt) <= end) Object.assign(found.get(ticketId) ?? {}, { incomplete: true });
    const asOf = new Date(page.endOfStream ? end * SECOND + SECOND - 1 : next * SECOND - 1);
    const isDone = (one: CommentRead) =>
      page.endOfStream || found.get(one.ticketId)?.incomplete || one.updatedAt <= asOf;
    const done = open.filter(isDone);
    open = open.filter((one) => !isDone(one));
    const result: ConversationPage = { whole: [], others: open.splice(0, tooFarApart(open, next, next - from)) };
    for (const read of done) {
      const one = found.get(read.ticketId) ?? nothingFound();
      const comments = [...one.comments.values()].toSorted(byTime);
      if (isWhole(read, one, comments))
        result.whole.push({ read, conversation: { comments, asOf, solvedAt: one.solvedAt } });
      else result.others.push(read);
    }
    for (const { ticketId } of [...done, ...result.others]) {
      characters -= found.get(ticketId)?.characters ?? 0;
      found.delete(ticketId);
    }
    yield result;
    from = Math.max(next, Math.min(secondOf(open[0]?.createdAt), latestStart()));
  }
}

const nothingFound = (): Found => ({ comments: new Map(), solvedAt: null, characters: 0, incomplete: false });

const secondOf = (at: Date | undefined): number => Math.floor((at?.getTime() ?? 0) / SECOND);

const byTime = (a: ZendeskComment, b: ZendeskComment): number =>
  Date.parse(a.created_at) - Date.parse(b.created_at) || a.id - b.id;

/** How many of the oldest are better read one by one: a page took `seconds`, and the next begins at `at` (epoch seconds). */
function tooFarApart(open: readonly CommentRead[], at: number, seconds: number): number {
  const end = open.reduce((latest, { updatedAt }) => Math.max(latest, secondOf(updatedAt)), 0);
  const worth = open.findIndex(({ createdAt }, index) => {
    const pages = (end - Math.max(secondOf(createdAt), at)) / seconds;
    return open.length - index >= pages * TICKETS_A_PAGE;
  });
  return worth === -1 ? open.length : worth;
}

/** The first message is there, and so is the newest comment that the metric set names. */
function isWhole(
  { createdAt, latestCommentAt }: CommentRead,
  found: Found,
  comments: readonly ZendeskComment[],
): boolean {
  const [first] = comments;
  const last = comments.at(-1);
  if (found.incomplete || !first || !last) return false;
  return (
    Date.parse(first.created_at) < createdAt.getTime() + SECOND &&
    Date.parse(last.created_at) + SECOND > (latestCommentAt?.getTime() ?? 0)
  );
}

/** A ticket whose comments are to be read, as the export showed it. */
export type CommentRead = typeof commentReads.$inferSelect;

/** Notes the tickets; one that is noted already is noted as it is now. */
export async function addCommentReads(
  db: Queryable,
  reads: readonly { ticket: ZendeskTicket; metrics: Partial<ZendeskMetricSet> | undefined }[],
): Promise<void> {
  if (reads.length === 0) return;
  await db
    .insert(commentReads)
    .values(
      reads.map(({ ticket, metrics }) => ({
        ticketId: ticket.id,
        createdAt: new Date(ticket.created_at),
        updatedAt: new Date(ticket.updated_at),
        replies: metrics?.replies,
        reopens: metrics?.reopens,
        latestCommentAt: metrics?.latest_comment_added_at ? new Date(metrics.latest_comment_added_at) : null,
      })),
    )
    .onConflictDoUpdate({
      target: commentReads.ticketId,
      set: {
        updatedAt: sql`excluded.updated_at`,
        replies: sql`excluded.replies`,
        reopens: sql`excluded.reopens`,
        latestCommentAt: sql`excluded.latest_comment_at`,
      },
    });
}

/** All of them, oldest ticket first. */
export function listCommentReads(db: Database): Promise<CommentRead[]> {
  return db.select().from(commentReads).orderBy(asc(commentReads.createdAt));
}

export async function countCommentReads(db: Database): Promise<number> {
  const [row] = await db.select({ n: count() }).from(commentReads);
  return row?.n ?? 0;
}

export async function deleteCommentReads(db: Queryable, ticketIds: readonly number[]): Promise<void> {
  if (ticketIds.length > 0) await db.delete(commentReads).where(inArray(commentReads.ticketId, [...ticketIds]));
}
