// Imports comments of tickets: from the export of ticket events, or by single reads.

import { inParallel } from '../../platform/do-each.ts';
import { aboutError } from '../../platform/errors/about-error.ts';
import { ZendeskError, type ZendeskTicket } from '../../zendesk/zendesk.ts';
import type { PipelineDeps } from '../process/deps.ts';
import { importTicket, isOver, readKnown, readOneConversation, TICKETS_AT_ONCE } from './import-ticket.ts';
import {
  type CommentRead,
  type Conversation,
  deleteCommentReads,
  listCommentReads,
  readConversations,
} from './read-conversations.ts';
import { toUnreadableRecord } from './reread-ticket.ts';
import { type DeadLetteredRecord, deadLetterRecords, deleteRecordsOfTickets } from './unreadable-records.ts';

/** `show_many` takes 100 ids. */
const AT_A_TIME = 100;

interface Waiting {
  read: CommentRead;
  /** Null: to be read by itself. */
  conversation: Conversation | null;
}

export interface ImportedConversations {
  pages: number;
  done: number;
  of: number;
  decided: number;
}

/**
 * Reads the comments of all tickets that are noted, and takes each in as it is now. What is done is noted no more, so that an interruption
 * costs no ticket. `onProgress` hears after each page and each hundred tickets. Aborted, it ends after those in hand. Throws `ZendeskError`.
 */
export async function importConversations(
  deps: PipelineDeps,
  cause: 'import' | 'repair',
  onProgress: (taken: ImportedConversations) => Promise<void>,
  signal?: AbortSignal,
): Promise<ImportedConversations> {
  const reads = await listCommentReads(deps.db);
  const taken: ImportedConversations = { pages: 0, done: 0, of: reads.length, decided: 0 };
  const waiting = new Map<number, Waiting>();
  const others = new Map(reads.map((read) => [read.ticketId, read]));

  async function takeWaiting(least: number): Promise<void> {
    while (waiting.size >= least) {
      if (signal?.aborted) return;
      const batch = [...waiting.values()].slice(0, AT_A_TIME);
      taken.decided += await takeBatch(deps, cause, batch, signal);
      if (signal?.aborted) return;
      for (const { read } of batch) waiting.delete(read.ticketId);
      taken.done += batch.length;
      await onProgress(taken);
    }
  }

  try {
    for await (const { whole } of readConversations(deps.zendesk, reads, deps.clock)) {
      taken.pages += 1;
      for (const { read, conversation } of whole) {
        others.delete(read.ticketId);
        waiting.set(read.ticketId, { read, conversation });
      }
      await onProgress(taken);
      await takeWaiting(AT_A_TIME);
      if (signal?.aborted) return taken;
    }
  } catch (error) {
    if (!(error instanceof ZendeskError) || error.concernsAll || error.kind === 'busy') throw error;
    deps.logger.warn(
      aboutError(error),
      'The export of ticket events could not be read; comments are read one ticket at a time, which takes longer',
    );
  }
  for (const read of others.values()) waiting.set(read.ticketId, { read, conversation: null });
  await takeWaiting(1);
  return taken;
}

/** Gives back how many had something to decide. */
async function takeBatch(
  deps: PipelineDeps,
  cause: 'import' | 'repair',
  batch: readonly Waiting[],
  signal: AbortSignal | undefined,
): Promise<number> {
  const { db, zendesk } = deps;
  const ids = batch.map(({ read }) => read.ticketId);
  const shown = new Map((await zendesk.showTickets(ids)).map((ticket) => [ticket.id, ticket]));
  const known = await readKnown(db, ids);
  const unreadable: DeadLetteredRecord[] = [];
  let decided = 0;
  const takeOne = async ({ read, conversation }: Waiting): Promise<void> => {
    const { ticketId, replies, reopens } = read;
    const metrics = replies === null || reopens === null ? undefined : { replies, reopens };
    const ticket = shown.get(ticketId);
    const before = known.get(ticketId);
    // Deleted or over meanwhile: the export tells of it next.
    if (!ticket || (!before && isOver(ticket))) return;
    try {
      const said = isAsRead(ticket, conversation) ? conversation : await readOneConversation(deps, ticketId);
      if (said === null) return;
      const exported = { ticket, metrics, before, cause };
      if (await importTicket(deps, exported, said)) decided += 1;
    } catch (error) {
      unreadable.push(await toUnreadableRecord(deps, ticketId, error));
    }
  };
  await inParallel(batch, TICKETS_AT_ONCE, takeOne, signal);
  if (signal?.aborted) return decided;
  await deadLetterRecords(db, unreadable);
  await deleteRecordsOfTickets(
    db,
    [...shown.keys()].filter((id) => !unreadable.some(({ ticketId }) => ticketId === id)),
  );
  await deleteCommentReads(db, ids);
  return decided;
}

/** Nothing happened to the ticket since its comments were read. */
const isAsRead = (ticket: ZendeskTicket, conversation: Conversation | null): boolean =>
  conversation !== null && Date.parse(ticket.updated_at) <= conversation.asOf.getTime();
