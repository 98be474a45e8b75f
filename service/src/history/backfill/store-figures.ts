// Stores what Zendesk measured of tickets, and has them measured again.
import { getTableColumns, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { categoriesOf, isFinished, readStatus, tiersOf } from '../../tickets/index.ts';
import type { ExportPage, ZendeskMetricSet, ZendeskTicket } from '../../zendesk/zendesk.ts';
import { measuresDue, zendeskFigures } from '../tables.ts';

export interface Range {
  readonly since: Date;
  /** Null: no end. */
  readonly until: Date | null;
}

export interface PageFigures {
  /** Of tickets that were created or solved in the range. */
  readonly figures: readonly NewFigures[];
  /** Deleted and spam. */
  readonly gone: readonly number[];
}

/** What a page of the export has for the range. */
export function figuresIn(page: Pick<ExportPage, 'tickets' | 'metricSets'>, range: Range, readAt: Date): PageFigures {
  const sets = new Map(page.metricSets.map((set) => [set.ticket_id, set]));
  const figures = new Map<number, NewFigures | null>();
  // A ticket that changed while the page was made stands on it twice; the later one is newer.
  for (const ticket of page.tickets) figures.set(ticket.id, figuresOf(ticket, sets.get(ticket.id), readAt));
  const isIn = (at: Date | null | undefined): boolean =>
    at != null && at >= range.since && (range.until === null || at < range.until);
  return {
    figures: [...figures.values()].filter(
      (one) => one !== null && (isIn(one.createdAt) || isIn(one.solvedAt)),
    ) as NewFigures[],
    gone: [...figures].flatMap(([id, one]) => (one === null ? [id] : [])),
  };
}

const COLUMNS = Object.entries(getTableColumns(zendeskFigures)).filter(([key]) => key !== 'ticketId');
const SET: Record<string, SQL> = Object.fromEntries(
  COLUMNS.map(([key, { name }]) => [key, sql`excluded.${sql.identifier(name)}`]),
);
const MEASURED = COLUMNS.filter(([key]) => key !== 'readAt');
const of = (table: string) =>
  sql`(${sql.join(
    MEASURED.map(([, { name }]) => sql`${sql.identifier(table)}.${sql.identifier(name)}`),
    sql`, `,
  )})`;
const DIFFERS = sql`${of('zendesk_figures')} IS DISTINCT FROM ${of('excluded')}`;

/** In one transaction: the figures, and which tickets are to be measured again. Repeating it changes nothing. Returns how many were new or changed. */
export async function storeFigures(db: Database, { figures, gone }: PageFigures): Promise<number> {
  return db.transaction(async (tx) => {
    const changed = figures.length === 0 ? [] : await upsert(tx, figures);
    const removed =
      gone.length === 0
        ? []
        : await tx
            .delete(zendeskFigures)
            .where(inArray(zendeskFigures.ticketId, [...gone]))
            .returning({ ticketId: zendeskFigures.ticketId });
    const due = [...changed, ...removed];
    if (due.length > 0) await tx.insert(measuresDue).values(due);
    return changed.length;
  });
}

function upsert(tx: Queryable, figures: readonly NewFigures[]): Promise<{ ticketId: number }[]> {
  return tx
    .insert(zendeskFigures)
    .values([...figures])
    .onConflictDoUpdate({ target: zendeskFigures.ticketId, set: SET, setWhere: DIFFERS })
    .returning({ ticketId: zendeskFigures.ticketId });
}

/** Of a page that repairs: the tickets whose figures are stored, since Zendesk's count for all that happened before the first import. */
export async function updateFigures(
  db: Database,
  page: Pick<ExportPage, 'tickets' | 'metricSets'>,
  readAt: Date,
): Promise<void> {
  const ids = page.tickets.map(({ id }) => id);
  if (ids.length === 0) return;
  const rows = await db
    .select({ id: zendeskFigures.ticketId })
    .from(zendeskFigures)
    .where(inArray(zendeskFigures.ticketId, ids));
  const known = new Set(rows.map(({ id }) => id));
  const tickets = page.tickets.filter(({ id }) => known.has(id));
  if (tickets.length > 0)
    await storeFigures(db, figuresIn({ ...page, tickets }, { since: new Date(0), until: null }, readAt));
}

type NewFigures = typeof zendeskFigures.$inferInsert;

const NOTHING = { calendar: null, business: null };

/**
 * Null: the ticket is deleted or spam, which the export shows as deleted. Archived tickets may have no metric set: they arrived, and nothing more is known.
 * A merged ticket was answered, but the merge solved nothing.
 */
function figuresOf(ticket: ZendeskTicket, set: Partial<ZendeskMetricSet> | undefined, readAt: Date): NewFigures | null {
  if (ticket.status === 'deleted' || ticket.status === 'scrubbed') return null;
  const isMerged = ticket.tags.includes('closed_by_merge');
  const isSolved = isFinished(readStatus(ticket.status)) && !isMerged;
  const { reply_time_in_minutes: reply = NOTHING, requester_wait_time_in_minutes: wait = NOTHING } = set ?? {};
  const { first_resolution_time_in_minutes: first = NOTHING, full_resolution_time_in_minutes: full = NOTHING } =
    set ?? {};
  const [resolved, solved, waited] = [isMerged ? NOTHING : first, isSolved ? full : NOTHING, isSolved ? wait : NOTHING];
  return {
    ticketId: ticket.id,
    createdAt: new Date(ticket.created_at),
    solvedAt: isSolved && set?.solved_at ? new Date(set.solved_at) : null,
    channel: ticket.via?.channel ?? null,
    category: onlyOne(categoriesOf(ticket.tags)),
    tier: onlyOne(tiersOf(ticket.tags)),
    groupId: ticket.group_id,
    assigneeId: ticket.assignee_id,
    firstReply: reply.calendar,
    firstReplyBusiness: reply.business,
    firstResolution: resolved.calendar,
    firstResolutionBusiness: resolved.business,
    fullResolution: solved.calendar,
    fullResolutionBusiness: solved.business,
    requesterWait: waited.calendar,
    requesterWaitBusiness: waited.business,
    replies: set?.replies ?? 0,
    reopens: isMerged ? 0 : (set?.reopens ?? 0),
    readAt,
  };
}

/** A ticket with tags of two categories has none that could be relied on. */
const onlyOne = (ids: readonly string[]): string | null => (ids.length === 1 ? (ids[0] ?? null) : null);
