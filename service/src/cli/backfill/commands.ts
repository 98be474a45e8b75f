// Adds `backfill` to the command line.
import type { Command } from 'commander';
import type { CommandDeps } from '../activation/commands.ts';
import { zendeskFrom } from '../open-account.ts';
import { readMoment, runBackfill } from './run-backfill.ts';

export function addBackfill(program: Command, { jsonOption, exitsWith, withDatabase, interruption }: CommandDeps) {
  program
    .command('backfill')
    .description(
      'take from Zendesk what it measured of tickets before the installation (environment: see .env.example)',
    )
    .option('--since <time>', 'tickets created or solved since then: 90d, 12w, or a day such as 2026-09-01', '90d')
    .option('--until <time>', 'and before then (default: until now)')
    .option('--dry-run', 'only report what would be stored', false)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
The first start takes in the figures of all tickets by itself; this is for accounts that were connected before, or to read them again.
Zendesk allows ten pages of 1,000 tickets a minute. It can be stopped at any time: the same command continues. Running it twice changes nothing.`,
    )
    .action(
      exitsWith(({ since, until, dryRun, json }) => {
        const now = new Date();
        const range = {
          since: readMoment(since, now),
          until: until === undefined ? null : readMoment(until, now),
        };
        const zendesk = zendeskFrom(process.env);
        return withDatabase(json, (db, out) =>
          runBackfill({
            db,
            zendesk,
            ...range,
            dryRun,
            json,
            out,
            err: (line) => console.error(line),
            progressTo: process.stderr,
            signal: interruption(),
          }),
        );
      }),
    );
}
