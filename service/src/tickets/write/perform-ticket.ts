// Performs the changes of one ticket with one PUT.
import { chargeToken, giveBackToken, takeToken } from '../../platform/outbox/rate.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { recordNews } from '../process/record-of.ts';
import { composeNeeded, isObsolete, singleWrite, type TicketNow } from './compose-write.ts';
import { loadTickets, projectAnswer } from './project-write.ts';
import { type Run, settleDoubt } from './run.ts';
import { settleConflict, settleFailure, settleUnknownTicket } from './settle-failure.ts';
import { WRITES } from './stopped-writes.ts';
import { type ClaimedChange, ticketOf } from './ticket-change.ts';

/**
 * Performs claimed entries of one ticket; afterwards each is done, waiting, in doubt, dead-lettered or cancelled, or another process has
 * claimed it because our lease expired.
 */
export async function performTicket(run: Run, claimed: readonly ClaimedChange[]): Promise<void> {
  let rows = await run.work.deadLetterCrashing(claimed);
  try {
    if (rows.some((row) => row.inDoubt)) {
      rows = await settleDoubt(run, rows);
      // Reading may take minutes while Zendesk is busy.
      if (!(await renewAll(run, rows))) return;
    }
  } catch (error) {
    // We must not write again without knowing whether the earlier write arrived.
    return settleFailure(run, rows, error, { doubtful: true });
  }
  const ticket = await findTicket(run, rows);
  if (ticket === 'settled') return;
  rows = await dropObsolete(run, ticket, rows);
  // One by one shows which of them crashes the process, and completes the earlier ones.
  if (rows.some((row) => row.unfinished > 1)) return writeOneByOne(run, rows);
  await write(run, ticket, rows, { joined: true });
}

async function renewAll(run: Run, rows: readonly ClaimedChange[]): Promise<boolean> {
  return (await run.work.renew(rows)).size === rows.length;
}

/** Cancels obsolete changes and returns the others. */
export async function dropObsolete(
  run: Run,
  ticket: TicketNow,
  rows: readonly ClaimedChange[],
): Promise<ClaimedChange[]> {
  const obsolete = rows.filter((row) => isObsolete(ticket, row));
  await run.work.cancel(obsolete, 'superseded by a newer decision');
  return rows.filter((row) => !obsolete.includes(row));
}

async function findTicket(run: Run, rows: readonly ClaimedChange[]): Promise<TicketNow | 'settled'> {
  if (rows.length === 0) return 'settled';
  const id = ticketOf(rows);
  const known = (await loadTickets(run.work.db, [id])).get(id);
  if (known) return known;
  // Without the ticket's tags and timestamp nothing can be sent safely.
  await settleUnknownTicket(run, rows);
  return 'settled';
}

async function write(
  run: Run,
  ticket: TicketNow,
  rows: readonly ClaimedChange[],
  options: { joined: boolean },
): Promise<void> {
  const { work } = run;
  if (rows.length === 0) return;
  const needed = composeNeeded(ticket, rows);
  if (!needed) {
    return work.done(rows);
  }
  if (!(await mayWrite(run, rows, options.joined))) return;
  work.summary.writes += 1;
  try {
    const askedAt = new Date();
    const answer = await run.deps.zendesk.updateTicket(ticket.id, singleWrite(ticket, needed, rows));
    // Lock the ticket before its entries, like the pipeline: the opposite order could deadlock.
    await work.performed(rows, async (tx) =>
      recordNews(tx, run.deps.hooks ?? [], await projectAnswer(tx, { ticket, needed, answer, askedAt })),
    );
  } catch (error) {
    const kind = error instanceof ZendeskError ? error.kind : null;
    if (kind === 'conflict') return settleConflict(run, rows, (error as ZendeskError).message);
    if (kind === 'rejected' && rows.length > 1) return writeOneByOne(run, rows);
    return settleFailure(run, rows, error, { doubtful: false });
  }
}

/** One invalid change must not fail the others, such as a customer's survey answer. */
async function writeOneByOne(run: Run, rows: readonly ClaimedChange[]): Promise<void> {
  for (const row of rows) {
    const id = ticketOf([row]);
    const ticket = (await loadTickets(run.work.db, [id])).get(id);
    if (ticket) await write(run, ticket, [row], { joined: false });
  }
}

/** Takes a write from the budget, and checks just before it that the rows are still ours. */
async function mayWrite(run: Run, rows: readonly ClaimedChange[], waits: boolean): Promise<boolean> {
  const { db } = run.work;
  const urgent = rows.some((row) => row.payload.cause === 'agent');
  const budget = waits ? await takeToken(db, WRITES, run.writesPerMinute, { urgent }) : await chargeToken(db, WRITES);
  if (budget.granted) {
    const ours = (await run.work.mayPerform(rows)).size === rows.length;
    if (!ours) await giveBackToken(db, WRITES);
    return ours;
  }
  await run.work.postpone(rows, { ms: budget.waitMs, reason: 'waiting for the write budget', counts: false });
  return false;
}
