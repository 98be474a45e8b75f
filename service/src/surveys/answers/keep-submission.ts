// Keeps a submission: as a row of its own, or, of many that say the same, counted at one of them.
import { and, count, desc, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { surveySubmissions } from '../tables.ts';
import type { Signals, Visit } from './evidence.ts';

export interface NewSubmission {
  /** Within the survey's scale. */
  score: number;
  comment: string;
  /** Ids of the policy's drivers. */
  drivers?: readonly string[];
  /** Null: not asked. */
  mayContact?: boolean | null;
  /** The form it was sent with; null: none that we sent. */
  form: string | null;
  /** Counts the submissions of one form; null: the page's script did not run. */
  step: number | null;
  /** False: saved on the way. Such an answer is put on the ticket when nothing more has come for some minutes. */
  final: boolean;
  visit: Visit;
  userAgent: string;
  /** Null: the page's script did not run. */
  signals: Signals | null;
  /** A field that no person sees was filled in. */
  trapFilled: boolean;
  now: Date;
}

/** A person sends some dozens, each different; a program that repeats itself tells nothing new after ten. */
const MOST_ALIKE = 10;
/** Only a flood gets there. Then a visitor who sent this many gets no more rows; forms that show signs of a person are counted apart. */
const MANY = 500;
const MOST_OF_VISITOR = 100;
/** All rows are judged each time. Above it one that tells least makes room, so that the customer can still answer. */
const MOST = 2_000;

/**
 * `counted`: the same was sent by the same visitor with the same form before, ten times or in a flood. `too_many`: nothing was written, as the visitor
 * floods the invitation.
 */
export type Kept = 'kept' | 'counted' | 'too_many';

/** The caller has locked the invitation. */
export async function keepSubmission(tx: Queryable, invitationId: number, answer: NewSubmission): Promise<Kept> {
  const { times } = surveySubmissions;
  const row = rowOf(invitationId, answer);
  const alike = await findAlike(tx, row);
  const { all, ofVisitor } = alike.n < MOST_ALIKE ? await countRows(tx, row) : { all: 0, ofVisitor: 0 };
  const isFlood = all >= MANY && ofVisitor >= MOST_OF_VISITOR;
  if (alike.n >= MOST_ALIKE || (alike.n > 0 && (isFlood || all >= MOST))) {
    const counted = { times: sql`${times} + 1`, lastAt: answer.now };
    await tx.update(surveySubmissions).set(counted).where(eq(surveySubmissions.id, alike.newest));
    return 'counted';
  }
  if (isFlood || (all >= MOST && !(await makeRoom(tx, invitationId)))) return 'too_many';
  await tx.insert(surveySubmissions).values(row);
  return 'kept';
}

type NewRow = typeof surveySubmissions.$inferInsert;

function rowOf(invitationId: number, answer: NewSubmission): NewRow {
  const { score, comment, drivers = [], mayContact = null, form, step, final, signals, trapFilled } = answer;
  const { network, agent, agentKind, unlikeBrowser, gesture } = answer.visit;
  return {
    invitationId,
    at: answer.now,
    form,
    step,
    final,
    score,
    comment,
    drivers: [...drivers],
    mayContact,
    network,
    agent,
    userAgent: answer.userAgent,
    seen: { agentKind, unlikeBrowser, gesture, signals, trapFilled },
    used: isUsed(answer),
    // Judged at once, with all that is known of the invitation.
    verdict: 'doubtful',
    points: 0,
    reasons: [],
  };
}

/** Signs of a person are there: events on the page or words. */
export const isUsed = ({ signals, comment }: Pick<NewSubmission, 'signals' | 'comment'>): boolean =>
  signals !== null || comment !== '';

const of = ({ invitationId }: NewRow) => eq(surveySubmissions.invitationId, invitationId);

async function findAlike(tx: Queryable, row: NewRow): Promise<{ n: number; newest: number }> {
  const { id, form, step, final, score, comment, drivers, mayContact, network, agent, seen } = surveySubmissions;
  const isAlike = and(
    of(row),
    eq(score, row.score),
    eq(comment, row.comment ?? ''),
    eq(drivers, row.drivers ?? []),
    eq(final, row.final),
    eq(agent, row.agent),
    sql`${seen} = ${JSON.stringify(row.seen)}::jsonb`,
    sql`(${form}, ${step}, ${mayContact}, ${network}) IS NOT DISTINCT FROM
      (${row.form}::text, ${row.step}::integer, ${row.mayContact}::boolean, ${row.network}::text)`,
  );
  const rows = await tx.select({ id }).from(surveySubmissions).where(isAlike).orderBy(desc(id)).limit(MOST_ALIKE);
  return { n: rows.length, newest: rows[0]?.id ?? 0 };
}

async function countRows(tx: Queryable, row: NewRow): Promise<{ all: number; ofVisitor: number }> {
  const { network, agent, used } = surveySubmissions;
  const isOfVisitor = sql`${network} IS NOT DISTINCT FROM ${row.network}::text AND ${agent} = ${row.agent} AND ${used} = ${row.used}`;
  const [counts] = await tx
    .select({ all: count(), ofVisitor: sql<number>`(count(*) FILTER (WHERE ${isOfVisitor}))::int` })
    .from(surveySubmissions)
    .where(of(row));
  return counts ?? { all: 0, ofVisitor: 0 };
}

/**
 * Removes one row: of those that machines sent before doubtful ones, of the visitor with the most, the newest; never a person's, the answer, or what an
 * admin chose. It is counted at another that a machine sent. False: there is none to remove.
 */
async function makeRoom(tx: Queryable, invitationId: number): Promise<boolean> {
  const { rowCount } = await tx.execute(sql`
    WITH gone AS (DELETE FROM survey_submissions WHERE id = (
        SELECT id FROM survey_submissions u WHERE u.invitation_id = ${invitationId} AND u.verdict <> 'human'
          AND NOT EXISTS (SELECT FROM responses r WHERE r.submission_id = u.id)
          AND NOT EXISTS (SELECT FROM survey_choices c WHERE c.submission_id = u.id)
        ORDER BY u.verdict = 'machine' DESC, count(*) OVER (PARTITION BY u.network, u.agent) DESC, u.used, u.id DESC LIMIT 1)
      RETURNING id, times, at),
    counted AS (UPDATE survey_submissions SET times = survey_submissions.times + gone.times, last_at = gone.at FROM gone WHERE survey_submissions.id = (
        SELECT max(m.id) FROM survey_submissions m, gone WHERE m.invitation_id = ${invitationId} AND m.verdict = 'machine' AND m.id <> gone.id))
    SELECT id FROM gone`);
  return (rowCount ?? 0) > 0;
}
