// Reads past tickets from the service's own database.
import { and, asc, count, desc, eq, gt, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { readGroups } from '../../directory/directory.ts';
import { people } from '../../directory/tables.ts';
import type { Database } from '../../platform/storage/database.ts';
import { categoryCorrections } from '../../sidebar/index.ts';
import { categoriesOf, type TicketRow, tickets, tiersOf } from '../../tickets/index.ts';
import type { Chunk, PastTicketChunks } from '../chunks.ts';
import type { NamesById } from '../files/ticket-file.ts';

export interface HistoryOptions {
  /** At most so many tickets, from the oldest; left out: all. */
  readonly limit?: number | undefined;
  /** Names of the fields that conditions read, for `unknown`. */
  readonly asks: ReadonlySet<string>;
  /** What the database does not name: organizations, brands, forms. */
  readonly names: NamesById;
}

export interface PastTicketHistory extends PastTicketChunks {
  /** Tickets whose words were erased, so that they cannot be decided again. They are left out. */
  readonly withoutWords: number;
}

const AT_A_TIME = 1_000;

/**
 * Tickets as they arrived, as far as that is known: without the group, the priority and the tags that the service set, even if they came with
 * the same. Their label is the category that an
 * agent chose in place of the policy's; the others have none. Deleted tickets and spam are left out.
 */
export async function openHistory(db: Database, { limit, asks, names }: HistoryOptions): Promise<PastTicketHistory> {
  const [groups, agents, requesters, sizes] = [
    await readGroups(db),
    await db.select({ id: people.id, email: people.email }).from(people).where(ne(people.role, 'end-user')),
    await db.$count(people, eq(people.role, 'end-user')),
    await db
      .select({ isErased: sql<boolean>`${tickets.erasedAt} IS NOT NULL`, size: count() })
      .from(tickets)
      .where(WANTED)
      .groupBy(sql`1`),
  ];
  const known: NamesById = {
    ...names,
    group: Object.fromEntries([...groups].map(([name, id]) => [String(id), name])),
    assignee: Object.fromEntries(agents.flatMap(({ id, email }) => (email === null ? [] : [[String(id), email]]))),
  };
  const sizeOf = (isErased: boolean): number => sizes.find((one) => one.isErased === isErased)?.size ?? 0;
  const size = Math.min(sizeOf(false), limit ?? Number.POSITIVE_INFINITY);
  let read = 0;
  async function* chunks(): AsyncGenerator<Chunk> {
    const labels = await readChosenCategories(db);
    for (let last = 0; read < size; ) {
      const rows = await readPage(db, { after: last, most: Math.min(AT_A_TIME, size - read) });
      if (rows.length === 0) return;
      const text = rows.map((row) => JSON.stringify(toRecord(row, labels.get(row.ticket.id) ?? null))).join('\n');
      yield { kind: 'lines', file: 'the history', text, firstLine: read + 1, names: known };
      read += rows.length;
      last = rows.at(-1)?.ticket.id ?? last;
    }
  }
  const unnamed = ['organization', 'brand', 'form'].filter((field) => !Object.hasOwn(names, field));
  const unknown = [...unnamed, ...(requesters > 0 ? [] : ['requester', 'requester_email', 'language'])];
  return {
    chunks: chunks(),
    size,
    read: () => read,
    unknown: unknown.filter((field) => asks.has(field)),
    withoutWords: sizeOf(true),
  };
}

const WANTED: SQL | undefined = or(isNull(tickets.gone), eq(tickets.gone, 'merged'));

interface HistoryRow {
  readonly ticket: TicketRow;
  readonly requester: Pick<typeof people.$inferSelect, 'name' | 'email' | 'locale'> | null;
}

const readPage = (db: Database, { after, most }: { after: number; most: number }): Promise<HistoryRow[]> =>
  db
    .select({ ticket: tickets, requester: { name: people.name, email: people.email, locale: people.locale } })
    .from(tickets)
    .leftJoin(people, eq(people.id, tickets.requesterId))
    .where(and(WANTED, isNull(tickets.erasedAt), gt(tickets.id, after)))
    .orderBy(asc(tickets.id))
    .limit(most);

/** By ticket, the category that agents chose last in the sidebar and did not take back. */
export async function readChosenCategories(db: Database): Promise<Map<number, string>> {
  const corrected = await db
    .select({ id: categoryCorrections.ticketId, category: categoryCorrections.toCategory })
    .from(categoryCorrections)
    .where(isNull(categoryCorrections.undoneAt))
    .orderBy(desc(categoryCorrections.correctedAt), desc(categoryCorrections.id));
  const chosen = new Map<number, string>();
  for (const { id, category } of corrected) if (!chosen.has(id)) chosen.set(id, category);
  return chosen;
}

/** As Zendesk's API writes a ticket, with its label. */
function toRecord({ ticket, requester }: HistoryRow, chosen: string | null): object {
  const { wanted } = ticket;
  // Moving a ticket to another group overrides the policy, too, but says nothing about its category.
  const isOverridden = ticket.placedBy === 'human' && wanted !== null && ticket.category !== wanted.category;
  return {
    id: ticket.id,
    subject: ticket.subject,
    description: ticket.description,
    status: ticket.status,
    priority: wanted !== null && wanted.priority === ticket.priority ? null : ticket.priority,
    type: ticket.type,
    via: ticket.via,
    tags: ticket.tags.filter((tag) => !wanted?.tags.includes(tag) && !isPlacement(tag)),
    group_id: wanted !== null && wanted.groupId === ticket.groupId ? null : ticket.groupId,
    assignee_id: ticket.assigneeId,
    organization_id: ticket.organizationId,
    brand_id: ticket.brandId,
    ticket_form_id: ticket.formId,
    custom_fields: Object.entries(ticket.customFields ?? {}).map(([id, value]) => ({ id, value })),
    requester: requester ?? undefined,
    language: requester?.locale ?? null,
    created_at: ticket.createdAt.toISOString(),
    category: chosen ?? (isOverridden ? ticket.category : null),
  };
}

const isPlacement = (tag: string): boolean => categoriesOf([tag]).length + tiersOf([tag]).length > 0;
