// Prints what the policy would decide for each ticket of a file.
import { once } from 'node:events';
import {
  type Decision,
  formatProblems,
  localDate,
  type Policy,
  type TicketFacts,
  toMinorUnits,
} from '@deskwright/shared';
import cliProgress from 'cli-progress';
import { compilePolicy } from '../decide/compile-policy.ts';
import { decideByMode } from '../decide/decide-by-mode.ts';
import { decideRefund } from '../decide/refund-decision.ts';
import { BadTicketFile, openTicketFile, type TicketInFile, unknownInFiles } from '../past-tickets/index.ts';
import { toJsonLine, toSentences } from './explain/describe-ticket.ts';
import { describeRefund, refundToJson } from './explain/explain-refund.ts';
import { checkTiers, type RefundAsked, readAmount } from './explain/refund-asked.ts';
import { type MarkStyle, markWords, printWords } from './explain/words.ts';
import { readGiven } from './operator.ts';

interface ExplainTicketsOptions {
  /** CSV or JSON; see `openTicketFile`. */
  readonly file: string;
  /** The file's encoding, if known: a label of https://encoding.spec.whatwg.org. */
  readonly encoding?: string | undefined;
  readonly policyPath: string;
  /** Of a draft: the policy in whose place it would be. */
  readonly inPlaceOf?: string | undefined;
  /** One JSON object per ticket, instead of sentences. */
  readonly json: boolean;
  /** How the tickets' words are shown with what conditions saw in them; null: only those that decided are. */
  readonly words?: MarkStyle | null;
  /** Also says of each ticket whether this would be allowed. */
  readonly refund?: RefundAsked | null;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** The time at which the tickets are decided, in epoch milliseconds. */
  readonly now?: number;
  /** Resolves when the output has been written, so that a slow reader does not fill the memory. */
  readonly drained?: () => Promise<void>;
  /** Where to show progress; only a terminal gets any. */
  readonly progressTo?: NodeJS.WriteStream;
}

/** Records reported one by one; further ones are only counted. */
const MOST_REPORTED = 50;

/**
 * `deskwright explain --tickets FILE`: decides a whole file and changes nothing. Works line by line, so the file may be
 * larger than the memory. A record that is not a ticket is reported on standard error, and the others are decided.
 * @returns the exit code: 0 success, 1 a refund that was asked about is not allowed, 2 the policy, the file or one of its records cannot be used
 */
export async function runExplainTickets(options: ExplainTicketsOptions): Promise<0 | 1 | 2> {
  const {
    file,
    encoding = null,
    policyPath,
    inPlaceOf,
    json,
    words: style = null,
    refund: asked = null,
    out,
    err,
    now = Date.now(),
    progressTo = process.stderr,
    drained = stdoutDrained,
  } = options;
  // Why a test fails is a reason to explain tickets.
  const { read } = await readGiven(policyPath, inPlaceOf ?? policyPath);
  if (read.outcome !== 'loaded') {
    err(
      read.outcome === 'refused' ? formatProblems(read.problems, read.text) : `Cannot use the policy: ${read.reason}.`,
    );
    return 2;
  }
  const { policy } = read.loaded;
  const compiled = compilePolicy(policy);
  const unknown = unknownInFiles(compiled.asks);
  if (unknown.length > 0)
    err(`The policy reads ${unknown.join(', ')}, which a file of tickets does not contain: treated as empty.`);
  // Results on the same terminal would overwrite the bar.
  const shows = progressTo.isTTY && !process.stdout.isTTY;
  const bar = new cliProgress.SingleBar({
    stream: progressTo,
    format: ' {bar} {percentage}% | {tickets} tickets',
    clearOnComplete: true,
  });
  try {
    const { tickets, size, read: bytesRead } = await openTicketFile(file, { encoding, now });
    if (shows) bar.start(size, 0, { tickets: 0 });
    let skipped = 0;
    let broken = 0;
    let refused = 0;
    for await (const ticket of tickets) {
      if ('problem' in ticket) {
        if (++skipped <= MOST_REPORTED) err(`${ticket.problem}. It was skipped.`);
        continue;
      }
      const lost = lostLetterIn(ticket.facts);
      if (lost !== undefined && ++broken === 1)
        err(
          `Row ${ticket.row} has "${lost}" where a character was lost earlier; rules cannot match such words. Export the file again as UTF-8.`,
        );
      const decided = decideByMode(ticket.facts, compiled);
      const words = style && markWords(ticket.facts, compiled);
      const refund = asked && refundOfFile(asked, policy, ticket, decided.decision, now);
      if (refund !== null && refund.told.verdict !== 'allowed') refused++;
      out(json ? toJsonLine(ticket, decided, policy, words, refund?.told) : toSentences(ticket, decided, policy));
      if (refund !== null && !json) for (const line of refund.lines) out(`    ${line}`);
      if (words && style && !json) for (const line of printWords(words, style)) out(`    ${line}`);
      await drained();
      if (shows && ticket.row % 1_000 === 0) bar.update(bytesRead(), { tickets: ticket.row });
    }
    if (broken > 1) err(`${broken} rows have lost characters.`);
    if (skipped > MOST_REPORTED) err(`${skipped - MOST_REPORTED} more records were skipped.`);
    if (skipped > 0) return 2;
    return refused === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof BadTicketFile)) throw error;
    err(error.message);
    return 2;
  } finally {
    bar.stop();
  }
}

/** What a program writes for a character it could not represent, or for UTF-8 read as Windows-1252 or Latin-1: "Ã¼" for "ü", "â€™" for an apostrophe. */
const LOST = /\uFFFD|[ÃÂ][\u0080-\u009F¡-¿]|Ã[‚-™Œ-ž]|â(?:€|\u0080)./u;

function lostLetterIn({ subject, description }: TicketFacts): string | undefined {
  return (LOST.exec(subject) ?? LOST.exec(description))?.[0];
}

async function stdoutDrained(): Promise<void> {
  if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
}

/**
 * The payment stands in the columns (keys of JSON) `paid`, `refunded` and `paid_on`. Nothing else is known: nothing was refunded before, and the
 * customer is not verified. Without `--tier` the agent is of the ticket's tier.
 * @throws Error when something of it is no amount or day, or the policy has no refunds
 */
function refundOfFile(
  asked: RefundAsked,
  policy: Policy,
  { row, column }: TicketInFile,
  { category, tier }: Decision,
  now: number,
) {
  const { refunds } = policy;
  if (refunds === undefined) throw new Error('The policy has no refunds, so nobody may refund anything.');
  checkTiers(policy, asked.tiers);
  const amount = readAmount(asked, refunds);
  const today = localDate(now, policy.time_zone);
  const email = asked.agent.includes('@') ? asked.agent.toLowerCase() : null;
  const minor = (name: string, written: string): number => {
    try {
      return toMinorUnits(written, amount.currency);
    } catch {
      throw new Error(`Row ${row}: ${name} "${written}" is not an amount of ${amount.currency}.`);
    }
  };
  const paid = column('paid');
  const paidOn = column('paid_on') ?? today;
  if (!/^\d{4}-\d\d-\d\d$/.test(paidOn))
    throw new Error(`Row ${row}: paid_on "${paidOn}" is not a day; write 2026-11-30.`);
  const decision = decideRefund(refunds, {
    amount: amount.minor,
    currency: amount.currency,
    agent: { email, tiers: asked.tiers ?? [tier.value], role: asked.role ?? 'agent' },
    category: category.value,
    payment:
      paid === null
        ? null
        : {
            paid: minor('paid', paid),
            refunded: minor('refunded', column('refunded') ?? '0'),
            currency: amount.currency,
            paidOn,
            isDisputed: false,
          },
    today,
    used: { today: 0, customer: [], ticket: 0 },
    isVerified: false,
    isSameAgain: false,
    isConfirmed: false,
  });
  return { told: refundToJson(decision, amount), lines: describeRefund(decision, refunds.currency) };
}
