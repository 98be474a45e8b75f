// Adds `suggest` to the command line.
import { type Command, InvalidArgumentError } from 'commander';
import type { CommandDeps } from '../activation/commands.ts';
import { openPastTickets, toLabels } from '../open-past-tickets.ts';
import { toEncoding, toNumber } from '../option-values.ts';
import { readCachedTickets, readCorrections, readTicketFile } from './read-labelled-tickets.ts';
import { runSuggest } from './run-suggest.ts';

export function addSuggest(
  program: Command,
  { policyOption, jsonOption, exitsWith, withDatabase, interruption }: CommandDeps,
) {
  program
    .command('suggest')
    .description('learn policy triggers from tickets that people have sorted; changes nothing without --apply')
    .option(
      '--tickets <file>',
      'sorted tickets: CSV (message, or subject and description) or JSON of Zendesk tickets; also gzip. Left out: what agents corrected in the sidebar, and left as it was',
    )
    .option('--account', 'those of the account, as cached on this machine; with --labels', false)
    .option('--fetch', 'first read what is new in the account into that cache', false)
    .option('--encoding <name>', 'encoding of that file if it is not UTF-8 or UTF-16', toEncoding)
    .option(
      '--labels <where>',
      'the categories that people gave: column:NAME (default: category or label), field:NUMBER or tags:PREFIX',
      toLabels,
    )
    .option('--most <n>', 'suggest at most so many triggers', toMost, 60)
    .option('--held-out <share>', 'part of the tickets that is only measured on', toShare, 0.2)
    .option('--seed <n>', 'draws that part; the same seed gives the same result', toNumber, 1)
    .option('--apply', 'write the suggestions into the policy file; the former file is kept beside it', false)
    .option('--retire', 'with --apply or --dry-run: also remove the policy triggers that it suggests to remove', false)
    .option('--dry-run', 'show what --apply would change in the file', false)
    .addOption(policyOption())
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .action(
      exitsWith(async ({ policy, tickets, account, fetch, encoding, labels, most, ...options }) => {
        const run = { ...options, mostTriggers: most, policyPath: policy, now: () => new Date(), err: warn };
        if (tickets !== undefined)
          return runSuggest({
            ...run,
            out: print,
            read: () => readTicketFile(tickets, { encoding, labels, err: warn }),
          });
        if (account || fetch) {
          const named = {
            labels,
            fetch,
            from: 'account' as const,
            env: process.env,
            err: warn,
            progressTo: process.stderr,
            signal: interruption(),
          };
          return runSuggest({
            ...run,
            out: print,
            read: async (inForce) => readCachedTickets(await openPastTickets(named, [inForce]), labels),
          });
        }
        return withDatabase(options.json, (db, out) => runSuggest({ ...run, out, read: () => readCorrections(db) }));
      }),
    );
}

const HELP = `
Triggers stand in the order in which they must be read: the first that sets a category wins. It reads customers' words and shows some of them.

Examples:
  deskwright suggest --tickets sorted.csv
  deskwright suggest --tickets export.jsonl --labels tags:reason_ --dry-run
  deskwright suggest --account --fetch --labels field:360001
  deskwright suggest --tickets sorted.csv --apply && deskwright check

Exit codes: 0 done, 1 there is nothing to suggest, 2 it could not run.`;

const print = (line: string): void => console.log(line);
const warn = (line: string): void => console.error(line);

function toMost(text: string): number {
  const number = toNumber(text);
  if (number < 1) throw new InvalidArgumentError('Write a number from 1 on.');
  return number;
}

/** `20%` or `0.2`. */
function toShare(text: string): number {
  const [, number, percent] = /^(\d*\.?\d+)\s*(%?)$/.exec(text.trim()) ?? [];
  const share = Number(number) / (percent === '%' ? 100 : 1);
  if (!(share > 0 && share <= 0.9)) throw new InvalidArgumentError('Write a share up to 90%, such as 20%.');
  return share;
}
