// Reads the sorted tickets of a file.
import { type LabelSource, type PastTicket, readPastTickets } from '../../past-tickets/index.ts';

interface ReadTicketFile {
  readonly encoding?: string | undefined;
  readonly labels?: LabelSource | undefined;
  readonly err: (line: string) => void;
}

/** Records reported one by one; further ones are only counted. */
const MOST_REPORTED = 20;

/** A record that is not a ticket is reported and left out. @throws BadTicketFile when the file cannot be read to the end */
export async function readTicketFile(file: string, { err, ...options }: ReadTicketFile): Promise<PastTicket[]> {
  const { tickets } = await readPastTickets(file, options);
  const read: PastTicket[] = [];
  let skipped = 0;
  for await (const ticket of tickets) {
    if (!('problem' in ticket)) read.push(ticket);
    else if (++skipped <= MOST_REPORTED) err(`${ticket.problem}. It was skipped.`);
  }
  if (skipped > MOST_REPORTED) err(`${skipped - MOST_REPORTED} more records were skipped.`);
  return read;
}
