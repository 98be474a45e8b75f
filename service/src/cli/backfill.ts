// `deskwright backfill`: imports Zendesk's own measures of tickets from before the installation.
import { setTimeout as pause } from 'node:timers/promises';
import cliProgress from 'cli-progress';
import type { Command } from 'commander';
import { type BackfillProgress, type BackfillResult, backfill } from '../history/index.ts';
import type { Database } from '../platform/storage/database.ts';
import { stoppedWhile } from '../zendesk/stopped-while.ts';
import type { Zendesk } from '../zendesk/zendesk.ts';
import type { CommandDeps } from './activation/commands.ts';
import { zendeskFrom } from './open-account.ts';

/** Adds `backfill` to the command line. */
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

interface BackfillOptions {
  readonly db: Database;
  readonly zendesk: Pick<Zendesk, 'exportTickets'>;
  readonly since: Date;
  /** Null: until now. */
  readonly until: Date | null;
  /** Only report what would be stored. */
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly out: (line: string) => void;
  /** For messages to the operator. */
  readonly err: (line: string) => void;
  /** Where the progress bar is shown, if it is a terminal. */
  readonly progressTo: NodeJS.WriteStream;
  readonly signal: AbortSignal;
  /** Epoch milliseconds. */
  readonly clock?: () => number;
  readonly callsPerMinute?: number | undefined;
}

/**
 * @returns the exit code: 0 done, 1 interrupted (the same command continues)
 * @throws Error that says where reading stopped, and for a range that ends before it begins
 */
export async function runBackfill(options: BackfillOptions): Promise<number> {
  const { db, zendesk, since, until, dryRun, json, out, err, signal, clock = Date.now, callsPerMinute } = options;
  if (until !== null && until <= since)
    throw new Error(`--until ${dayOf(until)} is not after --since ${dayOf(since)}. Give a later day, or leave it out.`);
  if (since.getTime() >= clock()) throw new Error(`--since ${dayOf(since)} is in the future. Give an earlier day.`);
  const bar = showBar(options.progressTo);
  const kept = dryRun ? 'Nothing was stored.' : 'What was read is stored; within a day the command continues there.';
  const result = await stoppedWhile('reading past tickets', kept, () =>
    backfill(
      { db, zendesk, clock, signal, callsPerMinute },
      {
        range: { since, until },
        dryRun,
        onProgress: bar.show,
        onWaiting: () =>
          err('Another backfill of this database is running. This one begins when it ends; stop it with Ctrl-C.'),
      },
    ),
  ).finally(bar.end);
  // The last frame of the bar is written before what follows.
  await pause(0);
  if (json) out(JSON.stringify({ since: since.toISOString(), until: until?.toISOString() ?? null, dryRun, ...result }));
  else for (const line of describe(result, options)) out(line);
  return result.done ? 0 : 1;
}

function describe(result: BackfillResult, { since, until, dryRun }: BackfillOptions): string[] {
  const { pages, tickets, found, stored, gone, unreadable, done, continued } = result;
  const from = `since ${dayOf(since)}${until === null ? '' : ` and before ${dayOf(until)}`}`;
  return [
    ...(continued > 0 ? [`Continued an interrupted backfill after ${continued} pages.`] : []),
    `${tickets} tickets read (${pages} pages). ${found} were created or solved ${from}.`,
    dryRun
      ? 'Nothing was stored. Without --dry-run their figures are.'
      : `Figures of ${stored} were new or had changed. Reports and the dashboard show them within a minute, marked as Zendesk's.`,
    ...(gone > 0 ? [`${gone} are deleted or spam and are not counted.`] : []),
    ...(unreadable > 0 ? [`${unreadable} could not be read: deskwright failed lists them.`] : []),
    ...(done ? [] : ['It was interrupted. Give the same command within a day to continue.']),
  ];
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

function showBar(stream: NodeJS.WriteStream): { show: (progress: BackfillProgress) => void; end: () => void } {
  if (!stream.isTTY) return { show: () => undefined, end: () => undefined };
  const format = ' {bar} {percentage}% | {tickets} tickets read, {found} found';
  const bar = new cliProgress.SingleBar({ stream, format, clearOnComplete: true });
  bar.start(100, 0, { tickets: 0, found: 0 });
  return {
    show: ({ share, tickets, found }) => bar.update(Math.floor(share * 100), { tickets, found }),
    end: () => bar.stop(),
  };
}

const UNITS: Readonly<Record<string, number>> = { d: 1, w: 7 };
const DAY = 86_400_000;

/**
 * Reads `90d` (that long before `now`), `12w` or a day (`2026-09-01`, from its start in UTC).
 * @throws Error that says what is accepted
 */
export function readMoment(text: string, now: Date): Date {
  const [, count, unit] = /^(\d{1,4})([dw])$/.exec(text.trim()) ?? [];
  if (count !== undefined && unit !== undefined)
    return new Date(now.getTime() - Number(count) * (UNITS[unit] ?? 1) * DAY);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text.trim()) ? new Date(`${text.trim()}T00:00:00Z`) : null;
  if (day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.trim())) return day;
  throw new Error(`"${text}" is no time. Write 90d, 12w, or a day such as 2026-09-01.`);
}
