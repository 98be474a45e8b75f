// `deskwright backtest`: reports what a changed policy would decide for past tickets, or for past refunds.
import { writeFile } from 'node:fs/promises';
import { localDate, type Policy } from '@deskwright/shared';
import cliProgress from 'cli-progress';
import {
  type BacktestResult,
  buildRefundReport,
  buildReport,
  compareChunks,
  compareRefunds,
  describeRefunds,
  describeResult,
  type PastEvent,
  summarise,
  type Tally,
} from '../../backtest/index.ts';
import { BadTicketFile, type LabelSource, type PastTicketChunks, unknownInFiles } from '../../past-tickets/index.ts';
import { writeReport } from '../../reports/index.ts';
import { asksOf } from '../open-past-tickets.ts';
import { type ComparedPolicies, readCompared } from './read-compared.ts';
import { readRefundFile } from './read-refund-file.ts';

export interface BacktestOptions extends ComparedPolicies {
  /** Opens the past tickets. @param policies the one in force and the candidate */
  readonly open: (policies: readonly [Policy, Policy]) => Promise<PastTicketChunks>;
  readonly labels?: LabelSource | undefined;
  /** Only tickets created since then, in epoch milliseconds; null: all. */
  readonly since: number | null;
  /** How many tickets are shown of each cause. */
  readonly samples: number;
  /** Whether samples show the subject. */
  readonly words: boolean;
  readonly threads?: number | undefined;
  /** The share of tickets, from 0 to 1, above which the exit code is 1; null: never. */
  readonly failAbove: number | null;
  /** Where the report goes; null: none is written. */
  readonly html: string | null;
  readonly json: boolean;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Where to show progress; only a terminal gets any. */
  readonly progressTo: NodeJS.WriteStream;
  readonly signal?: AbortSignal | undefined;
}

/**
 * @returns the exit code: 0 done, 1 more tickets differ than allowed, 2 a policy or the tickets cannot be used
 * @throws Error with what is wrong and where, when a policy or the tickets cannot be used
 */
export async function runBacktest(options: BacktestOptions): Promise<0 | 1> {
  const { labels, since, samples, words, threads, failAbove, html, json, out, err, signal } = options;
  const compared = await readCompared(options);
  const policies = [compared.before.policy, compared.after.policy] as const;
  const opened = await options.open(policies);
  const { chunks, size, read, source, unknown = unknownInFiles(asksOf(policies)) } = opened;
  if (source !== undefined) err(`Past tickets: ${source}.`);
  if (unknown.length > 0)
    err(`The policy reads ${unknown.join(', ')}, which past tickets do not have: treated as empty.`);
  const bar = startBar(options.progressTo, size);
  const comparison = { before: compared.before.policy, after: compared.after.policy, since, samples, words };
  const onProgress = ({ tickets }: Tally): void => bar.update(read(), { tickets: tickets.toLocaleString('en-US') });
  let tally: Tally;
  try {
    tally = await compareChunks(comparison, chunks, { labels, threads, signal, onProgress });
  } finally {
    bar.stop();
    await opened.close?.();
  }
  if (tally.tickets === 0 && tally.unreadable > 0)
    throw new BadTicketFile(
      `None of the past tickets can be read:\n  ${tally.problems.map(({ problem }) => problem).join('\n  ')}`,
    );
  const result = summarise(tally, compared);
  if (html !== null) await writeFile(html, writeReport(buildReport(result, compared.after.policy), 'html'));
  if (json) out(JSON.stringify(result));
  else for (const line of describeResult(result)) out(line);
  if (html !== null && !json) out(`\nThe report is in ${html}.`);
  return isAbove(result, failAbove) ? 1 : 0;
}

const isAbove = ({ changed, tickets }: BacktestResult, most: number | null): boolean =>
  most !== null && tickets > 0 && changed / tickets > most;

function startBar(stream: NodeJS.WriteStream, size: number): Pick<cliProgress.SingleBar, 'update' | 'stop'> {
  if (!stream.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new cliProgress.SingleBar({
    stream,
    format: ' {bar} {percentage}% | {tickets} tickets | {eta_formatted} left',
    clearOnComplete: true,
  });
  bar.start(Math.max(1, size), 0, { tickets: '0' });
  return bar;
}

interface RefundBacktestOptions extends ComparedPolicies {
  /** CSV or JSON; null: the ledger. */
  readonly file: string | null;
  readonly readLedger: () => AsyncIterable<PastEvent>;
  /** A day of the policy's time zone, or epoch milliseconds; null: all. */
  readonly since: string | number | null;
  readonly samples: number;
  /** The share of refunds, from 0 to 1, above which the exit code is 1; null: never. */
  readonly failAbove: number | null;
  readonly html: string | null;
  readonly json: boolean;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** Problems told one by one. */
const MOST_TOLD = 20;

/**
 * @returns the exit code: 0 done, 1 more refunds differ than allowed
 * @throws Error with what is wrong and where, when a policy or the refunds cannot be used
 */
export async function runRefundBacktest(options: RefundBacktestOptions): Promise<0 | 1> {
  const { file, since, samples, failAbove, html, json, out, err } = options;
  const compared = await readCompared(options);
  const policy = compared.before.policy.refunds ? compared.before.policy : compared.after.policy;
  const { events, problems } =
    file === null ? { events: options.readLedger(), problems: [] } : await readEvents(file, policy);
  for (const problem of problems.slice(0, MOST_TOLD)) err(`${problem}. It was left out.`);
  if (problems.length > MOST_TOLD) err(`${problems.length - MOST_TOLD} more were left out.`);
  const day = typeof since === 'number' ? localDate(since, policy.time_zone) : since;
  const result = await compareRefunds(compared, events, { since: day, samples });
  if (html !== null) await writeFile(html, writeReport(buildRefundReport(result, compared.after.policy), 'html'));
  if (json) out(JSON.stringify({ ...result, leftOut: problems.length }));
  else for (const line of describeRefunds(result)) out(line);
  if (html !== null && !json) out(`\nThe report is in ${html}.`);
  return failAbove !== null && result.refunds > 0 && result.changed / result.refunds > failAbove ? 1 : 0;
}

async function readEvents(file: string, policy: Policy) {
  const { refunds: events, problems } = await readRefundFile(file, policy);
  if (events.length === 0 && problems.length > 0)
    throw new Error(`No refund of ${file} can be read:\n  ${problems.slice(0, MOST_TOLD).join('\n  ')}`);
  return { events, problems };
}
