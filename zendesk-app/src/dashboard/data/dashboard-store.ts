// Keeps the first screen's numbers current: reads them once, follows the live stream, reads again while there is none.
import type { Dashboard, DashboardQuery } from '@deskwright/shared/contract';
import { backoff } from '../../base/live/backoff.ts';
import type { Refusal } from '../../base/service/refusal.ts';
import type { ServiceClient } from '../../base/service/service-client.ts';
import { searchOf } from './address.ts';
import { followDashboard } from './follow-dashboard.ts';

/** Why there are no numbers, or no newer ones. */
type DashboardProblem = 'unreachable' | 'failed' | 'forbidden' | 'session_ended';

export interface DashboardView {
  /** The newest numbers of this range and these filters; null: none yet. Kept while the service cannot be reached. */
  readonly dashboard: Dashboard | null;
  readonly problem: DashboardProblem | null;
  /** Changes reach the page as they happen. */
  readonly live: boolean;
}

export interface DashboardStore {
  readonly view: () => DashboardView;
  readonly subscribe: (listener: () => void) => () => void;
  /** True while somebody can see the page. False closes the connection. */
  readonly setActive: (active: boolean) => void;
  readonly refresh: () => void;
}

/** How long to wait at least between two reads while there is no stream. Milliseconds. */
const WITHOUT_STREAM_MS = 15_000;
/** After this long without an event the numbers are read, because a connection can be lost without notice. Milliseconds. */
const QUIET_MS = 60_000;

/** One store for each range and set of filters. */
export function createDashboardStore(
  deps: { readonly service: ServiceClient; readonly random: () => number },
  query: DashboardQuery,
): DashboardStore {
  const { service, random } = deps;
  const search = searchOf(query);
  const listeners = new Set<() => void>();
  let view: DashboardView = { dashboard: null, problem: null, live: false };
  let active = false;
  let unfollow: (() => void) | null = null;
  let reading = false;
  let failures = 0;
  let nextRead: ReturnType<typeof setTimeout> | undefined;

  function publish(change: Partial<DashboardView>): void {
    view = { ...view, ...change };
    for (const listener of listeners) listener();
  }

  /** Answers can overtake one another: the newest numbers win. */
  function accept(dashboard: Dashboard): void {
    failures = 0;
    const newest = view.dashboard === null || dashboard.asOf >= view.dashboard.asOf ? dashboard : view.dashboard;
    publish({ dashboard: newest, problem: null });
  }

  function fail(refusal: Refusal): void {
    failures += 1;
    const problem = problemOf(refusal);
    if (problem !== 'session_ended' && problem !== 'forbidden') return publish({ problem });
    // Whoever may no longer see the numbers does not keep the old ones on the screen.
    stop();
    publish({ problem, dashboard: null, live: false });
  }

  async function read(): Promise<void> {
    if (reading) return;
    reading = true;
    clearTimeout(nextRead);
    const answer = await service.call<Dashboard>('GET', `/api/dashboard${search}`);
    reading = false;
    if (answer.ok) accept(answer.value);
    else fail(answer.refusal);
    if (!active || view.problem === 'session_ended' || view.problem === 'forbidden') return;
    if (view.live && !answer.ok && view.problem === 'unreachable') {
      unfollow?.();
      publish({ live: false });
      follow();
    }
    readLater();
  }

  function readLater(): void {
    clearTimeout(nextRead);
    const wait = view.live ? QUIET_MS : Math.max(WITHOUT_STREAM_MS, backoff(failures, random));
    nextRead = setTimeout(() => void read(), wait);
  }

  function stop(): void {
    clearTimeout(nextRead);
    unfollow?.();
    unfollow = null;
  }

  function follow(): void {
    unfollow = followDashboard({ fetch: service.fetch, random }, search, {
      opened() {
        publish({ live: true });
        readLater();
      },
      changed(dashboard) {
        accept(dashboard);
        readLater();
      },
      problem: () => publish({ problem: 'failed' }),
      lost() {
        publish({ live: false });
        // Says why there is no stream: the link was revoked, the session ended, or nothing can be reached.
        void read();
      },
    });
  }

  return {
    view: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setActive(wanted) {
      if (wanted === active) return;
      active = wanted;
      stop();
      if (!active) return publish({ live: false });
      void read();
      follow();
    },
    refresh: () => void read(),
  };
}

function problemOf({ kind }: Refusal): DashboardProblem {
  switch (kind) {
    case 'session_ended':
    case 'forbidden':
    case 'unreachable':
      return kind;
    case 'too_many_requests':
      return 'unreachable';
    default:
      return 'failed';
  }
}
