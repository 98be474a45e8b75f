// Adds `activate` and `pause` to the command line.
import type { Command, Option } from 'commander';
import { effectDescriptions } from '../../app/features.ts';
import type { Database } from '../../platform/storage/database.ts';
import { askPerson, currentPerson, readPolicy } from '../operator.ts';
import { runActivate, runPause } from './activate.ts';

export interface CommandDeps {
  policyOption: () => Option;
  jsonOption: () => Option;
  exitsWith: <A extends unknown[]>(run: (...args: A) => Promise<number>) => (...args: A) => Promise<void>;
  withDatabase: (json: boolean, run: (db: Database, out: (text: string) => void) => Promise<number>) => Promise<number>;
  /** Aborted by Ctrl-C, SIGTERM or a closed terminal. */
  interruption: () => AbortSignal;
}

export function addActivation(program: Command, { policyOption, jsonOption, exitsWith, withDatabase }: CommandDeps) {
  program
    .command('activate')
    .description('let Deskwright act on the account, after showing what would change')
    .option('--new-only', 'only on tickets opened from now on', false)
    .option('--group <name>', 'only on tickets of this group')
    .option('--why <text>', 'recorded with your name')
    .option('--yes', 'do not ask for confirmation', false)
    .option('--dry-run', 'only show what would change', false)
    .addOption(policyOption())
    .addOption(jsonOption())
    .action(
      exitsWith(({ policy, newOnly, group, why, yes, dryRun, json }) =>
        withDatabase(json, async (db, out) =>
          runActivate({
            db,
            policy: (await readPolicy(policy)).policy,
            newOnly,
            group: group ?? null,
            why: why ?? null,
            who: currentPerson(),
            dryRun,
            json,
            effects: effectDescriptions(),
            now: () => new Date(),
            ask: yes ? async () => true : askPerson,
            out,
          }),
        ),
      ),
    );
  program
    .command('pause')
    .description('only watch from now on; what is being written ends, nothing else begins')
    .option('--why <text>', 'recorded with your name')
    .addOption(jsonOption())
    .action(
      exitsWith(({ why, json }) =>
        withDatabase(json, (db, out) => runPause({ db, who: currentPerson(), why: why ?? null, json, out })),
      ),
    );
}
