// Follows a sweep that the service does, with progress and the time left.
import { setTimeout as pause } from 'node:timers/promises';
import cliProgress from 'cli-progress';
import type { Database } from '../../platform/storage/database.ts';
import { readSweep, type SweepStatus } from '../../tickets/index.ts';

const READ_EVERY_MS = 500;
/** A service that runs looks for work every five seconds. */
const SILENT_MS = 60_000;

interface FollowOptions {
  /** States that end it, beside a pause. */
  readonly until: readonly SweepStatus['state'][];
  /** Where the progress bar is shown, if it is a terminal. */
  readonly stream: NodeJS.WriteStream;
  /** Aborted: it only stops following. */
  readonly signal: AbortSignal;
}

/**
 * The sweep at the end, or when following was stopped.
 * @throws Error with what to do when nothing happens for a minute
 */
export async function followSweep(
  db: Database,
  id: number,
  { until, stream, signal }: FollowOptions,
): Promise<SweepStatus> {
  const bar = showBar(stream);
  let seen = '';
  let seenAt = Date.now();
  try {
    for (;;) {
      const sweep = await readSweep(db, id);
      if (sweep === null) throw new Error(`There is no sweep ${id}.`);
      bar.show(sweep);
      if (signal.aborted || sweep.paused || until.includes(sweep.state)) return sweep;
      const now = JSON.stringify([sweep.state, sweep.plannedAfter, sweep.tickets, sweep.waiting]);
      if (now !== seen) [seen, seenAt] = [now, Date.now()];
      else if (Date.now() - seenAt > SILENT_MS)
        throw new Error(
          `Nothing happened for a minute. Does the service run, and can it write (/readyz)? Sweep ${id} goes on as soon as it can.`,
        );
      await pause(READ_EVERY_MS, null, { signal }).catch(() => null);
    }
  } finally {
    bar.end();
  }
}

function showBar(stream: NodeJS.WriteStream): { show: (sweep: SweepStatus) => void; end: () => void } {
  if (!stream.isTTY) return { show: () => undefined, end: () => undefined };
  const format = ' {doing} {bar} {percentage}% | {value} of {total} tickets | {eta_formatted} left';
  const bar = new cliProgress.SingleBar({ stream, format, clearOnComplete: true, etaBuffer: 60 });
  let isStarted = false;
  return {
    show: (sweep) => {
      const { done, total, doing } = progressOf(sweep);
      if (!isStarted) bar.start(total, done, { doing });
      else {
        bar.setTotal(total);
        bar.update(done, { doing });
      }
      isStarted = true;
    },
    end: () => bar.stop(),
  };
}

function progressOf({ state, open, tickets, waiting }: SweepStatus): { done: number; total: number; doing: string } {
  const of = (...states: (keyof SweepStatus['tickets'])[]) =>
    states.reduce((sum, each) => sum + (tickets[each] ?? 0), 0);
  const total = Object.values(tickets).reduce((sum, n) => sum + n, 0);
  if (state === 'planning') return { done: open, total: open, doing: 'looking at open tickets' };
  if (state === 'undoing')
    return { done: of('restored', 'kept') - waiting, total: of('restored', 'kept', 'changed'), doing: 'restoring' };
  return { done: total - of('planned') - waiting, total, doing: 'changing' };
}
