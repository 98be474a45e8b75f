// Which tickets are in a CSV file?
import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { factsFromMessage } from './facts-from-message.ts';
import type { TicketInFile } from './ticket-row.ts';
import { BadTicketFile } from './ticket-row.ts';

const COLUMNS = 'a column "message", or "subject" and "description"';

interface Parsed {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

/**
 * Reads tickets row by row; only what is being read is in memory. The first line names the columns: `message`, or
 * `subject` and `description` (one of the two is enough); `id` is used if it is there, others are ignored.
 * @throws BadTicketFile for a file without such columns and for a row that is no CSV
 */
export async function* readCsvTickets(bytes: Readable, file: string, now: number): AsyncGenerator<TicketInFile> {
  const parser = parse({
    bom: true,
    columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
    info: true,
    skip_empty_lines: true,
  });
  bytes.once('error', (error) => parser.destroy(error));
  bytes.pipe(parser);
  let row = 0;
  try {
    for await (const { record } of parser as AsyncIterable<Parsed>) {
      if (++row === 1) checkColumns(Object.keys(record), file);
      const { id } = record;
      const ticketId = id !== undefined && /^\d{1,15}$/.test(id.trim()) ? Number(id) : row;
      yield {
        row,
        id: id === undefined ? null : ticketId === Number(id) ? ticketId : id,
        facts: factsFromMessage(record, ticketId, now),
      };
    }
  } catch (error) {
    if (error instanceof CsvError)
      throw new BadTicketFile(`${file}, line ${String(error['lines'])}: ${error.message}`, { cause: error });
    throw error;
  } finally {
    bytes.destroy();
  }
  if (row === 0)
    throw new BadTicketFile(`${file} has no tickets: a first line with ${COLUMNS} and at least one row are needed.`);
}

function checkColumns(names: readonly string[], file: string): void {
  if (['message', 'subject', 'description'].some((name) => names.includes(name))) return;
  throw new BadTicketFile(`${file}, line 1: there must be ${COLUMNS}; there are ${names.join(', ')}.`);
}
