// Stores what Zendesk measured of tickets, and has them measured again.
import { getTableColumns, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import type { ExportPage } from '../../zendesk/zendesk.ts';
import { measuresDue, zendeskFigures } from '../tables.ts';
import { figuresOf, type NewFigures } from './figures-of.ts';

export interface Range {
  readonly since: Date;
  /** Null: no end. */
  readonly until: Date | null;
}

export interface PageFigures {
  /** Of tickets that were created or solved in the range. */
  readonly figures: readonly NewFigures[];
  /** Deleted and spam. */
  readonly gone: readonly number[];
}

/** What a page of the export has for the range. */
export function figuresIn(page: Pick<ExportPage, 'tickets' | 'metricSets'>, range: Range, readAt: Date): PageFigures {
  const sets = new Map(page.metricSets.map((set) => [set.ticket_id, set]));
  const figures = new Map<number, NewFigures | null>();
  // A ticket that changed while the page was made stands on it twice; the later one is newer.
  for (const ticket of page.tickets) figures.set(ticket.id, figuresOf(ticket, sets.get(ticket.id), readAt));
  const isIn = (at: Date | null | undefined): boolean =>
    at != null && at >= range.since && (range.until === null || at < range.until);
  return {
    figures: [...figures.values()].filter(
      (one) => one !== null && (isIn(one.createdAt) || isIn(one.solvedAt)),
    ) as NewFigures[],
    gone: [...figures].flatMap(([id, one]) => (one === null ? [id] : [])),
  };
}

const COLUMNS = Object.entries(getTableColumns(zendeskFigures)).filter(([key]) => key !== 'ticketId');
const SET: Record<string, SQL> = Object.fromEntries(
  COLUMNS.map(([key, { name }]) => [key, sql`excluded.${sql.identifier(name)}`]),
);
const MEASURED = COLUMNS.filter(([key]) => key !== 'readAt');
const of = (table: string) =>
  sql`(${sql.join(
    MEASURED.map(([, { name }]) => sql`${sql.identifier(table)}.${sql.identifier(name)}`),
    sql`, `,
  )})`;
const DIFFERS = sql`${of('zendesk_figures')} IS DISTINCT FROM ${of('excluded')}`;

/** In one transaction: the figures, and which tickets are to be measured again. Repeating it changes nothing. Returns how many were new or changed. */
export async function storeFigures(db: Database, { figures, gone }: PageFigures): Promise<number> {
  return db.transaction(async (tx) => {
    const changed = figures.length === 0 ? [] : await upsert(tx, figures);
    const removed =
      gone.length === 0
        ? []
        : await tx
            .delete(zendeskFigures)
            .where(inArray(zendeskFigures.ticketId, [...gone]))
            .returning({ ticketId: zendeskFigures.ticketId });
    const due = [...changed, ...removed];
    if (due.length > 0) await tx.insert(measuresDue).values(due);
    return changed.length;
  });
}

function upsert(tx: Queryable, figures: readonly NewFigures[]): Promise<{ ticketId: number }[]> {
  return tx
    .insert(zendeskFigures)
    .values([...figures])
    .onConflictDoUpdate({ target: zendeskFigures.ticketId, set: SET, setWhere: DIFFERS })
    .returning({ ticketId: zendeskFigures.ticketId });
}

/** Of a page that repairs: the tickets whose figures are stored, since Zendesk's count for all that happened before the first import. */
export async function updateFigures(
  db: Database,
  page: Pick<ExportPage, 'tickets' | 'metricSets'>,
  readAt: Date,
): Promise<void> {
  const ids = page.tickets.map(({ id }) => id);
  if (ids.length === 0) return;
  const rows = await db
    .select({ id: zendeskFigures.ticketId })
    .from(zendeskFigures)
    .where(inArray(zendeskFigures.ticketId, ids));
  const known = new Set(rows.map(({ id }) => id));
  const tickets = page.tickets.filter(({ id }) => known.has(id));
  if (tickets.length > 0)
    await storeFigures(db, figuresIn({ ...page, tickets }, { since: new Date(0), until: null }, readAt));
}
