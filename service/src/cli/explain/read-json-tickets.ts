// Which tickets are in a file of JSON Lines?
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { factsFromZendeskTicket } from './facts-from-zendesk-ticket.ts';
import type { TicketInFile } from './ticket-row.ts';
import { BadTicketFile } from './ticket-row.ts';

/**
 * Reads Zendesk tickets, one JSON object a line; empty lines are passed over, and only one line is in memory.
 * @throws BadTicketFile for a line that is no ticket
 */
export async function* readJsonTickets(bytes: Readable, file: string, now: number): AsyncGenerator<TicketInFile> {
  let line = 0;
  let row = 0;
  try {
    for await (const text of createInterface({ input: bytes, crlfDelay: Number.POSITIVE_INFINITY })) {
      line++;
      const json = line === 1 ? text.replace(/^\uFEFF/u, '') : text;
      if (json.trim() === '') continue;
      row++;
      const facts = readTicket(json, row, now, `${file}, line ${line}`);
      yield { row, id: facts.ticketId, facts };
    }
  } finally {
    bytes.destroy();
  }
  if (row === 0) throw new BadTicketFile(`${file} has no tickets: one JSON object a line is needed.`);
}

function readTicket(json: string, row: number, now: number, where: string): TicketInFile['facts'] {
  try {
    return factsFromZendeskTicket(JSON.parse(json), row, now);
  } catch (error) {
    const what = error instanceof SyntaxError ? `this is no JSON (${error.message})` : (error as Error).message;
    throw new BadTicketFile(`${where}: ${what}.`, { cause: error });
  }
}
