// How do the wishes for one ticket come true with one PUT?
import { ZendeskError } from '../zendesk/zendesk.ts';
import { settleFailure } from './after-failure.ts';
import { type ClaimedRow, renewLease } from './claim-ticket-changes.ts';
import { composeNeeded, singleWrite, type TicketNow } from './compose-write.ts';
import { dropObsolete } from './drop-obsolete.ts';
import { loadTickets, projectAnswer } from './project-write.ts';
import { ids, type Run } from './run.ts';
import { settleConflict } from './settle-conflict.ts';
import { settleDoubt } from './settle-doubt.ts';
import { finishRows, postponeRows } from './settle-rows.ts';
import { chargeWrite, takeWrite } from './write-budget.ts';

/** Carries out claimed rows of one ticket; at the end each is done, waiting, in doubt, parked or cancelled. */
export async function performTicket(run: Run, claimed: readonly ClaimedRow[]): Promise<void> {
  let rows = claimed;
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
  await write(run, ticket, await dropObsolete(run, ticket, rows), { joined: true });
}

async function findTicket(run: Run, rows: readonly ClaimedRow[]): Promise<TicketNow | 'settled'> {
  const [first] = rows;
  if (!first) return 'settled';
  const known = (await loadTickets(run.deps.db, [first.ticketId])).get(first.ticketId);
  if (known) return known;
  // Without the ticket's tags and stamp there is nothing safe to send.
  await settleConflict(run, rows, 'the ticket is not in the projection');
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
    await finishRows(db, ids(rows), 'done');
    run.summary.done += rows.length;
    return;
  }
  if (!(await mayWrite(run, rows, options.joined))) return;
  run.summary.writes += 1;
  try {
    const askedAt = new Date();
    const answer = await zendesk.updateTicket(ticket.id, singleWrite(ticket, needed, rows));
    await db.transaction(async (tx) => {
      // The ticket before its wishes, as the pipeline takes them: the other way round they would lock each other up.
      await projectAnswer(tx, { ticket, needed, answer, askedAt });
      await finishRows(tx, ids(rows), 'done');
    });
    run.summary.done += rows.length;
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

async function mayWrite(run: Run, rows: readonly ClaimedRow[], waits: boolean): Promise<boolean> {
  const { db, writesPerMinute } = run.deps;
  if (!waits) {
    await chargeWrite(db);
    return true;
  }
  const urgent = rows.some((row) => row.payload.cause === 'agent');
  const budget = await takeWrite(db, writesPerMinute(), { urgent });
  if (budget.granted) return true;
  await postponeRows(db, ids(rows), {
    ms: budget.waitMs,
    reason: 'waiting for the write budget',
    counts: false,
    attempts: run.limits.attempts,
  });
  return false;
}
