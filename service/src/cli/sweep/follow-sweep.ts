// Follows a sweep that the service does, with progress and the time left.
import { setTimeout as pause } from 'node:timers/promises';
import cliProgress from 'cli-progress';
import type { Database } from '../../platform/storage/database.ts';
import { checkWrites, readSweep, type SweepStatus } from '../../tickets/index.ts';
import { describeState } from './describe-sweep.ts';

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
  /** Without any progress for longer, it gives up. Milliseconds. */
  readonly silentMs?: number;
}

/**
 * The sweep at the end, or when following was stopped.
 * @throws Error with what to do when nothing happens for a minute
 */
export async function followSweep(
  db: Database,
  id: number,
  { until, stream, signal, silentMs = SILENT_MS }: FollowOptions,
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
      else if (Date.now() - seenAt > silentMs) throw new Error(await whyNothing(db, sweep));
      await pause(READ_EVERY_MS, null, { signal }).catch(() => null);
    }
  } finally {
    bar.end();
  }
}

async function whyNothing(db: Database, sweep: SweepStatus): Promise<string> {
  const writes = await checkWrites(db, Number.POSITIVE_INFINITY);
  const why = (writes.ok ? writes.warning : writes.message) ?? 'does the service run, and can it write (/readyz)?';
  return [
    `Nothing happened for a minute: ${why}`,
    ...describeState(sweep),
    `The service continues as soon as it can. To check: deskwright sweep status ${sweep.id}`,
  ].join('\n');
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
