// Reads the export of tickets: all of them at first, then changes that no webhook reported.

import { inParallel } from '../../platform/do-each.ts';
import { withSessionLock } from '../../platform/storage/database.ts';
import { ticketIdOf } from '../../zendesk/unreadable-record.ts';
import { type ExportPage, ZendeskError } from '../../zendesk/zendesk.ts';
import type { PipelineDeps } from '../process/deps.ts';
import {
  describeProgress,
  type ExportPosition,
  type ImportProgress,
  readExportPosition,
  saveExportPosition,
} from './export-position.ts';
import { importConversations } from './import-conversations.ts';
import {
  type Exported,
  importTicket,
  isOver,
  needsComments,
  readKnown,
  readOneConversation,
  TICKETS_AT_ONCE,
} from './import-ticket.ts';
import { addCommentReads, countCommentReads } from './read-conversations.ts';
import { retryDueRecords, toUnreadableRecord } from './reread-ticket.ts';
import { deadLetterRecords, deleteRecordsOfTickets } from './unreadable-records.ts';

/** The export leaves out the last minute, and clocks differ. */
const EXPORT_LAG_MS = 10 * 60_000;
/** Any fixed number, the same in every process. */
const LOCK = 4_600_460_047;
/** So few tickets have their comments read one by one, and at once. */
const FEW = 20;

interface ImportSummary {
  pages: number;
  tickets: number;
  decided: number;
}

/**
 * Follows Zendesk's incremental export from the saved cursor to its end and decides what differs from the projection. The first
 * run fills the projection; later runs repair what webhooks missed. The cursor is saved after each page, so a crash repeats at most one.
 * Tickets whose comments are needed are noted and taken in at the end, with comments that are read in bulk; a few are taken in at once.
 * Only one process follows it at a time; another finds nothing to do. Aborted, it ends after the tickets in hand. Throws `ZendeskError`.
 * The export leaves out the last minute, which the next run brings.
 */
export async function importTickets(deps: PipelineDeps, signal?: AbortSignal): Promise<ImportSummary> {
  const followed = await withSessionLock(deps.db, LOCK, async () => {
    await retryDueRecords(deps, signal);
    return followExport(deps, signal);
  });
  return followed ?? { pages: 0, tickets: 0, decided: 0 };
}

async function followExport(deps: PipelineDeps, signal: AbortSignal | undefined): Promise<ImportSummary> {
  const { db, zendesk, clock, logger } = deps;
  const summary: ImportSummary = { pages: 0, tickets: 0, decided: 0 };
  let position = await readExportPosition(db);
  const { imported } = position;
  const cause = imported ? 'repair' : 'import';
  const report = reportProgress(deps, position.progress);
  const save = (): Promise<void> =>
    saveExportPosition(db, position.imported ? position : { ...position, progress: report.current() });

  for (let atEnd = false; !atEnd; ) {
    const page = await zendesk.exportTickets(position.cursor === null ? { startTime: 0 } : { cursor: position.cursor });
    atEnd = page.endOfStream || page.cursor === null;
    // Only a long import is worth the question.
    if (!imported && !atEnd && summary.pages === 0) report.setTotal(await countTickets(deps));
    summary.pages += 1;
    summary.tickets += page.tickets.length;
    summary.decided += await takePage(deps, page, position, signal);
    if (signal?.aborted) return summary;
    for (const { onExportPage } of deps.hooks) await onExportPage?.(db, page, { isFirstImport: !imported });
    report.addPage(page.tickets.length);
    position = { ...position, cursor: page.cursor ?? position.cursor, readAt: clock() };
    if (!atEnd) await save();
  }
  // Saved together with what was noted; only then the import may count as done.
  position = { ...position, imported: imported || (await countCommentReads(db)) === 0 };
  await save();
  const taken = await importConversations(
    deps,
    cause,
    async (soFar) => {
      if (imported) return;
      report.setConversations(soFar);
      await save();
    },
    signal,
  );
  summary.decided += taken.decided;
  if (signal?.aborted) return summary;
  if (!position.imported) {
    position = { ...position, imported: true };
    await save();
  }
  if (!imported) logger.info(report.current(), `The first import is done: ${describeProgress(report.current())}`);
  return summary;
}

/** Null: Zendesk does not tell. */
async function countTickets({ zendesk }: PipelineDeps): Promise<number | null> {
  try {
    return await zendesk.countTickets();
  } catch (error) {
    if (error instanceof ZendeskError) return null;
    throw error;
  }
}

/** Gives back how many tickets had something to decide. */
async function takePage(
  deps: PipelineDeps,
  page: ExportPage,
  position: ExportPosition,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { db, logger } = deps;
  const cause = position.imported ? 'repair' : 'import';
  const bornAfter = position.imported ? position.readAt - EXPORT_LAG_MS : Number.POSITIVE_INFINITY;
  const ids = page.tickets.map(({ id }) => id);
  const known = await readKnown(db, ids);
  const metrics = new Map(page.metricSets.map((set) => [set.ticket_id, set]));
  const exported = page.tickets
    .map((ticket): Exported => ({ ticket, metrics: metrics.get(ticket.id), before: known.get(ticket.id), cause }))
    .filter(({ ticket, before }) => {
      // Old solved tickets need nothing; a ticket created as solved since the last run, which no webhook reported, may get a survey.
      const isBornSolved = ticket.status !== 'deleted' && Date.parse(ticket.created_at) > bornAfter;
      return before !== undefined || !isOver(ticket) || isBornSolved;
    });
  const noted = new Set(exported.filter(needsComments));
  const areFew = noted.size <= FEW && page.endOfStream && (noted.size === 0 || (await countCommentReads(db)) === 0);
  const unreadable = (page.unreadable ?? []).map((record) => ({ ...record, ticketId: ticketIdOf(record) }));
  let decided = 0;
  const takeOne = async (one: (typeof exported)[number]): Promise<void> => {
    const readsComments = noted.has(one);
    if (readsComments && !areFew) return;
    try {
      const conversation = readsComments ? await readOneConversation(deps, one.ticket.id) : null;
      if (readsComments && conversation === null) return;
      if (await importTicket(deps, one, conversation)) decided += 1;
    } catch (error) {
      unreadable.push(await toUnreadableRecord(deps, one.ticket.id, error));
    }
  };
  await inParallel(exported, TICKETS_AT_ONCE, takeOne, signal);
  if (signal?.aborted) return decided;
  if (!areFew) await addCommentReads(db, [...noted]);
  await deleteRecordsOfTickets(
    db,
    ids.filter((id) => !unreadable.some(({ ticketId }) => ticketId === id)),
  );
  await deadLetterRecords(db, unreadable);
  if (unreadable.length > 0)
    logger.error(
      { records: unreadable.slice(0, 10), count: unreadable.length },
      'Tickets of the export could not be processed and were dead-lettered; `deskwright failed` lists them',
    );
  return decided;
}

/** Lines in the log of an import that takes hours. */
const LOG_EVERY_MS = 60_000;

interface ProgressReport {
  addPage(tickets: number): void;
  setTotal(tickets: number | null): void;
  /** `pages`: of comments, in all. */
  setConversations(taken: { done: number; of: number; pages: number }): void;
  current(): ImportProgress;
}

/** Continues from `before`, where the import was interrupted; the pace is that of this process. */
function reportProgress(
  { clock, logger }: Pick<PipelineDeps, 'clock' | 'logger'>,
  before: ImportProgress | undefined,
): ProgressReport {
  const progress: ImportProgress = {
    pages: before?.pages ?? 0,
    tickets: before?.tickets ?? 0,
    ofTickets: before?.ofTickets ?? null,
    conversations: null,
    minutesLeft: null,
  };
  let began = { at: clock(), done: progress.tickets };
  let pagesOfComments: number | null = null;
  let loggedAt = clock();

  function report(done: number, of: number | null): void {
    const pace = (done - began.done) / Math.max(clock() - began.at, 1);
    progress.minutesLeft = of === null || of <= done || pace <= 0 ? null : Math.ceil((of - done) / pace / 60_000);
    if (clock() - loggedAt < LOG_EVERY_MS) return;
    loggedAt = clock();
    logger.info({ ...progress }, `The first import continues: ${describeProgress(progress)}`);
  }

  return {
    addPage: (tickets) => {
      progress.pages += 1;
      progress.tickets += tickets;
      report(progress.tickets, progress.ofTickets);
    },
    setTotal: (tickets) => {
      progress.ofTickets = tickets;
    },
    setConversations: ({ done, of, pages }) => {
      if (pagesOfComments === null) began = { at: clock(), done };
      progress.pages += pages - (pagesOfComments ?? 0);
      pagesOfComments = pages;
      progress.conversations = { done, of };
      report(done, of);
    },
    current: () => ({ ...progress }),
  };
}
