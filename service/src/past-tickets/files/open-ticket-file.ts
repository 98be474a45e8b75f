// Opens a file of tickets: CSV or JSON, whatever its name.
import { readCsvTickets } from './read-csv-tickets.ts';
import { readJsonTickets } from './read-json-tickets.ts';
import { openTextFile } from './read-texts.ts';
import { type TicketInFile, type UnreadableRecord, withHead } from './ticket-file.ts';

interface TicketFile {
  readonly tickets: AsyncIterable<TicketInFile | UnreadableRecord>;
  /** Size of the file in bytes. */
  readonly size: number;
  /** Bytes read so far. */
  readonly read: () => number;
}

interface OpenTicketFile {
  /** The encoding, if known; null: UTF-8 or UTF-16, detected. */
  readonly encoding: string | null;
  /** Epoch milliseconds: when the tickets are decided, and the creation time of those that have none. */
  readonly now: number;
}

/**
 * Opens a file of tickets: JSON if its first character is `{` or `[`, otherwise CSV, whatever its name.
 * @throws BadTicketFile when it cannot be opened, and while reading when it cannot be read to the end
 */
export async function openTicketFile(file: string, { encoding, now }: OpenTicketFile): Promise<TicketFile> {
  const { texts, size, read } = await openTextFile(file, encoding);
  const head = await firstText(texts);
  const whole = withHead(head, texts);
  const tickets = /^\s*[[{]/.test(head) ? readJsonTickets(whole, file, now) : readCsvTickets(whole, file, now);
  return { tickets, size, read };
}

/** The beginning of the text up to the first non-blank character; all of it if there is none. */
async function firstText(texts: AsyncGenerator<string>): Promise<string> {
  let head = '';
  while (head.trim() === '') {
    const next = await texts.next();
    if (next.done) break;
    head += next.value;
  }
  return head;
}

/** The REST API gives these by id only, and a CSV does not have them. */
const BY_ID_ONLY = ['group', 'assignee', 'organization', 'brand', 'form', 'language'];

/** Of the fields that a policy's conditions read, those that are empty for every ticket of a file. */
export function unknownInFiles(asks: ReadonlySet<string>): readonly string[] {
  return BY_ID_ONLY.filter((field) => asks.has(field));
}
