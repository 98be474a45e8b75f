// Reads from the database which categories agents chose, and which they left as they were.
import { and, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import { EMPTY_TICKET } from '../../decide/empty-ticket.ts';
import { readWords } from '../../decide/text/read-text.ts';
import { readChosenCategories } from '../../past-tickets/index.ts';
import type { Database } from '../../platform/storage/database.ts';
import type { LabelledTicket } from '../../suggest/index.ts';
import { tickets } from '../../tickets/index.ts';

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
