// Adds `refunds` and `ledger` to the command line.
import { once } from 'node:events';
import { type Command, Option } from 'commander';
import type { Database } from '../../platform/storage/database.ts';
import type { CommandDeps } from '../activation/commands.ts';
import { demoSettings } from '../open-account.ts';
import { currentPerson } from '../operator.ts';
import { withOperatorDatabase } from '../operator-database.ts';
import { runExportGoodwill, runExportLedger, runVerifyLedger } from './ledger.ts';
import { runReconcileRefunds, stripeOf } from './reconcile.ts';
import { runRefundsStatus, runStopRefunds } from './stop.ts';

export function addRefunds(program: Command, { jsonOption, exitsWith, withDatabase }: CommandDeps) {
  const refunds = program.command('refunds').description('stop all refunds at once, and let them go on');
  refunds
    .command('status', { isDefault: true })
    .description('whether refunds are stopped, by whom and why, and earlier stops')
    .addOption(jsonOption())
    .action(exitsWith(({ json }) => withDatabase(json, (db, out) => runRefundsStatus({ db, json, out }))));
  for (const action of ['stop', 'resume'] as const)
    refunds
      .command(action)
      .description(
        action === 'stop'
          ? 'from now on nobody can refund anything; agents see the reason'
          : 'let agents refund again, within their limits',
      )
      .requiredOption('--why <text>', 'recorded with your name; agents see why refunds are stopped')
      .addOption(jsonOption())
      .action(
        exitsWith(({ why, json }) =>
          withDatabase(json, (db, out) =>
            runStopRefunds({ db, json, out }, { action, why, who: currentPerson(), at: new Date() }),
          ),
        ),
      );

  refunds
    .command('reconcile')
    .description(
      'compare the books with Stripe now, and enter refunds made elsewhere; exit code 1 if something differs',
    )
    .addOption(jsonOption())
    .action(
      exitsWith(({ json }) => {
        return withDatabase(json, async (db, out) => {
          const payments = stripeOf({ ...(await demoSettings(db, process.env)), ...process.env });
          return runReconcileRefunds({ db, payments, json, out, clock: Date.now });
        });
      }),
    );

  refunds
    .command('goodwill')
    .description('write what agents gave and took back as goodwill to standard output, for finance and for verifying')
    .addOption(formatOption())
    .action(exitsWith(({ format }) => withPipedDatabase((db) => runExportGoodwill({ db, format, write: pipe }))));

  const ledger = program
    .command('ledger')
    .description('replay the books of refunds and goodwill, and export the ledger');
  ledger
    .command('verify')
    .description('replay every entry and balance, and report what cannot be; exit code 1 if there is anything')
    .option('--file <file>', 'an export of this ledger, instead of the database: needs no service and no database')
    .option('--goodwill-file <file>', 'with --file: an export of "deskwright refunds goodwill"')
    .option('--expect-head <hash...>', 'last hashes of an earlier check: the books must still contain those entries')
    .option('--balances', 'list every balance: of agents, customers, tickets and budgets')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Each entry holds the hash of the one before it, so an entry that was changed, taken out or put in is found. What was cut off at the end
is found only with the last hash of an earlier check: keep it somewhere else, and give it as --expect-head. Goodwill has a chain of its own, and so a
last hash of its own.`,
    )
    .action(
      exitsWith(({ file, goodwillFile, expectHead, balances, json }) => {
        if (file !== undefined) {
          const toOutput = { json, balances, out: (line: string) => console.log(line) };
          return runVerifyLedger(toOutput, { file, goodwillFile, expectHead });
        }
        if (goodwillFile !== undefined) throw new Error('--goodwill-file needs --file, the export of the ledger.');
        return withDatabase(json, (db, out) => runVerifyLedger({ json, out, balances }, { db, expectHead }));
      }),
    );
  ledger
    .command('export')
    .description('write all entries to standard output, as JSON Lines for verifying or as CSV for finance')
    .addOption(formatOption())
    .action(exitsWith(({ format }) => withPipedDatabase((db) => runExportLedger({ db, format, write: pipe }))));
}

const formatOption = () =>
  new Option('--format <format>', 'how it is written').choices(['jsonl', 'csv']).default('jsonl');

/** What is exported alone goes to standard output, so that it can be piped. */
const withPipedDatabase = (run: (db: Database) => Promise<number>) =>
  withOperatorDatabase({ env: process.env, json: false, out: (line) => console.error(line) }, run);

async function pipe(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
