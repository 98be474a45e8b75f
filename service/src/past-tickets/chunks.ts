// Reads past tickets from a file, and cuts it into chunks, so that several threads can read it.

import { openTicketFile } from './files/open-ticket-file.ts';
import { isLineOfJson, ticketsOfLine } from './files/read-json-tickets.ts';
import { openTextFile } from './files/read-texts.ts';
import {
  BadTicketFile,
  MOST_CHARACTERS,
  type NamesById,
  type TicketInFile,
  type UnreadableRecord,
  withHead,
} from './files/ticket-file.ts';
import { asArrived, DEFAULT_LABELS, type LabelSource, labelOf, type PastTicket } from './past-ticket.ts';

/** Plain data, which can be sent to a thread. */
export type Chunk =
  /** Whole lines, each with one ticket as JSON: parsing them is most of the work of reading. */
  | {
      readonly kind: 'lines';
      readonly file: string;
      readonly text: string;
      readonly firstLine: number;
      /** Behind the ids of its tickets; left out: none is known. */
      readonly names?: NamesById;
    }
  | { readonly kind: 'tickets'; readonly tickets: readonly (PastTicket | UnreadableRecord)[] };

export interface PastTicketChunks {
  /** In the order of the file. Can be read once. */
  readonly chunks: AsyncIterable<Chunk>;
  /** Size of the file in bytes. */
  readonly size: number;
  /** Bytes read so far. */
  readonly read: () => number;
  /** Of the fields that conditions read, those that are empty for every ticket; left out: as for any file. */
  readonly unknown?: readonly string[];
  /** For people: where they come from. */
  readonly source?: string;
  /** Ends what they are read from. */
  readonly close?: () => Promise<void>;
}

interface ReadChunks extends ReadPastTickets {
  /** At most so many tickets, from the first; left out: all. */
  readonly limit?: number | undefined;
}

/** About 2,000 tickets of 40 words. */
const CHARACTERS = 1_000_000;
const TICKETS = 2_000;

/**
 * As `readPastTickets`, in chunks; `ticketsOf` gives their tickets.
 * @throws BadTicketFile when the file cannot be opened, and while reading when it cannot be read to the end
 */
export async function openChunks(file: string, options: ReadChunks = {}): Promise<PastTicketChunks> {
  const { encoding = null, labels = DEFAULT_LABELS, limit = Number.POSITIVE_INFINITY } = options;
  const { texts, ...opened } = await openTextFile(file, encoding);
  const head = await firstLine(texts, file);
  if (isLineOfJson(head.slice(0, endOfLine(head))))
    return { ...opened, chunks: linesIn(withHead(head, texts), file, limit) };
  await texts.return(undefined);
  const { tickets, ...whole } = await openTicketFile(file, { encoding, now: 0 });
  return { ...whole, chunks: ticketsIn(tickets, labels, limit) };
}

/** The tickets of a chunk, in order. Always the same for the same chunk, in whichever thread. */
export function* ticketsOf(
  chunk: Chunk,
  labels: LabelSource = DEFAULT_LABELS,
): Generator<PastTicket | UnreadableRecord> {
  if (chunk.kind === 'tickets') {
    yield* chunk.tickets;
    return;
  }
  let line = chunk.firstLine;
  for (const text of chunk.text.split('\n')) {
    for (const ticket of ticketsOfLine(text, `${chunk.file}, line ${line}`, { row: line, now: 0, names: chunk.names }))
      yield 'problem' in ticket ? ticket : pastTicket(ticket, labels);
    line++;
  }
}

/** The text up to the end of its first line that is not blank; all of it if there is none. */
async function firstLine(texts: AsyncGenerator<string>, file: string): Promise<string> {
  let head = '';
  while (endOfLine(head) === head.length) {
    const next = await texts.next();
    if (next.done) break;
    head += next.value;
    if (head.length > MOST_CHARACTERS)
      throw new BadTicketFile(`Cannot read ${file}: a line is longer than 100 MB; write one ticket per line.`);
  }
  return head;
}

function endOfLine(text: string): number {
  const begin = text.search(/\S/);
  const end = begin === -1 ? -1 : text.indexOf('\n', begin);
  return end === -1 ? text.length : end;
}

async function* linesIn(texts: AsyncGenerator<string>, file: string, limit: number): AsyncGenerator<Chunk> {
  let line = 1;
  let parts: string[] = [];
  let length = 0;
  const take = (text: string): Chunk[] => {
    const lines = linesUpTo(text, limit - (line - 1));
    const chunk = { kind: 'lines', file, text: lines.text, firstLine: line } as const;
    line += lines.count;
    return lines.text === '' ? [] : [chunk];
  };
  for await (const text of texts) {
    parts.push(text);
    length += text.length;
    if (length < CHARACTERS) continue;
    const all = parts.join('');
    const end = all.lastIndexOf('\n');
    if (end === -1 && length > MOST_CHARACTERS)
      throw new BadTicketFile(`Cannot read ${file}: a line is longer than 100 MB; write one ticket per line.`);
    if (end === -1) continue;
    yield* take(all.slice(0, end));
    if (line > limit) return;
    parts = [all.slice(end + 1)];
    length = all.length - end - 1;
  }
  yield* take(parts.join(''));
}

/** At most `most` lines of a text, and how many they are. */
function linesUpTo(text: string, most: number): { text: string; count: number } {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    if (count >= most) return { text: text.slice(0, at), count };
    count++;
  }
  return { text, count };
}

async function* ticketsIn(
  tickets: Awaited<ReturnType<typeof openTicketFile>>['tickets'],
  labels: LabelSource,
  limit: number,
): AsyncGenerator<Chunk> {
  let batch: (PastTicket | UnreadableRecord)[] = [];
  let count = 0;
  for await (const ticket of tickets) {
    if (count++ >= limit) break;
    batch.push('problem' in ticket ? ticket : pastTicket(ticket, labels));
    if (batch.length < TICKETS) continue;
    yield { kind: 'tickets', tickets: batch };
    batch = [];
  }
  if (batch.length > 0) yield { kind: 'tickets', tickets: batch };
}

interface PastTicketFile {
  /** In the order of the file; only the current one is in memory. Can be read once. */
  readonly tickets: AsyncIterable<PastTicket | UnreadableRecord>;
  /** Size of the file in bytes. */
  readonly size: number;
  /** Bytes read so far. */
  readonly read: () => number;
}

interface ReadPastTickets {
  /** The encoding, if known; left out: UTF-8 or UTF-16, detected. */
  readonly encoding?: string | undefined;
  readonly labels?: LabelSource | undefined;
}

/**
 * Opens a CSV file (`message`, or `subject` and `description`) or a JSON file of Zendesk tickets, also gzip.
 * @throws BadTicketFile when it cannot be opened, and while reading when it cannot be read to the end
 */
export async function readPastTickets(file: string, options: ReadPastTickets = {}): Promise<PastTicketFile> {
  const { encoding = null, labels = DEFAULT_LABELS } = options;
  const opened = await openTicketFile(file, { encoding, now: 0 });
  return { ...opened, tickets: pastTickets(opened.tickets, labels) };
}

async function* pastTickets(
  tickets: AsyncIterable<TicketInFile | UnreadableRecord>,
  labels: LabelSource,
): AsyncGenerator<PastTicket | UnreadableRecord> {
  for await (const ticket of tickets) yield 'problem' in ticket ? ticket : pastTicket(ticket, labels);
}

const pastTicket = (ticket: TicketInFile, labels: LabelSource): PastTicket => ({
  id: ticket.id,
  row: ticket.row,
  facts: asArrived(ticket.facts),
  label: labelOf(ticket, labels),
});
