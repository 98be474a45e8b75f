// How do the wishes for many tickets go out as one job?
import { sql } from 'drizzle-orm';
import type { Database } from '../../platform/storage/database.ts';
import { listOutages } from '../../zendesk/outages.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { settleFailure } from './after-failure.ts';
import { type ClaimedRow, claimTicketChanges, renewLeases } from './claim-ticket-changes.ts';
import { bulkWrite, composeNeeded, stampOf } from './compose-write.ts';
import { dropObsolete } from './drop-obsolete.ts';
import { loadTickets } from './project-write.ts';
import type { Run } from './run.ts';
import { finishRows, postponeRows } from './settle-rows.ts';
import { giveBackWrite, takeWrite } from './write-budget.ts';

/** When a job of Zendesk's is looked at for the first time. */
const FIRST_LOOK_MS = 300;

/** A ticket's row of the job, and the ticket's stamp when it was composed. */
interface Ready {
  rows: ClaimedRow[];
  stamp: string;
  write: ReturnType<typeof bulkWrite>;
}

/** `waitMs`: the budget allows a write only then. */
export type Posted = { posted: true } | { posted: false; waitMs: number };

/** The endpoint by which jobs are made, as `listOutages` names it. */
const ENDPOINT = 'PUT /api/v2/tickets/update_many';
/** After a failure, tickets are written one by one for so long. */
const NO_JOBS_MS = 60_000;

/** Whether Zendesk takes jobs, as far as any process has seen. */
export async function takesJobs(db: Database): Promise<boolean> {
  const outages = await listOutages(db, NO_JOBS_MS);
  return !outages.some(({ endpoint }) => endpoint === ENDPOINT);
}

/** Posts one `update_many` job for tickets whose wishes nobody tried before. What agents did goes alone: jobs take their time. */
export async function postBulk(run: Run): Promise<Posted> {
  const { db, zendesk } = run.deps;
  const { limits, summary } = run;
  const budget = await takeWrite(db, run.writesPerMinute);
  if (!budget.granted) return { posted: false, waitMs: budget.waitMs };

  const claimed = await claimTicketChanges(db, {
    fresh: true,
    agentActs: 'left_out',
    tickets: limits.rowsPerJob,
    leaseMs: limits.leaseMs,
  });
  run.claimed.push(...claimed.flat());
  const known = await loadTickets(
    db,
    claimed.flatMap((rows) => rows[0]?.ticketId ?? []),
  );
  const ready: Ready[] = [];
  for (const ofTicket of claimed) {
    const ticket = known.get(ofTicket[0]?.ticketId ?? 0);
    const rows = ticket ? await dropObsolete(run, ticket, ofTicket) : ofTicket;
    const needed = ticket && composeNeeded(ticket, rows);
    if (ticket && needed) {
      ready.push({ rows, stamp: stampOf(ticket.updatedAt), write: bulkWrite(ticket, needed, rows) });
    } else if (ticket) {
      summary.done += await finishRows(db, rows, 'done');
    } else {
      // Alone, a ticket that the projection lacks is read first.
      await alone(run, rows, 'the ticket is not in the projection');
    }
  }
  const ours = await renewLeases(
    db,
    ready.flatMap(({ rows }) => rows),
    limits.leaseMs,
  );
  const sent = ready.filter(({ rows }) => rows.every((row) => ours.has(row.id)));
  if (sent.length === 0) {
    await giveBackWrite(db);
    return { posted: false, waitMs: 0 };
  }

  summary.writes += 1;
  const all = sent.flatMap(({ rows }) => rows);
  try {
    const { jobId } = await zendesk.updateTickets(sent.map(({ write }) => write));
    await noteJob(run, jobId, sent);
  } catch (error) {
    const refused = error instanceof ZendeskError && (error.kind === 'rejected' || error.kind === 'conflict');
    // One row can spoil a whole job: alone, each is told what is wrong with it.
    if (refused) await alone(run, all, error.message);
    else await settleFailure(run, all, error, { doubtful: false });
  }
  return { posted: true };
}

/** Not a failure of their own: another row of the job may be to blame. */
async function alone(run: Run, rows: readonly ClaimedRow[], reason: string): Promise<void> {
  const { attempts } = run.limits;
  const settled = await postponeRows(run.deps.db, rows, { ms: 0, reason, counts: false, alone: true, attempts });
  run.summary.postponed += settled.postponed;
}

/** From here on whoever finds the job due looks after it, should this process die. */
async function noteJob(run: Run, jobId: string, sent: readonly Ready[]): Promise<void> {
  const noted = sent.flatMap(({ rows, stamp }) => rows.map(({ id, claim }) => ({ id, claim, stamp })));
  await run.deps.db.execute(sql`
    UPDATE outbox o SET zendesk_job_id = ${jobId}, due_at = now(),
      claimed_until = now() + ${FIRST_LOOK_MS}::float8 * interval '1 millisecond',
      payload = o.payload || jsonb_build_object('stamp', s.stamp)
    FROM jsonb_to_recordset(${JSON.stringify(noted)}::jsonb) AS s(id bigint, claim int, stamp text)
    WHERE o.id = s.id AND o.claims = s.claim AND o.state = 'in_flight'`);
}
