// Is a file of tickets CSV or JSON Lines?
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { readCsvTickets } from './read-csv-tickets.ts';
import { readJsonTickets } from './read-json-tickets.ts';
import type { TicketInFile } from './ticket-row.ts';
import { BadTicketFile } from './ticket-row.ts';

export interface TicketFile {
  readonly tickets: AsyncIterable<TicketInFile>;
  /** Size of the file in bytes. */
  readonly size: number;
  /** Bytes read so far. */
  readonly read: () => number;
}

/**
 * Opens a file of tickets: JSON Lines when its first character is `{`, else CSV, whatever its name.
 * @throws BadTicketFile when it cannot be opened
 */
export async function openTicketFile(file: string, now: number): Promise<TicketFile> {
  const { first, size } = await look(file);
  const bytes = createReadStream(file);
  const tickets = first === '{' ? readJsonTickets(bytes, file, now) : readCsvTickets(bytes, file, now);
  return { tickets, size, read: () => bytes.bytesRead };
}

async function look(file: string): Promise<{ first: string; size: number }> {
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(64), position: 0 });
      const first = buffer
        .toString('utf8', 0, bytesRead)
        .replace(/^\uFEFF/u, '')
        .trimStart()
        .slice(0, 1);
      return { first, size };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new BadTicketFile(`Cannot read ${file}: ${explain(error as NodeJS.ErrnoException)}.`, { cause: error });
  }
}

function explain({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EISDIR':
      return 'it is a folder; name the file in it';
    case 'EACCES':
      return 'no right to read it';
    default:
      return message;
  }
}
