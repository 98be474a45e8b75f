// Reports to operators that surveys are stopped or mail cannot be sent, and how many surveys wait.
import { and, eq, lte } from 'drizzle-orm';
import { type MailStatus, readMailStatus } from '../mail/mail-status.ts';
import type { Check } from '../platform/http/health.ts';
import type { Database } from '../platform/storage/database.ts';
import { describeStopOrPause, readSurveyStop } from './pause.ts';
import { invitations } from './tables.ts';

interface MailReadinessDeps {
  db: Database;
  /** Epoch milliseconds. */
  clock: () => number;
  /** Whether surveys are to be sent, by the policy in force. */
  isNeeded: () => boolean;
}

/** The check of `/readyz`: a warning, because everything but surveys works. */
export function checkMail({ db, clock, isNeeded }: MailReadinessDeps): () => Promise<Check> {
  return async () => {
    if ((await readSurveyStop(db)) !== null)
      return { ok: true, warning: `${await describeStopOrPause(db)}; deskwright surveys resume lets them go on` };
    const status = await readMailStatus(db);
    if (!status) return isNeeded() ? { ok: true, detail: 'not checked yet' } : { ok: true };
    if (!status.problem) return { ok: true };
    return { ok: true, warning: `${describeMailProblem(status)}; ${await countWaiting(db, clock())}` };
  };
}

/** `mail cannot be sent since 2026-11-29T10:00:00.000Z: <why>`. Null: it can. */
export function describeMailProblem({ problem, since }: MailStatus): string | null {
  return problem && `mail cannot be sent since ${since.toISOString()}: ${problem.message}`;
}

const COUNTED = 10_000;

/** They wait as long as they are not more than three days late, see `isTooLate`. */
async function countWaiting(db: Database, now: number): Promise<string> {
  const due = db
    .select({ id: invitations.id })
    .from(invitations)
    .where(and(eq(invitations.state, 'scheduled'), lte(invitations.dueAt, new Date(now))))
    .limit(COUNTED + 1)
    .as('due');
  const count = await db.$count(due);
  if (count === 0) return 'surveys are not sent until it can';
  const many =
    count > COUNTED ? `more than ${COUNTED} surveys wait` : `${count} survey${count === 1 ? ' waits' : 's wait'}`;
  return `${many}, up to three days, until it can`;
}
