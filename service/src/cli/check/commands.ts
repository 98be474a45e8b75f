// Adds `check` to the command line, with the past tickets and the account that it compares a policy with.
import type { Policy, TicketFacts } from '@deskwright/shared';
import { type Command, Option } from 'commander';
import { checkAgainstAccount } from '../../from-account/index.ts';
import type { CountPastTickets, MoreInput } from '../../lint/index.ts';
import { openCache, ticketsOf } from '../../past-tickets/index.ts';
import type { ZendeskLimits } from '../../zendesk/limits.ts';
import type { CommandDeps } from '../activation/commands.ts';
import { runCheck } from '../check.ts';
import { zendeskFrom } from '../open-account.ts';
import { folderOf } from '../open-past-tickets.ts';
import { repeatOnSave } from '../repeat-on-save.ts';

/** Adds `check` to the command line. */
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

/** As many are read within a few seconds. */
const MOST_PAST = 20_000;

/**
 * @param readsAccount whether Zendesk is asked
 * @throws Error that says where reading stopped, or what is missing in the environment
 */
export async function readMore(
  env: NodeJS.ProcessEnv,
  { readsAccount, limits }: { readsAccount: boolean; limits?: Partial<ZendeskLimits> },
): Promise<(policy: Policy) => MoreInput> {
  const countPast = await countCached(env);
  const past = countPast && { countPast };
  if (!readsAccount) return () => ({ ...past });
  const zendesk = zendeskFrom(env, limits);
  const [setup, staff] = [await zendesk.readSetup(), await zendesk.readStaff()];
  return (policy) => {
    const { findings, closedAfterHours } = checkAgainstAccount(policy, setup, staff);
    return { ...past, more: findings, closedAfterHours };
  };
}

/** Undefined: nothing of the account is cached. */
async function countCached(env: NodeJS.ProcessEnv): Promise<CountPastTickets | undefined> {
  const folder = folderOf(env);
  // `backtest` removes what has been cached too long.
  const cached = folder === null ? null : await openCache(folder, { limit: MOST_PAST });
  if (cached === null) return undefined;
  const facts: TicketFacts[] = [];
  for await (const chunk of cached.chunks)
    for (const ticket of ticketsOf(chunk)) if (!('problem' in ticket)) facts.push(ticket.facts);
  return (matches) => facts.filter(matches).length;
}
