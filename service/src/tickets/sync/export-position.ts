// Stores how far the export of tickets was read, and how far the first import has come.
import { eq, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';

/** How far the first import has come. */
export interface ImportProgress {
  pages: number;
  /** Tickets read. */
  tickets: number;
  /** About how many the account has; null: not known. */
  ofTickets: number | null;
  /** Tickets whose comments are read after all tickets, and how many of them are done. */
  conversations: { done: number; of: number } | null;
  /** Of what it does now, by the pace so far; null: not known. */
  minutesLeft: number | null;
}

/** The state of the export: `imported` once it has reached the end for the first time. */
export interface ExportPosition {
  cursor: string | null;
  imported: boolean;
  /** Epoch milliseconds of the last page read. */
  readAt: number;
  /** Left out once it is imported. */
  progress?: ImportProgress;
}

const KEY = 'export';

export async function readExportPosition(db: Queryable): Promise<ExportPosition> {
  const [row] = await db.select().from(settings).where(eq(settings.key, KEY));
  return (row?.value as ExportPosition | undefined) ?? { cursor: null, imported: false, readAt: 0 };
}

/** Whether the export has been read to its end once: from then on it only repairs. */
export async function isImported(db: Database): Promise<boolean> {
  return (await readExportPosition(db)).imported;
}

export async function saveExportPosition(db: Database, value: ExportPosition): Promise<void> {
  await db
    .insert(settings)
    .values({ key: KEY, value })
    .onConflictDoUpdate({ target: settings.key, set: { value, changedAt: sql`now()` } });
}

/** For `/readyz` and the log: "41000 of about 1000000 tickets read (41 pages), about 96 minutes left". */
export function describeProgress({ pages, tickets, ofTickets, conversations, minutesLeft }: ImportProgress): string {
  // The count leaves out archived tickets, so that there may be more.
  const of = ofTickets !== null && ofTickets > tickets && !conversations ? ` of about ${ofTickets}` : '';
  const comments = conversations ? `, and the comments of ${conversations.done} of ${conversations.of} open ones` : '';
  const left = minutesLeft === null ? '' : `, about ${minutesLeft} ${minutesLeft === 1 ? 'minute' : 'minutes'} left`;
  return `${tickets}${of} tickets read${comments} (${pages} pages)${left}`;
}
