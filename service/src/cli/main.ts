// Defines the command line. What only one command needs is loaded by it alone, so that the others start quickly.
import { Command, Option } from 'commander';
import { BUILD, describeBuild } from '../platform/build-info.ts';
import type { CommandDeps } from './activation/commands.ts';
import { addCommandGroups } from './command-groups.ts';
import { DEFAULT_POLICY, PACKS, runInit } from './init.ts';
import { loadEnvFile } from './load-env-file.ts';
import { messageOf } from './message-of.ts';
import { demoPortOption, toDelay, toNumber, toPort } from './option-values.ts';

const out = (line: string): void => console.log(line);
const err = (line: string): void => console.error(line);

const policyOption = () =>
  new Option('--policy <file>', 'the policy file').default(process.env.DESKWRIGHT_POLICY || DEFAULT_POLICY);
const withDatabase: CommandDeps['withDatabase'] = async (json, run) =>
  (await import('./operator-database.ts')).withOperatorDatabase({ env: process.env, json, out }, run);
const failed = async (ids: string[], json: boolean, retry: boolean, inDoubt = false) => {
  const { runFailed } = await import('./failed.ts');
  return withDatabase(json, (db, print) => runFailed({ db, json, retry, inDoubt, ids, out: print }));
};
const jsonOption = () => new Option('--json', 'print data instead of sentences').default(false);

/** Exits with the code that `run` returns: 0 success, 1 a problem was found, 2 it could not run (with the reason on standard error). */
function exitsWith<A extends unknown[]>(run: (...args: A) => Promise<number>): (...args: A) => Promise<void> {
  return async (...args) => {
    try {
      process.exitCode = await run(...args);
    } catch (error) {
      err(messageOf(error));
      process.exitCode = 2;
    }
  };
}

/** Aborted by Ctrl-C, SIGTERM or a closed terminal. Pressing it again has no effect: the command is already stopping, and exiting early would leave processes running. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort());
  return controller.signal;
}

loadEnvFile(console.error);
const program = new Command('deskwright')
  .description('Turns one policy file into a running support organisation on Zendesk.')
  .version(describeBuild(BUILD))
  .showHelpAfterError('(see --help)')
  .addHelpText(
    'after',
    `
Examples:
  deskwright init && deskwright check     begin with an example policy
  deskwright explain 4711                 what happened to a ticket, and why
  deskwright publish draft.yaml           check an edited copy and put it in the policy's place

Exit codes: 0 fine, 1 the answer is no (a problem was found), 2 it could not run. Each command has --help.`,
  )
  // Commander exits with 1 on a usage error; here 1 means that a problem was found.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));

program
  .command('demo')
  .description('run everything on this machine: a local Zendesk with a backlog, the service, the example policy')
  .addOption(policyOption())
  .addOption(demoPortOption())
  .option('--zendesk-port <n>', 'port of the local Zendesk', toPort, 4601)
  .option('--backlog <n>', 'open tickets at the start', toNumber, 800)
  .option('--messages <file>', 'build the backlog from a CSV file (message,category,intent)')
  .option(
    '--survey-delay <duration>',
    'send surveys this soon after a solve, in place of the policy’s delay',
    toDelay,
    '15s',
  )
  .action(
    exitsWith(async (options) => {
      const { runDemo } = await import('./demo/run-demo.ts');
      const demo = { ...options, policyPath: options.policy, messages: options.messages ?? null };
      return runDemo(demo, interruption(), out);
    }),
  );

program
  .command('start')
  .description('run the service (environment: see .env.example)')
  .addOption(new Option('--role <role>', 'what this process does').choices(['all', 'web', 'worker']).default('all'))
  .addOption(policyOption())
  .option(
    '--survey-delay <duration>',
    'for demos: send surveys this soon after a solve (30s, 5m), in place of the policy’s delay',
    toDelay,
  )
  .option(
    '--observe',
    'only watch until `deskwright activate`; the default with a new database and a real account',
    false,
  )
  .action(
    exitsWith(async ({ role, policy, surveyDelay, observe }) => {
      const { runStart } = await import('./start.ts');
      return runStart({ role, policyPath: policy, surveyDelay: surveyDelay ?? null, observe }, process.env);
    }),
  );

program
  .command('init')
  .description('write the files to start from: an example policy with its guidance, and .env; overwrites nothing')
  .addOption(
    new Option('--pack <name>', 'the example: a shop, a company that makes software, or a few people with one group')
      .choices(PACKS)
      .default('shop'),
  )
  .option(
    '--from-account',
    'begin from the groups, triggers and views of the Zendesk account, with a report of what is wrong there (environment: see .env.example); changes nothing in it',
    false,
  )
  .option('--dry-run', 'only report what would be written', false)
  .option('--only-missing', 'keep the files that exist and write the others', false)
  .action(
    exitsWith(async ({ pack, fromAccount, dryRun, onlyMissing }) => {
      if (!fromAccount) return runInit({ folder: '.', pack, dryRun, onlyMissing, out });
      const { runInitFromAccount } = await import('./init.ts');
      const { zendeskFrom } = await import('./open-account.ts');
      return runInitFromAccount({ folder: '.', dryRun, read: () => zendeskFrom(process.env).readSetup(), out });
    }),
  );

program
  .command('publish')
  .description('check a draft of the policy and put it in the policy’s place; the former one stays beside it')
  .argument('[draft]', 'the edited copy of the policy')
  .option('--dry-run', 'only report what would change', false)
  .option('--take-back', 'only take back what an interrupted publish had replaced', false)
  .addOption(policyOption())
  .addOption(jsonOption())
  .action(
    exitsWith(async (draft: string | undefined, { policy, dryRun, takeBack, json }) => {
      const { named, runPublish, runTakeBack } = await import('./publish.ts');
      return takeBack
        ? runTakeBack({ policyPath: policy, now: new Date(), json, out })
        : runPublish({ draft: named(draft), policyPath: policy, dryRun, json, now: () => new Date(), out });
    }),
  );

program
  .command('webhook')
  .description('create or repair the webhook in Zendesk, and print its secret (environment: see .env.example)')
  .option('--events', 'only print the event types it must subscribe to', false)
  .option('--dry-run', 'only report what would be created or changed', false)
  .action(
    exitsWith(async ({ events, dryRun }) => {
      const { runWebhook } = await import('./webhook.ts');
      return runWebhook({ events, dryRun, env: process.env, out, err });
    }),
  );

program
  .command('app')
  .description('write the sidebar app for Zendesk’s command line, and print the commands that install it')
  .argument('[folder]', 'where it is written', 'app')
  .action(
    exitsWith(async (folder: string) => {
      const { findAppPackage, runAppFolder } = await import('./app-folder.ts');
      return runAppFolder({ folder, env: process.env, source: findAppPackage(), out });
    }),
  );

program
  .command('failed')
  .description('list what was dead-lettered after failing, and retry it')
  .argument('[ids...]', 'ids as listed (default: all)')
  .option('--retry', 'retry them; without ids, all but what may have been sent', false)
  .option('--in-doubt', 'with --retry: also what may have been sent already, and would then be sent twice', false)
  .addOption(jsonOption())
  .action(exitsWith((ids: string[], { json, retry, inDoubt }) => failed(ids, json, retry, inDoubt)));

// The former name of `failed --retry`.
program
  .command('parked', { hidden: true })
  .argument('[ids...]')
  .option('--replay', '', false)
  .addOption(jsonOption())
  .action(exitsWith((ids: string[], { json, replay }) => failed(ids, json, replay)));

await addCommandGroups(program, { policyOption, jsonOption, exitsWith, withDatabase, interruption }, process.argv[2]);

await program.parseAsync();
// Exits even if a library keeps handles open, after all output has been written to a pipe.
process.stdout.write('', () => process.exit(process.exitCode));
