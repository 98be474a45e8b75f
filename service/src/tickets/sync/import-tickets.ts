// Reads from the export what no webhook reported.
import { eq, getTableColumns, inArray, max, sql } from 'drizzle-orm';
import type { Database } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';
import { withSessionLock } from '../../platform/storage/with-session-lock.ts';
import { ticketIdOf } from '../../zendesk/odd-record.ts';
import {
  type ExportPage,
  type ZendeskComment,
  ZendeskError,
  type ZendeskMetricSet,
  type ZendeskTicket,
} from '../../zendesk/zendesk.ts';
import { decideTicket } from '../process/decide-ticket.ts';
import type { PipelineDeps } from '../process/deps.ts';
import { lastSolveOf } from '../process/last-solve.ts';
import { isScrubbed, observationFromRest, readStatus } from '../process/observation.ts';
import { type Compared, differs } from '../process/project.ts';
import { authorsOfTicket } from '../process/who-wrote.ts';
import { isFinished } from '../projection/apply-snapshot.ts';
import { followErased } from '../projection/follow-erased.ts';
import { snapshotFromRest } from '../projection/snapshot-from-rest.ts';
import type { TicketSnapshot } from '../projection/ticket-row.ts';
import { comments, tickets } from '../tables.ts';
import { forgetTickets, setAside } from './odd-records.ts';
import { oddBecauseOf, retrySetAside } from './retry-set-aside.ts';

/** Where the export stands: `imported` once it has reached the end for the first time. */
interface ExportPosition {
  cursor: string | null;
  imported: boolean;
  /** Epoch milliseconds of the last page read. */
  readAt: number;
}

/** The export leaves out the last minute, and clocks differ. */
const EXPORT_LAG_MS = 10 * 60_000;
/** Zendesk's stamps have whole seconds. */
const SECOND = 1_000;
const KEY = 'export';
/** Any fixed number, the same in every process. */
const LOCK = 4_600_460_047;
/** Each ticket is a transaction of its own; a few at once keep PostgreSQL busy without starving the webhooks. */
const AT_ONCE = 4;

export interface ImportSummary {
  pages: number;
  tickets: number;
  decided: number;
}

/**
 * Follows Zendesk's incremental export from the saved cursor to its end and decides what differs from the projection. The first
 * run fills the projection; later runs repair what webhooks lost. The cursor is saved after each page, so a crash repeats at most one.
 * Only one process follows it at a time; another finds nothing to do. Aborted, it ends after the tickets in hand. Throws `ZendeskError`. The export leaves out the last minute, which the next run brings.
 */
export async function importTickets(deps: PipelineDeps, signal?: AbortSignal): Promise<ImportSummary> {
  const followed = await withSessionLock(deps.db, LOCK, async () => {
    await retrySetAside(deps, signal);
    return followExport(deps, signal);
  });
  return followed ?? { pages: 0, tickets: 0, decided: 0 };
}

async function followExport(deps: PipelineDeps, signal: AbortSignal | undefined): Promise<ImportSummary> {
  const summary: ImportSummary = { pages: 0, tickets: 0, decided: 0 };
  let position = await readExportPosition(deps.db);
  for (;;) {
    const page = await deps.zendesk.exportTickets(
      position.cursor === null ? { startTime: 0 } : { cursor: position.cursor },
    );
    summary.pages += 1;
    summary.tickets += page.tickets.length;
    summary.decided += await takePage(deps, page, position, signal);
    if (signal?.aborted) return summary;
    position = {
      cursor: page.cursor ?? position.cursor,
      imported: position.imported || page.endOfStream,
      readAt: deps.clock(),
    };
    await saveExportPosition(deps.db, position);
    if (page.endOfStream || page.cursor === null) return summary;
  }
}

async function takePage(
  deps: PipelineDeps,
  page: ExportPage,
  position: ExportPosition,
  signal: AbortSignal | undefined,
): Promise<number> {
  const cause = position.imported ? 'repair' : 'import';
  const bornAfter = position.imported ? position.readAt - EXPORT_LAG_MS : Number.POSITIVE_INFINITY;
  const known = await readKnown(
    deps.db,
    page.tickets.map(({ id }) => id),
  );
  const metrics = new Map(page.metricSets.map((set) => [set.ticket_id, set]));
  const waiting = [...page.tickets];
  const odd = (page.odd ?? []).map((record) => ({ ...record, ticketId: ticketIdOf(record) }));
  let decided = 0;
  async function work(): Promise<void> {
    for (let ticket = waiting.shift(); ticket; ticket = waiting.shift()) {
      if (signal?.aborted) return;
      const { id } = ticket;
      // Old solved tickets ask nothing of us; one born solved since we looked last, of which no webhook told, may be asked about.
      const isBornSolved = ticket.status !== 'deleted' && Date.parse(ticket.created_at) > bornAfter;
      if (!known.has(id) && isOver(ticket) && !isBornSolved) continue;
      try {
        if (await takeTicketOf(deps, ticket, metrics.get(id), known.get(id), cause)) decided += 1;
      } catch (error) {
        odd.push(await oddBecauseOf(deps, id, error));
      }
    }
  }
  // All are waited for: one that still ran after our end would meet a database that is closed.
  for (const worker of await Promise.allSettled(Array.from({ length: AT_ONCE }, work)))
    if (worker.status === 'rejected') throw worker.reason;
  await forgetTickets(
    deps.db,
    page.tickets.map(({ id }) => id).filter((id) => !odd.some(({ ticketId }) => ticketId === id)),
  );
  await setAside(deps.db, odd);
  if (odd.length > 0)
    deps.logger.error(
      { records: odd.slice(0, 10), count: odd.length },
      'Tickets of the export could not be taken in and were set aside; `deskwright failed` lists them',
    );
  return decided;
}

/** Whether the ticket had something to decide. */
async function takeTicketOf(
  deps: PipelineDeps,
  ticket: ZendeskTicket,
  metrics: ZendeskMetricSet | undefined,
  before: Known | undefined,
  cause: 'import' | 'repair',
): Promise<boolean> {
  if (before?.erasedAt) {
    const shown = snapshotFromRest(ticket, new Date(deps.clock()));
    await followErased(deps.db, { ...shown, status: readStatus(shown.status) });
    return false;
  }
  // What was deleted for good is erased, however much later we saw the ticket to be gone.
  if (before && new Date(ticket.updated_at) < before.updatedAt && !isScrubbed(ticket)) return false;
  const conversation = await readComments(deps, ticket, metrics, before, cause).catch(goneMeanwhile);
  if (conversation === 'gone') return false;
  const readAt = new Date(deps.clock());
  const authorOf = await authorsOfTicket(deps, ticket, conversation ?? [], metrics?.replies);
  const hasMissed =
    conversation !== null ||
    (before !== undefined && (new Date(ticket.updated_at) > before.updatedAt || hasMissedSolve(before, metrics)));
  const solvedAt = hasMissed
    ? await lastSolveOf(deps, ticket, { comments: conversation, authorOf, reopens: metrics?.reopens })
    : null;
  const observation = observationFromRest(ticket, cause, null, conversation, authorOf, readAt, solvedAt);
  return (await decideTicket(deps, observation)) !== 'known';
}

/** Deleted since the page was made: a later page tells so. */
function goneMeanwhile(error: unknown): 'gone' {
  if (error instanceof ZendeskError && error.kind === 'not_found') return 'gone';
  throw error;
}

/** The export lists tickets too that were deleted, archived or emptied of their words. */
const isOver = ({ status }: ZendeskTicket): boolean => isFinished(readStatus(status));

/**
 * A customer waits since a question that a solve may have ended: Zendesk knows the ticket as reopened, or solved later than the last solve
 * that we heard of. All that came after it may have been told.
 */
function hasMissedSolve({ waitingSince, waitEndedAt }: Known, metrics: ZendeskMetricSet | undefined): boolean {
  if (waitingSince === null || !metrics || metrics.reopens === 0) return false;
  if (waitEndedAt === null) return true;
  return metrics.solved_at !== null && Date.parse(metrics.solved_at) - SECOND > waitEndedAt.getTime();
}

/** What the projection holds that the export shows, and when the newest comment came. */
interface Known extends Compared {
  updatedAt: Date;
  erasedAt: Date | null;
  waitingSince: Date | null;
  waitEndedAt: Date | null;
  lastCommentAt: Date | null;
}

/**
 * Comments cost a read a ticket. At import only tickets that somebody has answered or reopened need them (the others wait since they were
 * created); at repair those with a comment that no webhook told us of, and those that were changed in nothing that shows here: a comment
 * may have been made private or redacted.
 */
async function readComments(
  deps: PipelineDeps,
  ticket: ZendeskTicket,
  metrics: ZendeskMetricSet | undefined,
  before: Known | undefined,
  cause: 'import' | 'repair',
): Promise<ZendeskComment[] | null> {
  if (isOver(ticket)) return null;
  const answered = (metrics?.replies ?? 0) > 0;
  const reopened = (metrics?.reopens ?? 0) > 0;
  if (!before) return answered || reopened ? deps.zendesk.listComments(ticket.id) : null;
  const newest = metrics?.latest_comment_added_at;
  // Zendesk's stamp has whole seconds, ours may have milliseconds of the same second.
  const missed = newest ? new Date(newest).getTime() > (before.lastCommentAt?.getTime() ?? 0) : answered;
  const unseen = cause === 'repair' && isChangedUnseen(before, snapshotFromRest(ticket, new Date(ticket.updated_at)));
  return unseen || (missed && (cause === 'repair' || answered)) ? deps.zendesk.listComments(ticket.id) : null;
}

/** Something changed that no webhook told us of, and it is none of the ticket's own fields. */
const isChangedUnseen = (before: Known, shown: TicketSnapshot): boolean =>
  shown.updatedAt > before.updatedAt && !differs(before, { ...shown, gone: before.gone });

async function readKnown(db: Database, ids: readonly number[]): Promise<Map<number, Known>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ ...getTableColumns(tickets), lastCommentAt: max(comments.createdAt) })
    .from(tickets)
    .leftJoin(comments, eq(comments.ticketId, tickets.id))
    .where(inArray(tickets.id, [...ids]))
    .groupBy(tickets.id);
  return new Map(rows.map((row) => [row.id, row]));
}

async function readExportPosition(db: Database): Promise<ExportPosition> {
  const [row] = await db.select().from(settings).where(eq(settings.key, KEY));
  return (row?.value as ExportPosition | undefined) ?? { cursor: null, imported: false, readAt: 0 };
}

/** Whether the export has been followed to its end once: from then on it only repairs. */
export async function isImported(db: Database): Promise<boolean> {
  return (await readExportPosition(db)).imported;
}

async function saveExportPosition(db: Database, value: ExportPosition): Promise<void> {
  await db
    .insert(settings)
    .values({ key: KEY, value })
    .onConflictDoUpdate({ target: settings.key, set: { value, changedAt: sql`now()` } });
}
