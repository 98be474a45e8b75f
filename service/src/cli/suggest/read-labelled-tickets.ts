// Reads the sorted tickets that a suggestion is learnt from: of a file, of the account as it is cached, or those whose category agents corrected.
import { and, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import { EMPTY_TICKET } from '../../decide/empty-ticket.ts';
import { readWords } from '../../decide/text/read-text.ts';
import {
  type LabelSource,
  type PastTicket,
  type PastTicketChunks,
  readChosenCategories,
  readPastTickets,
  ticketsOf,
} from '../../past-tickets/index.ts';
import type { Database } from '../../platform/storage/database.ts';
import type { LabelledTicket } from '../../suggest/index.ts';
import { tickets } from '../../tickets/index.ts';

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

/**
 * Tickets whose category an agent corrected, with the last one chosen that was not undone, and solved tickets that nobody corrected. Those
 * whose words were erased are left out.
 */
export async function readCorrections(db: Database): Promise<LabelledTicket[]> {
  const chosen = await readChosenCategories(db);
  const rows = await db
    .select({
      id: tickets.id,
      subject: tickets.subject,
      description: tickets.description,
      via: tickets.via,
      category: tickets.category,
    })
    .from(tickets)
    .where(
      and(
        isNull(tickets.erasedAt),
        or(
          chosen.size > 0 ? inArray(tickets.id, [...chosen.keys()]) : undefined,
          and(inArray(tickets.status, ['solved', 'closed']), isNotNull(tickets.category), isNull(tickets.gone)),
        ),
      ),
    )
    .orderBy(tickets.id);
  return rows.map(({ id, subject, description, via, category }) => ({
    facts: { ...EMPTY_TICKET, ticketId: id, ...readWords(subject, description, null), via },
    label: chosen.get(id) ?? category,
  }));
}
