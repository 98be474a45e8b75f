// `deskwright figures`: shows how up to date the figures are, and has them computed again.
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { type FiguresStatus, readFiguresStatus, requestRebuild } from '../history/index.ts';
import type { Database } from '../platform/storage/database.ts';
import type { CommandDeps } from './activation/commands.ts';

/** Adds `figures` to the command line. */
export function addFigures(program: Command, { jsonOption, exitsWith, withDatabase, interruption }: CommandDeps) {
  const figures = program
    .command('figures')
    .description('show how up to date the figures are, or compute all of them again');
  figures
    .command('status', { isDefault: true })
    .description('how many tickets are still to be measured, which cannot be, and how far a rebuild is')
    .addOption(jsonOption())
    .action(exitsWith(({ json }) => withDatabase(json, (db, print) => runFiguresStatus({ db, json, out: print }))));
  figures
    .command('rebuild')
    .description(
      'compute all figures again from the history; the running service does it in the background, and continues after a restart',
    )
    .option('--no-wait', 'do not wait until it is done')
    .addOption(jsonOption())
    .action(
      exitsWith(({ json, wait }) =>
        withDatabase(json, (db, print) =>
          runFiguresRebuild({ db, json, out: print }, { wait, now: new Date(), signal: interruption() }),
        ),
      ),
    );
}

interface FiguresDeps {
  db: Database;
  json: boolean;
  out: (line: string) => void;
}

/** @returns the exit code: 0 up to date or on the way, 1 tickets cannot be measured */
export async function runFiguresStatus({ db, json, out }: FiguresDeps): Promise<0 | 1> {
  const status = await readFiguresStatus(db);
  if (json) out(JSON.stringify(status));
  else for (const line of describeStatus(status)) out(line);
  return status.unmeasured > 0 ? 1 : 0;
}

function describeStatus({ state, due, unmeasured, examples }: FiguresStatus): string[] {
  if (state === null) return ['No figures were computed yet. The service computes them when tickets change.'];
  return [
    `Figures are kept in days of ${state.timeZone}, since ${state.knownSince.slice(0, 10)}.`,
    due === 0 ? 'All tickets are measured.' : `${due} tickets are to be measured: they have changed.`,
    ...(state.rebuild ? [`A rebuild runs: ${describeProgress(state.rebuild)}.`] : []),
    ...(unmeasured > 0 ? [`${unmeasured} tickets cannot be measured, and keep the figures they had:`] : []),
    ...examples.map(({ ticketId, error, failedAt }) => `  ${ticketId}  ${failedAt.toISOString()}  ${error}`),
  ];
}

type Rebuild = NonNullable<NonNullable<FiguresStatus['state']>['rebuild']>;

function describeProgress({ after, upTo, measured, summedUpTo }: Rebuild): string {
  if (summedUpTo !== null) return `${measured} tickets measured, sums added up until ${summedUpTo.slice(0, 10)}`;
  return `${measured} tickets measured, up to ticket ${after} of ${upTo}`;
}

/** How often its progress is read. Milliseconds. */
const READ_EVERY_MS = 1_000;

/**
 * Asks the service to compute all figures again, and follows it. When aborted it only stops following.
 * @returns the exit code: 0 done or asked for, 1 there is nothing to compute again
 */
export async function runFiguresRebuild(
  { db, json, out }: FiguresDeps,
  { wait, now, signal }: { wait: boolean; now: Date; signal: AbortSignal },
): Promise<0 | 1> {
  if (!(await requestRebuild(db, now))) {
    out(
      json
        ? JSON.stringify({ rebuild: 'nothing_measured' })
        : 'No figures were computed yet, so there are none to compute again.',
    );
    return 1;
  }
  if (!json)
    out('The service computes all figures again, in the background. `deskwright figures status` shows how far it is.');
  if (wait && (await followRebuild({ db, json, out }, signal))) return 0;
  if (json) out(JSON.stringify({ rebuild: 'requested' }));
  return 0;
}

/** Whether it was done before it was aborted. */
async function followRebuild({ db, json, out }: FiguresDeps, signal: AbortSignal): Promise<boolean> {
  let shown = '';
  for (;;) {
    if (signal.aborted) return false;
    const { state } = await readFiguresStatus(db);
    if (!state?.rebuild) {
      out(json ? JSON.stringify({ rebuild: 'done' }) : 'Done.');
      return true;
    }
    const progress = describeProgress(state.rebuild);
    if (progress !== shown && !json) out(progress);
    shown = progress;
    await pause(READ_EVERY_MS, null, { signal }).catch(() => null);
  }
}
