// `deskwright backtest --refunds`: reports which past refunds a changed policy would decide differently.
import { writeFile } from 'node:fs/promises';
import { localDate, type Policy } from '@deskwright/shared';
import { buildRefundReport, compareRefunds, describeRefunds, type PastEvent } from '../../backtest/index.ts';
import { writeReport } from '../../reports/index.ts';
import { type ComparedPolicies, readCompared } from './read-compared.ts';
import { readRefundFile } from './read-refund-file.ts';

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
