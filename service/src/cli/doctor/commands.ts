// Adds `doctor` to the command line.
import type { Command } from 'commander';
import type { CommandDeps } from '../activation/commands.ts';
import { openAccount } from '../open-account.ts';
import { readPolicy } from '../operator.ts';
import { runDoctor } from './run-doctor.ts';

export function addDoctor(program: Command, { policyOption, jsonOption, exitsWith, withDatabase }: CommandDeps) {
  program
    .command('doctor')
    .description(
      'check login, scopes, webhook (with a test event), clock, app, mail, database, queue, views and groups',
    )
    .addOption(policyOption())
    .addOption(jsonOption())
    .action(
      exitsWith(({ policy, json }) =>
        withDatabase(json, async (db, out) => {
          const account = await openAccount(db, process.env);
          return runDoctor({
            ...account,
            db,
            policy: (await readPolicy(policy)).policy,
            fetch,
            now: () => new Date(),
            json,
            out,
          });
        }),
      ),
    );
}
