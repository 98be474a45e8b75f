// Reads the sorted tickets of a file, or of the account as it is cached on this machine.
import {
  type LabelSource,
  type PastTicket,
  type PastTicketChunks,
  readPastTickets,
  ticketsOf,
} from '../../past-tickets/index.ts';

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

/** Those of the account, whose labels are tags or a field: `category__` unless others are named. */
export async function readCachedTickets(
  { chunks }: PastTicketChunks,
  labels: LabelSource = OUR_TAGS,
): Promise<PastTicket[]> {
  const read: PastTicket[] = [];
  for await (const chunk of chunks)
    for (const ticket of ticketsOf(chunk, labels)) if (!('problem' in ticket)) read.push(ticket);
  return read;
}

const OUR_TAGS: LabelSource = { by: 'tags', prefix: 'category__' };
