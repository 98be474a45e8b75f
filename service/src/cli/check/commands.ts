// Adds `check` to the command line.
import { type Command, Option } from 'commander';
import type { CommandDeps } from '../activation/commands.ts';
import { runCheck } from '../check.ts';
import { repeatOnSave } from '../repeat-on-save.ts';
import { readMore } from './read-more.ts';

export function addCheck(program: Command, { policyOption, jsonOption, exitsWith, interruption }: CommandDeps) {
  program
    .command('check')
    .description('report what is wrong in the policy file, with proofs; needs neither Zendesk nor the service')
    .argument('[file]', 'the policy file, or an edited copy of it (default: the policy)')
    .option(
      '--account',
      'compare it with the account as well: groups, views, Zendesk’s own triggers (environment: see .env.example)',
      false,
    )
    .option('--strict', 'exit with 1 for warnings as well', false)
    .option('--watch', 'check again whenever the policy, an included file or guidance is saved', false)
    .option(
      '--fix',
      'remove words, conditions and triggers that change nothing, unless a test of the file needs them; the former file is kept beside it',
      false,
    )
    .option('--dry-run', 'with --fix: only print what would be removed', false)
    .option('--examples <file>', 'also write the example tickets, for explain --tickets')
    .addOption(new Option('--sarif', 'print a SARIF log, for code review').default(false).conflicts('json'))
    .addOption(policyOption())
    .addOption(jsonOption())
    .action(
      exitsWith(
        async (file: string | undefined, { policy, account, strict, watch, fix, dryRun, examples, sarif, json }) => {
          const options = {
            more: await readMore(process.env, { readsAccount: account }),
            policyPath: file ?? policy,
            inPlaceOf: policy,
            json,
            sarif,
            strict,
            fix: fix ? (dryRun ? ('dry run' as const) : ('write' as const)) : undefined,
            examples,
            isMailUnset: !process.env['SMTP_URL'] && !process.env['SMTP_URL_FILE'],
            env: process.env,
            now: () => new Date(),
            out: (text: string): void => console.log(text),
          };
          return watch
            ? repeatOnSave(() => runCheck(options), { ...options, json: json || sarif }, interruption())
            : runCheck(options);
        },
      ),
    );
}
