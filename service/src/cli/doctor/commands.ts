// Adds `doctor` to the command line.
import type { Command } from 'commander';
import { readPolicyFile } from '../../policy/read-policy-file.ts';
import type { CommandDeps } from '../activation/commands.ts';
import { openAccount } from '../open-account.ts';
import { openOperatorDatabase } from '../operator-database.ts';
import { tryToOpen } from './parts.ts';
import { runDoctor } from './run-doctor.ts';

/** One statement may take as long as one check. Milliseconds. */
const STATEMENT_MS = 10_000;

export function addDoctor(program: Command, { policyOption, jsonOption, exitsWith }: CommandDeps) {
  program
    .command('doctor')
    .description(
      'check settings, policy, database, login, scopes, webhook (with a test event), clock, app, mail, queue, Stripe, views and groups',
    )
    .addOption(policyOption())
    .addOption(jsonOption())
    .action(
      exitsWith(async ({ policy, json }) => {
        const { env } = process;
        const database = await tryToOpen(() =>
          openOperatorDatabase(env, { migrates: false, statementMs: STATEMENT_MS }),
        );
        try {
          return await runDoctor({
            database,
            account: await tryToOpen(() => openAccount(database.ok ? database.value.db : null, env)),
            policyPath: policy,
            policyFile: await readPolicyFile(policy, { runsTests: false }),
            fetch,
            now: () => new Date(),
            json,
            out: (text) => console.log(text),
          });
        } finally {
          if (database.ok) await database.value.close();
        }
      }),
    );
}
