// Checks the order of each managed view, and repairs or reports it.
import type { Logger } from '../platform/logging/logger.ts';
import {
  compareOrder,
  type ManagedView,
  nameOfView,
  readRecords,
  type SetBackDeps,
  StoppedError,
  setBackView,
  sortOf,
  wantedSort,
} from '../provision/index.ts';
import type { RawObject } from '../zendesk/account-objects.ts';
import { ZendeskError } from '../zendesk/zendesk.ts';
import {
  forgetChecks,
  nextCheckInMs,
  recordCheck,
  recordOverrule,
  takeChecks,
  type ViewCheck,
} from './view-records.ts';

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
