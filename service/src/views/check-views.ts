// Checks the order of each managed view, and repairs or reports it.
import { inArray, sql } from 'drizzle-orm';
import type { Logger } from '../platform/logging/logger.ts';
import type { Queryable } from '../platform/storage/database.ts';
import {
  compareOrder,
  type ManagedView,
  nameOfView,
  readRecords,
  type SetBackDeps,
  StoppedError,
  setBackView,
  sortOf,
  type ViewSort,
  wantedSort,
} from '../provision/index.ts';
import type { RawObject } from '../zendesk/account-objects.ts';
import { ZendeskError } from '../zendesk/zendesk.ts';
import { viewChecks, viewOverrules } from './tables.ts';

export interface ViewDeps extends SetBackDeps {
  /** False: Deskwright only watches, so every view is compared as with `keep: warn`. Default: it acts. */
  isActing?: () => Promise<boolean>;
  /** `views` of the policy in force. */
  views: () => readonly ManagedView[];
  logger: Logger;
}

export type CheckReason = 'start' | 'policy' | 'event' | 'schedule';
type ViewReport = Omit<ViewCheck, 'checkedAt'>;

export interface ViewChecks {
  reports: ViewReport[];
  /** Milliseconds until the next view is due that this call skipped or whose check failed. Null: none. */
  againInMs: number | null;
}

/**
 * Minimum age of a view's last check. Ticket events arrive every second, and each of them could follow a reordered view; the
 * other limits only keep processes on the same schedule from checking twice. A changed policy is checked at once.
 */
const MIN_AGE_MS: Record<CheckReason, number> = { event: 60_000, schedule: 10_000, start: 2_000, policy: 0 };

/**
 * Checks the managed views that are due with one list call, and sets back those with `enforce`, as `deskwright apply` would.
 * Throws database errors only: problems with a view, or with reaching Zendesk, are in the reports.
 */
export async function checkViews(deps: ViewDeps, reason: CheckReason): Promise<ViewChecks> {
  const { db } = deps;
  const managed = deps.views();
  const names = managed.map(nameOfView);
  if (reason === 'start' || reason === 'policy') await forgetChecks(db, names);
  const taken = await takeChecks(db, names, MIN_AGE_MS[reason]);
  const due = managed.filter((view) => taken.has(nameOfView(view)));
  const reports = due.length === 0 ? [] : await checkTaken(deps, due);
  // A person may have changed the view since the last check, so an event that comes too soon delays the check; it is not dropped.
  const tooSoon = reason === 'event' ? names.filter((name) => !taken.has(name)) : [];
  const failed = reports.filter(({ state }) => state === 'failed').map(({ title }) => title);
  return { reports, againInMs: await nextCheckInMs(db, [...tooSoon, ...failed], MIN_AGE_MS.event) };
}

async function checkTaken(deps: ViewDeps, due: readonly ManagedView[]): Promise<ViewReport[]> {
  const { db, logger } = deps;
  const reports = await checkDue(deps, due).catch((error: unknown) => due.map((view) => unreachable(view, error)));
  for (const report of reports) {
    await recordCheck(db, report);
    const ids = { view: report.viewId, title: report.title, state: report.state };
    if (report.state === 'repaired') logger.info(ids, 'Restored the order of a view');
    else if (report.state !== 'in_order') logger.warn({ ...ids, problem: report.message }, 'A view needs attention');
  }
  return reports;
}

async function checkDue(deps: ViewDeps, due: readonly ManagedView[]): Promise<ViewReport[]> {
  const views = await deps.objects.listReadable('view');
  const isActing = (await deps.isActing?.()) ?? true;
  const records = await readRecords(deps.db);
  const reports: ViewReport[] = [];
  for (const managed of due) {
    const compared = compareOrder(managed, views, records);
    if (compared.verdict === 'missing' || compared.verdict === 'ambiguous') {
      reports.push({ title: nameOfView(managed), viewId: null, state: compared.verdict, message: compared.message });
    } else if (compared.verdict === 'fine') {
      reports.push(report(managed, compared.view, 'in_order', null));
    } else if (managed.keep === 'warn' || !isActing) {
      const why = managed.keep === 'warn' ? 'The policy only warns.' : 'Deskwright only watches on this account.';
      reports.push(report(managed, compared.view, 'out_of_order', `${compared.message} ${why}`));
    } else reports.push(await setBack(deps, managed, compared));
  }
  return reports;
}

async function setBack(
  deps: ViewDeps,
  managed: ManagedView,
  { view, message, steps }: Extract<ReturnType<typeof compareOrder>, { verdict: 'differs' }>,
): Promise<ViewReport> {
  const foundAt = new Date();
  try {
    // Read before the write, because after it the last change would be ours.
    const who = await deps.objects.whoChanged('view', String(view.id)).catch(() => null);
    await setBackView(deps, steps, who?.name ?? null);
    await recordOverrule(deps.db, {
      viewId: Number(view.id),
      title: String(view['title']),
      found: sortOf(view),
      wanted: wantedSort(managed.order),
      overruled: who?.name ?? 'unknown',
      foundAt,
    });
    return report(managed, view, 'repaired', null);
  } catch (error) {
    return report(managed, view, 'failed', `${message} ${whyNot(error)}`);
  }
}

const report = (
  managed: ManagedView,
  view: RawObject,
  state: ViewReport['state'],
  message: string | null,
): ViewReport => ({ title: nameOfView(managed), viewId: Number(view.id), state, message });

function whyNot(error: unknown): string {
  if (error instanceof StoppedError) return `It was not set back: ${error.message}`;
  if (!(error instanceof ZendeskError)) throw error;
  return error.kind === 'forbidden'
    ? 'Our login may not change it: its role needs full access to views, its OAuth client the scope ticket_views:write.'
    : `Zendesk rejected the change (${error.message}); the next check retries.`;
}

function unreachable(managed: ManagedView, error: unknown): ViewReport {
  if (!(error instanceof ZendeskError)) throw error;
  const message = `The views could not be read (${error.message}); the next check retries.`;
  return { title: nameOfView(managed), viewId: managed.id ?? null, state: 'failed', message };
}

type ViewCheck = typeof viewChecks.$inferSelect;

/**
 * Claims, for all processes, the check of those views whose last check is older than `minAgeMs`, and returns their names.
 * Until the check ends, the record says that it is unfinished.
 */
async function takeChecks(db: Queryable, names: readonly string[], minAgeMs: number): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const taken = await db
    .insert(viewChecks)
    .values(
      names.map((title) => ({
        title,
        state: 'failed' as const,
        message: 'The check of this view was started but not finished.',
        checkedAt: sql`clock_timestamp()`,
      })),
    )
    .onConflictDoUpdate({
      target: viewChecks.title,
      set: { checkedAt: sql`clock_timestamp()` },
      setWhere: sql`${viewChecks.checkedAt} <= clock_timestamp() - ${minAgeMs}::float8 * interval '1 millisecond'`,
    })
    .returning({ title: viewChecks.title });
  return new Set(taken.map((row) => row.title));
}

/** Milliseconds until the first of these views may be checked again, 0 when one may be checked now. Null when none was ever checked. */
async function nextCheckInMs(db: Queryable, names: readonly string[], minAgeMs: number): Promise<number | null> {
  if (names.length === 0) return null;
  const ageMs = sql<
    number | null
  >`(extract(epoch FROM clock_timestamp() - min(${viewChecks.checkedAt})) * 1000)::float8`;
  const [row] = await db
    .select({ ageMs })
    .from(viewChecks)
    .where(inArray(viewChecks.title, [...names]));
  return row?.ageMs == null ? null : Math.max(0, Math.ceil(minAgeMs - row.ageMs));
}

async function recordCheck(db: Queryable, check: Omit<ViewCheck, 'checkedAt'>): Promise<void> {
  const { viewId, state, message } = check;
  await db
    .insert(viewChecks)
    .values({ ...check, checkedAt: sql`clock_timestamp()` })
    .onConflictDoUpdate({ target: viewChecks.title, set: { viewId, state, message } });
}

/** Deletes the records of views that the policy no longer manages, so that their warnings end. */
async function forgetChecks(db: Queryable, kept: readonly string[]): Promise<void> {
  const gone = (await db.select({ title: viewChecks.title }).from(viewChecks)).filter(
    ({ title }) => !kept.includes(title),
  );
  if (gone.length === 0) return;
  await db.delete(viewChecks).where(
    inArray(
      viewChecks.title,
      gone.map(({ title }) => title),
    ),
  );
}

async function recordOverrule(
  db: Queryable,
  overrule: { viewId: number; title: string; found: ViewSort; wanted: ViewSort; overruled: string; foundAt: Date },
): Promise<void> {
  await db.insert(viewOverrules).values({ ...overrule, repairedAt: sql`clock_timestamp()` });
}
