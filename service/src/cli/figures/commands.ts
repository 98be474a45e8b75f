// Adds `figures` to the command line.
import type { Command } from 'commander';
import type { CommandDeps } from '../activation/commands.ts';
import { runFiguresRebuild, runFiguresStatus } from './figures.ts';

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
