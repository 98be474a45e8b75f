// Adds `backtest` and `preview` to the command line.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { PastEvent } from '../../backtest/index.ts';
import type { CommandDeps } from '../activation/commands.ts';
import { readMoment } from '../backfill.ts';
import { openPastTickets, SOURCES, toLabels } from '../open-past-tickets.ts';
import { openOperatorDatabase } from '../operator-database.ts';
import { toEncoding, toNumber } from '../option-values.ts';
import { addPreview } from './preview-command.ts';
import { refundsOfLedger } from './refunds-of-ledger.ts';
import { runBacktest, runRefundBacktest } from './run-backtest.ts';

export function addBacktest(program: Command, deps: CommandDeps) {
  addPreview(program, deps);
  const { policyOption, jsonOption, exitsWith, interruption } = deps;
  program
    .command('backtest')
    .description('list the past tickets that a changed policy would decide differently, and why; changes nothing')
    .argument('[draft]', 'the edited copy of the policy (default: the policy itself, compared with its last commit)')
    .option('--against <policy>', 'compare with this file, or with a version in git: git:HEAD~1')
    .option(
      '--tickets <file>',
      'past tickets: CSV (message, or subject and description) or JSON of Zendesk tickets; also gzip',
    )
    .addOption(
      new Option(
        '--from <source>',
        'without a file: the account, as cached here, or the service’s own history (default: the account if something is cached)',
      ).choices(SOURCES),
    )
    .option('--fetch', 'first read what is new in the account into the cache on this machine', false)
    .option('--encoding <name>', 'encoding of that file if it is not UTF-8 or UTF-16', toEncoding)
    .option('--labels <where>', 'the categories that people gave: column:NAME, field:NUMBER or tags:PREFIX', toLabels)
    .addOption(
      new Option(
        '--refunds [file]',
        'past refunds in place of tickets: those of the ledger, or of a file (CSV or JSON)',
      ).conflicts(['tickets', 'from', 'fetch', 'encoding', 'labels', 'limit', 'words', 'threads']),
    )
    .option('--since <time>', 'only tickets created since then: 30d, 12w, or a day such as 2026-09-01')
    .option('--limit <n>', 'read at most so many tickets', toNumber)
    .option('--sample <n>', 'how many tickets to show of each cause', toNumber, 5)
    .option('--words', 'show their subjects too, which are customers’ words', false)
    .option('--threads <n>', 'processors to use (default: all); the result is the same', toNumber)
    .option('--fail-above <share>', 'exit with 1 when more tickets differ: 5%', toShare)
    .option('--html <file>', 'write a report with charts')
    .addOption(policyOption())
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .action(
      exitsWith((draft: string | undefined, { policy, tickets, from, encoding, limit, since, fetch, ...options }) => {
        const signal = interruption();
        const err = (line: string): void => console.error(line);
        const sinceMs = since === undefined ? null : readMoment(since, new Date()).getTime();
        if (options.refunds !== undefined) {
          if (/\.ya?ml$/i.test(String(options.refunds)))
            throw new Error(`${options.refunds} is a policy: name the draft before --refunds.`);
          return runRefundBacktest({
            draft: draft ?? null,
            policyPath: policy,
            against: options.against ?? null,
            file: options.refunds === true ? null : options.refunds,
            readLedger: readFromLedger,
            since: /^\d{4}-\d\d-\d\d$/.test(since ?? '') ? since : sinceMs,
            samples: options.sample,
            failAbove: options.failAbove ?? null,
            html: options.html ?? null,
            json: options.json,
            out: (line) => console.log(line),
            err,
          });
        }
        const progressTo = process.stderr;
        return runBacktest({
          ...options,
          draft: draft ?? null,
          policyPath: policy,
          against: options.against ?? null,
          open: (policies) =>
            openPastTickets(
              {
                file: tickets,
                from,
                encoding,
                labels: options.labels,
                limit,
                fetch,
                env: process.env,
                err,
                progressTo,
                signal,
              },
              policies,
            ),
          since: sinceMs,
          samples: options.sample,
          failAbove: options.failAbove ?? null,
          html: options.html ?? null,
          out: (line) => console.log(line),
          err,
          progressTo,
          signal,
        });
      }),
    );
}

async function* readFromLedger(): AsyncGenerator<PastEvent> {
  const { db, name, close } = await openOperatorDatabase(process.env);
  try {
    console.error(`Past refunds: the ledger in ${name}.`);
    yield* refundsOfLedger(db);
  } finally {
    await close();
  }
}

const HELP = `
Past tickets are decided as when they arrived: a solved one counts as new, and no time has passed.

--fetch keeps the account's tickets in the data folder for as long as the policy's retention.words; deskwright forget erases them there too.

--refunds decides each past refund on the facts of its moment, by the same function as when it was made. A file is CSV, a JSON array, or a JSON object a line, with at, amount
and agent (an address); and, where known, tier, role, currency, category, ticket, customer, payment, paid, paid_on, refunded_before,
approved_by and verified. In the ledger, category, groups and role are those of today.

Examples:
  deskwright backtest draft.yaml --tickets last-month.jsonl
  deskwright backtest draft.yaml --fetch --since 30d         the account's own tickets
  deskwright backtest draft.yaml --from history              those the service has seen, and what agents corrected
  deskwright backtest --against git:HEAD~1 --tickets last-month.csv --html report.html
  deskwright backtest draft.yaml --refunds                   past refunds of the ledger

Exit codes: 0 done, 1 more tickets differ than --fail-above allows, 2 it could not run.`;

/** `5%` is 0.05. */
function toShare(text: string): number {
  const [, number] = /^(\d{1,3}(?:\.\d+)?)\s*%$/.exec(text.trim()) ?? [];
  if (number === undefined || Number(number) > 100) throw new InvalidArgumentError('Write a share such as 5% or 0.5%.');
  return Number(number) / 100;
}
