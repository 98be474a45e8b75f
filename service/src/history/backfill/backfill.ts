// Reads the export for what Zendesk measured of tickets before the installation.
import { setTimeout as pause } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { takeToken } from '../../platform/outbox/rate.ts';
import { type Database, withSessionLock } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';
import { EXPORT_READS, EXPORT_READS_PER_MINUTE, storeUnreadableTickets } from '../../tickets/index.ts';
import { type Zendesk, ZendeskError } from '../../zendesk/zendesk.ts';
import { noteBackfilled } from '../measures/known-since.ts';
import { requestRebuild } from '../measures/rebuild-figures.ts';
import { figuresIn, type Range, storeFigures } from './store-figures.ts';

export interface BackfillDeps {
  readonly db: Database;
  readonly zendesk: Pick<Zendesk, 'exportTickets'>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly signal: AbortSignal;
  /** Of the export, shared by all that read it. Default: Zendesk's limit. */
  readonly callsPerMinute?: number | undefined;
}

export interface BackfillProgress {
  pages: number;
  /** Tickets read. */
  tickets: number;
  /** Of them, created or solved in the range. */
  found: number;
  /** Of them, new or with other figures than before. */
  stored: number;
  /** Deleted, or spam. */
  gone: number;
  unreadable: number;
  /** 0 to 1: how far through the time since the start of the range. */
  share: number;
}

export interface BackfillResult extends BackfillProgress {
  /** False: interrupted. The same command continues. */
  done: boolean;
  /** Pages that an interrupted run had read. */
  continued: number;
}

export interface BackfillAsk {
  readonly range: Range;
  readonly dryRun: boolean;
  readonly onProgress: (progress: BackfillProgress) => void;
  /** Another backfill is running: this one waits for it. */
  readonly onWaiting: () => void;
}

const SETTING = 'backfill';
/** Any fixed number, the same in every process. */
const LOCK = 4_600_460_052;
const LOOK_AGAIN_MS = 1_000;
/** The export must begin a minute ago at the latest (Incremental Exports API), and clocks differ. */
const NEWEST_START_MS = 120_000;
/** What is left to the service, which repairs with the same export. */
const FOR_REPAIRS = 0.5;

const savedShape = z.object({
  since: z.string(),
  until: z.string().nullable(),
  cursor: z.string(),
  progress: z.object({
    pages: z.number(),
    tickets: z.number(),
    found: z.number(),
    stored: z.number(),
    gone: z.number(),
    unreadable: z.number(),
    share: z.number(),
  }),
});
type Saved = z.output<typeof savedShape>;

/**
 * Stores the figures of every ticket created or solved in the range, also of closed and archived ones. After each page it notes how far it came: an
 * interrupted run for the same range continues there, and repeating one changes nothing. Throws `ZendeskError`.
 */
export async function backfill(deps: BackfillDeps, ask: BackfillAsk): Promise<BackfillResult> {
  let isReported = false;
  for (;;) {
    const result = await withSessionLock(deps.db, LOCK, () => read(deps, ask));
    if (result) return result;
    if (!isReported) ask.onWaiting();
    isReported = true;
    await pause(LOOK_AGAIN_MS, undefined, { signal: deps.signal }).catch(() => undefined);
    if (deps.signal.aborted) return { ...nothing(), done: false, continued: 0 };
  }
}

const nothing = (): BackfillProgress => ({
  pages: 0,
  tickets: 0,
  found: 0,
  stored: 0,
  gone: 0,
  unreadable: 0,
  share: 0,
});

async function read(deps: BackfillDeps, { range, dryRun, onProgress }: BackfillAsk): Promise<BackfillResult> {
  const { db, zendesk, clock, signal } = deps;
  const saved = dryRun ? null : await readSaved(db, range);
  const progress = saved?.progress ?? nothing();
  const continued = progress.pages;
  const start = range.since.getTime();
  let cursor = saved?.cursor ?? null;
  for (let atEnd = false; !atEnd; ) {
    if (!(await mayRead(deps))) return { ...progress, done: false, continued };
    const startTime = Math.max(0, Math.floor(Math.min(start, clock() - NEWEST_START_MS) / 1_000));
    const page = await readPage(deps, () => zendesk.exportTickets(cursor === null ? { startTime } : { cursor }));
    if (page === null) return { ...progress, done: false, continued };
    const readAt = new Date(clock());
    const figures = figuresIn(page, range, readAt);
    progress.pages += 1;
    progress.tickets += page.tickets.length;
    progress.found += figures.figures.length;
    progress.gone += figures.gone.length;
    progress.unreadable += page.unreadable?.length ?? 0;
    if (!dryRun) {
      progress.stored += await storeFigures(db, figures);
      await storeUnreadableTickets(db, page);
    }
    const newest = Math.max(0, ...page.tickets.map((ticket) => Date.parse(ticket.updated_at)));
    atEnd = page.endOfStream || page.cursor === null;
    const share = (newest - start) / Math.max(1, clock() - start);
    progress.share = atEnd ? 1 : Math.min(0.99, Math.max(progress.share, share));
    cursor = page.cursor ?? cursor;
    onProgress({ ...progress });
    if (!dryRun && !atEnd && cursor !== null) await save(db, range, cursor, progress);
    if (!atEnd && signal.aborted) return { ...progress, done: false, continued };
  }
  if (!dryRun) {
    await db.delete(settings).where(eq(settings.key, SETTING));
    // Days are known now of which some tickets were measured before.
    if (await noteBackfilled(db, range.since, range.until)) await requestRebuild(db, new Date(clock()));
  }
  return { ...progress, done: true, continued };
}

/** Waits for one of the account's ten calls a minute, which the service's repairs use, too. False: aborted. */
async function mayRead({ db, signal, callsPerMinute = EXPORT_READS_PER_MINUTE }: BackfillDeps): Promise<boolean> {
  while (!signal.aborted) {
    const budget = await takeToken(db, EXPORT_READS, callsPerMinute, { spare: FOR_REPAIRS });
    if (budget.granted) return true;
    await pause(Math.min(budget.waitMs, 10_000), undefined, { signal }).catch(() => undefined);
  }
  return false;
}

/** Waits when Zendesk asks for it. Null: aborted meanwhile. */
async function readPage<Page>({ signal }: BackfillDeps, call: () => Promise<Page>): Promise<Page | null> {
  while (!signal.aborted) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ZendeskError) || error.kind !== 'busy') throw error;
      await pause(error.retryAfterMs ?? 60_000, undefined, { signal }).catch(() => undefined);
    }
  }
  return null;
}

/** `90d` means other moments each time: a run that began within the last day continues. */
const SAME_RANGE_MS = 24 * 3_600_000;

async function readSaved(db: Database, { since, until }: Range): Promise<Saved | null> {
  const [row] = await db.select().from(settings).where(eq(settings.key, SETTING));
  const { data: saved } = savedShape.safeParse(row?.value);
  if (!saved || saved.until !== (until?.toISOString() ?? null)) return null;
  const later = since.getTime() - Date.parse(saved.since);
  return later >= 0 && later < SAME_RANGE_MS ? saved : null;
}

async function save(db: Database, { since, until }: Range, cursor: string, progress: BackfillProgress): Promise<void> {
  const value: Saved = { since: since.toISOString(), until: until?.toISOString() ?? null, cursor, progress };
  await db
    .insert(settings)
    .values({ key: SETTING, value })
    .onConflictDoUpdate({ target: settings.key, set: { value, changedAt: sql`now()` } });
}
