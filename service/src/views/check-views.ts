// Checks the order of each managed view, and repairs or reports it.
import type { Logger } from '../platform/logging/logger.ts';
import type { Database } from '../platform/storage/database.ts';
import { type Zendesk, ZendeskError, type ZendeskView } from '../zendesk/zendesk.ts';
import {
  describeSort,
  findLostChange,
  findView,
  isInOrder,
  type ManagedView,
  nameOfView,
  sortOf,
  wantedOutput,
  wantedSort,
} from './view-order.ts';
import {
  forgetChecks,
  nextCheckInMs,
  recordCheck,
  recordOverrule,
  takeChecks,
  type ViewCheck,
} from './view-records.ts';

export interface ViewDeps {
  db: Database;
  zendesk: Pick<Zendesk, 'listViews' | 'updateView' | 'whoChangedView'>;
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
 * Checks the managed views that are due with one list call, repairs those with `enforce`, and verifies the repairs with one more call.
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

interface Repair {
  managed: ManagedView;
  before: ZendeskView;
  foundAt: Date;
  overruled: string;
}

async function checkDue(deps: ViewDeps, due: readonly ManagedView[]): Promise<ViewReport[]> {
  const foundAt = new Date();
  const views = await deps.zendesk.listViews();
  const isActing = (await deps.isActing?.()) ?? true;
  const reports: ViewReport[] = [];
  const repairs: Repair[] = [];
  for (const managed of due) {
    const found = findView(managed, views);
    if (found.found !== 'one') {
      reports.push({ title: nameOfView(managed), viewId: null, state: found.found, message: found.message });
    } else if (isInOrder(found.view, managed.order)) {
      reports.push(report(managed, found.view, 'in_order', null));
    } else if (managed.keep === 'warn' || !isActing) {
      const why = managed.keep === 'warn' ? 'The policy only warns.' : 'Deskwright only watches on this account.';
      reports.push(report(managed, found.view, 'out_of_order', `${outOfOrder(managed, found.view)} ${why}`));
    } else {
      const repair = await write(deps, managed, found.view, foundAt);
      if ('state' in repair) reports.push(repair);
      else repairs.push(repair);
    }
  }
  return [...reports, ...(await readBack(deps, repairs))];
}

async function write(
  { zendesk }: ViewDeps,
  managed: ManagedView,
  view: ZendeskView,
  foundAt: Date,
): Promise<Repair | ViewReport> {
  try {
    // Read before the write, because after it the last change would be ours.
    const who = await zendesk.whoChangedView(view.id).catch(() => null);
    await zendesk.updateView(view.id, wantedOutput(view, managed.order));
    return { managed, before: view, foundAt, overruled: who?.name ?? 'unknown' };
  } catch (error) {
    return report(managed, view, 'failed', `${outOfOrder(managed, view)} ${whyNot(error)}`);
  }
}

async function readBack({ db, zendesk }: ViewDeps, repairs: readonly Repair[]): Promise<ViewReport[]> {
  if (repairs.length === 0) return [];
  // The writes were accepted: if they cannot be verified now, the record of whose change was overruled must still be kept.
  const list = await zendesk.listViews().catch(unread);
  const views = list && new Map(list.map((view) => [view.id, view]));
  const reports: ViewReport[] = [];
  for (const { managed, before, foundAt, overruled } of repairs) {
    const after = views?.get(before.id);
    const problem = after ? findLostChange(wantedOutput(before, managed.order), after, managed.order) : 'it is gone';
    if (views && problem) {
      const message = `Zendesk accepted our change of the view's order, but afterwards ${problem}. Check the view in Zendesk.`;
      reports.push(report(managed, before, 'failed', message));
      continue;
    }
    const wanted = wantedSort(managed.order);
    await recordOverrule(db, {
      viewId: before.id,
      title: before.title,
      found: sortOf(before),
      wanted,
      overruled,
      foundAt,
    });
    reports.push(report(managed, before, 'repaired', null));
  }
  return reports;
}

function unread(error: unknown): null {
  if (error instanceof ZendeskError) return null;
  throw error;
}

const report = (
  managed: ManagedView,
  view: ZendeskView,
  state: ViewReport['state'],
  message: string | null,
): ViewReport => ({ title: nameOfView(managed), viewId: view.id, state, message });

function outOfOrder(managed: ManagedView, view: ZendeskView): string {
  const { sort_by, sort_order } = wantedSort(managed.order);
  const why = view.execution.group_by
    ? ' Newer tickets of an earlier group come before older tickets of a later one.'
    : '';
  return `It is ${describeSort(view)}, not sorted by ${sort_by} ${sort_order} alone.${why}`;
}

function whyNot(error: unknown): string {
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
