// Reads past tickets from a file.
import { openTicketFile } from './files/open-ticket-file.ts';
import type { TicketInFile, UnreadableRecord } from './files/ticket-file.ts';
import { asArrived, DEFAULT_LABELS, type LabelSource, labelOf, type PastTicket } from './past-ticket.ts';

interface PastTicketFile {
  /** In the order of the file; only the current one is in memory. Can be read once. */
  readonly tickets: AsyncIterable<PastTicket | UnreadableRecord>;
  /** Size of the file in bytes. */
  readonly size: number;
  /** Bytes read so far. */
  readonly read: () => number;
}

export interface ReadPastTickets {
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

export const pastTicket = (ticket: TicketInFile, labels: LabelSource): PastTicket => ({
  id: ticket.id,
  row: ticket.row,
  facts: asArrived(ticket.facts),
  label: labelOf(ticket, labels),
});
