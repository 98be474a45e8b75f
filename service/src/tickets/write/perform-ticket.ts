// How do the wishes for one ticket come true with one PUT?
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { settleFailure } from './after-failure.ts';
import { type ClaimedRow, renewLease } from './claim-ticket-changes.ts';
import { composeNeeded, singleWrite, type TicketNow } from './compose-write.ts';
import { dropObsolete } from './drop-obsolete.ts';
import { loadTickets, projectAnswer } from './project-write.ts';
import type { Run } from './run.ts';
import { settleConflict, settleUnknownTicket } from './settle-conflict.ts';
import { settleDoubt } from './settle-doubt.ts';
import { finishRows, finishWritten, postponeRows } from './settle-rows.ts';
import { chargeWrite, giveBackWrite, takeWrite } from './write-budget.ts';

/**
 * Carries out claimed rows of one ticket; at the end each is done, waiting, in doubt, parked or cancelled, or somebody else has
 * claimed it because our lease had ended.
 */
export async function performTicket(run: Run, claimed: readonly ClaimedRow[]): Promise<void> {
  let rows = await setAsideDeadly(run, claimed);
  try {
    if (rows.some((row) => row.inDoubt)) {
      rows = await settleDoubt(run, rows);
      // Reading may take minutes when Zendesk is busy.
      if (!(await renewLease(run.deps.db, rows, run.limits.leaseMs))) return;
    }
  } catch (error) {
    // Not knowing whether the earlier write arrived, we must not write again.
    return settleFailure(run, rows, error, { doubtful: true });
  }
  const ticket = await findTicket(run, rows);
  if (ticket === 'settled') return;
  rows = await dropObsolete(run, ticket, rows);
  // Which of them kills the process shows only one by one: those before it come to their end.
  if (rows.some((row) => row.unfinished > 1)) return writeOneByOne(run, rows);
  await write(run, ticket, rows, { joined: true });
}

/**
 * Looked at before anything is done: a row during whose write the process died several times in a row would bring down the next
 * one too. Written one by one, only the first of its ticket can be the cause.
 */
async function setAsideDeadly(run: Run, rows: readonly ClaimedRow[]): Promise<readonly ClaimedRow[]> {
  const { db, logger } = run.deps;
  const [first, ...others] = rows;
  if (!first || first.unfinished < run.limits.unfinished) return rows;
  const reason = `the service ended ${first.unfinished} times in a row in the middle of this write`;
  run.summary.parked += await finishRows(db, [first], 'parked', reason);
  logger.error(
    { outbox: first.id, ticketId: first.ticketId },
    'Set an effect aside during which the service kept ending',
  );
  return others;
}

async function findTicket(run: Run, rows: readonly ClaimedRow[]): Promise<TicketNow | 'settled'> {
  const [first] = rows;
  if (!first) return 'settled';
  const known = (await loadTickets(run.deps.db, [first.ticketId])).get(first.ticketId);
  if (known) return known;
  // Without the ticket's tags and stamp there is nothing safe to send.
  await settleUnknownTicket(run, rows);
  return 'settled';
}

async function write(
  run: Run,
  ticket: TicketNow,
  rows: readonly ClaimedRow[],
  options: { joined: boolean },
): Promise<void> {
  const { db, zendesk } = run.deps;
  if (rows.length === 0) return;
  const needed = composeNeeded(ticket, rows);
  if (!needed) {
    run.summary.done += await finishRows(db, rows, 'done');
    return;
  }
  if (!(await mayWrite(run, rows, options.joined))) return;
  run.summary.writes += 1;
  try {
    const askedAt = new Date();
    const answer = await zendesk.updateTicket(ticket.id, singleWrite(ticket, needed, rows));
    run.summary.done += await db.transaction(async (tx) => {
      // The ticket before its wishes, as the pipeline takes them: the other way round they would lock each other up.
      await projectAnswer(tx, { ticket, needed, answer, askedAt });
      return finishWritten(tx, rows);
    });
  } catch (error) {
    const kind = error instanceof ZendeskError ? error.kind : null;
    if (kind === 'conflict') return settleConflict(run, rows, (error as ZendeskError).message);
    if (kind === 'rejected' && rows.length > 1) return writeOneByOne(run, rows);
    return settleFailure(run, rows, error, { doubtful: false });
  }
}

/** One bad wish must not take the others, a customer's answer perhaps, down with it. */
async function writeOneByOne(run: Run, rows: readonly ClaimedRow[]): Promise<void> {
  for (const row of rows) {
    const ticket = (await loadTickets(run.deps.db, [row.ticketId])).get(row.ticketId);
    if (ticket) await write(run, ticket, [row], { joined: false });
  }
}

/** Takes a write of the budget, and sees to it that the rows are still ours at the last moment before it. */
async function mayWrite(run: Run, rows: readonly ClaimedRow[], waits: boolean): Promise<boolean> {
  const { db } = run.deps;
  const urgent = rows.some((row) => row.payload.cause === 'agent');
  const budget = waits ? await takeWrite(db, run.writesPerMinute, { urgent }) : await chargeWrite(db);
  if (budget.granted) {
    const ours = await renewLease(db, rows, run.limits.leaseMs);
    if (!ours) await giveBackWrite(db);
    return ours;
  }
  await postponeRows(db, rows, {
    ms: budget.waitMs,
    reason: 'waiting for the write budget',
    counts: false,
    attempts: run.limits.attempts,
  });
  return false;
}
