// Adds `migrate` to the command line.
import type { Command } from 'commander';
import { readSecretFiles } from '../../app/secret-files.ts';
import type { CommandDeps } from '../activation/commands.ts';
import { runMigrate } from './run-migrate.ts';

export function addMigrate(program: Command, { jsonOption, exitsWith }: CommandDeps) {
  program
    .command('migrate')
    .description(
      'bring the database up to this version as its owner (DATABASE_OWNER_URL), and let the service only add to the books of refunds',
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Not needed where one role owns the database and runs the service: that applies migrations when it starts. With two roles, run it
before the first start and before each start of a new version; the service does not read DATABASE_OWNER_URL.`,
    )
    .action(
      exitsWith(async ({ json }) => {
        return runMigrate({ ...readRoles(process.env), json, out: (line) => console.log(line) });
      }),
    );
}

/** @internal @throws Error naming each file that cannot be read */
export function readRoles(given: NodeJS.ProcessEnv): { ownerUrl: string | undefined; serviceUrl: string | undefined } {
  const { env, problems } = readSecretFiles(given, ['DATABASE_OWNER_URL']);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return { ownerUrl: env.DATABASE_OWNER_URL, serviceUrl: env.DATABASE_URL };
}
