// Judges all submissions of an invitation and makes the one that the rules choose its answer.
import { asc, desc, eq, sql } from 'drizzle-orm';
import type { Lexicon } from '../../decide/find-drivers.ts';
import { type NewHistoryEntry, recordHistory } from '../../history/index.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { responses, surveyChoices, surveyOpenings, surveySubmissions } from '../tables.ts';
import type { InvitationRow } from '../why-not-send.ts';
import { chooseAnswer, type Judged } from './choose-answer.ts';
import { type Evidence, type Submission, visitorOf } from './evidence.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { CROWD, isByProgram, isPageUsed, judge } from './judge.ts';
import { readComment } from './read-comments.ts';

type SubmissionRow = typeof surveySubmissions.$inferSelect;
export type ResponseRow = typeof responses.$inferSelect;

export interface Settled {
  /** What counts now. */
  answer: ResponseRow | null;
  before: ResponseRow | null;
}

/** Networks are counted over this time: scanners come back for days. */
const CROWD_DAYS = 7;
const DAY_MS = 86_400_000;

/**
 * Judges anew, because later evidence may change a verdict, and writes what changed: verdicts, the answer and the history, where a changed answer is a later entry and one that no longer counts is withdrawn. The caller has locked the invitation.
 */
export async function settleAnswer(
  tx: Queryable,
  invitation: InvitationRow,
  lexicon: Lexicon,
  now: Date,
): Promise<Settled> {
  const ofIt = eq(surveySubmissions.invitationId, invitation.id);
  const rows = await tx.select().from(surveySubmissions).where(ofIt).orderBy(asc(surveySubmissions.id));
  const judged = await judgeAll(tx, invitation, rows);
  const [choice] = await tx
    .select()
    .from(surveyChoices)
    .where(eq(surveyChoices.invitationId, invitation.id))
    .orderBy(desc(surveyChoices.id))
    .limit(1);
  const [before = null] = await tx.select().from(responses).where(eq(responses.invitationId, invitation.id));
  const chosen = chooseAnswer([...judged, ...(before ? recordedEarlier(before) : [])], choice ?? null);
  if (before && chosen && chosen.row === null) return { answer: before, before };
  const active = chosen?.row ?? null;
  const answer = active ? await storeAnswer(tx, before, active, lexicon, now) : null;
  if (answer && before?.score !== answer.score)
    await recordHistory(tx, surveyAnswered(invitation, String(answer.score), now));
  if (answer === null && before) await withdraw(tx, invitation, now);
  return { answer, before };
}

type JudgedRow = Judged & { row: SubmissionRow | null };

/** An answer from before submissions were kept counts as a person's. */
function recordedEarlier({ submissionId, changedAt: at, comment }: ResponseRow): JudgedRow[] {
  const unknown = {
    id: 0,
    form: null,
    step: null,
    visitor: '',
    used: true,
    resubmission: false,
    points: 0,
    byProgram: false,
    row: null,
  };
  return submissionId === null ? [{ ...unknown, at, comment, ownWords: comment !== '', verdict: 'human' }] : [];
}

async function judgeAll(
  tx: Queryable,
  invitation: InvitationRow,
  rows: readonly SubmissionRow[],
): Promise<JudgedRow[]> {
  const openings = await tx.select().from(surveyOpenings).where(eq(surveyOpenings.invitationId, invitation.id));
  const submissions = rows.map(toSubmission);
  const crowds = await countCrowds(tx, invitation, rows);
  const gathered = gatherEvidence({ sentAt: invitation.sentAt, openings, submissions, crowds });
  const judged: JudgedRow[] = [];
  for (const [index, of] of submissions.entries()) {
    const row = rows[index] as SubmissionRow;
    const evidence = gathered[index] as Evidence;
    // Of an erased one the evidence is gone, and the verdict stands.
    const { verdict, points, reasons } = row.agent === '' ? row : judge(evidence);
    if (row.verdict !== verdict || row.points !== points || row.reasons.join() !== reasons.join()) {
      const found = { verdict, points, reasons: [...reasons] };
      await tx.update(surveySubmissions).set(found).where(eq(surveySubmissions.id, row.id));
    }
    const { resubmission, ownWords } = evidence;
    const used = isPageUsed(of.signals);
    const byProgram = isByProgram(reasons);
    judged.push({ ...of, visitor: visitorOf(of), resubmission, ownWords, used, byProgram, verdict, points, row });
  }
  return judged;
}

export const toSubmission = ({ seen, ...row }: SubmissionRow): Submission => ({ ...row, ...seen });

/** For each network of submissions without a sign of use: how many other customers' surveys it answered so, counted up to `CROWD`. */
async function countCrowds(
  tx: Queryable,
  { id, requesterId }: InvitationRow,
  rows: readonly SubmissionRow[],
): Promise<Map<string, number>> {
  const unused = rows.filter(({ used }) => !used);
  const since = new Date(Math.min(...unused.map(({ at }) => at.getTime())) - CROWD_DAYS * DAY_MS);
  const networks = [...new Set(unused.flatMap(({ network }) => network ?? []))];
  if (networks.length === 0) return new Map();
  // One customer at a time, up to `CROWD`: the gateway of a large mail service answers for thousands, and all of them would be read for each answer.
  const { rows: counted } = await tx.execute<{ network: string; n: number }>(sql`
    WITH RECURSIVE others (network, customers) AS (
      SELECT unnest(${sql.param(networks)}::text[]), ARRAY[${requesterId}::bigint]
      UNION ALL SELECT o.network, o.customers || other.requester_id FROM others o CROSS JOIN LATERAL (
        SELECT i.requester_id FROM survey_submissions s JOIN invitations i ON i.id = s.invitation_id
        WHERE s.network = o.network AND s.at > ${since.toISOString()} AND NOT s.used AND s.invitation_id <> ${id}
          AND i.requester_id <> ALL (o.customers) LIMIT 1) other
      WHERE cardinality(o.customers) <= ${CROWD})
    SELECT network, max(cardinality(customers)) - 1 AS n FROM others GROUP BY network`);
  return new Map(counted.map(({ network, n }) => [network, n]));
}

/** A new revision only if something that people see has changed. */
async function storeAnswer(
  tx: Queryable,
  before: ResponseRow | null,
  active: SubmissionRow,
  lexicon: Lexicon,
  now: Date,
): Promise<ResponseRow> {
  const { score, comment, drivers, mayContact, id: submissionId } = active;
  if (before && saysTheSame(before, active)) {
    if (before.submissionId === submissionId) return before;
    await tx
      .update(responses)
      .set({ submissionId, confirmed: null })
      .where(eq(responses.invitationId, before.invitationId));
    return { ...before, submissionId, confirmed: null };
  }
  const revision = (before?.revision ?? 0) + 1;
  const changed = {
    score,
    comment,
    drivers,
    ...readComment(comment, lexicon),
    mayContact,
    submissionId,
    revision,
    changedAt: now,
    failures: 0,
    failure: null,
    confirmed: null,
  };
  const { invitationId } = active;
  const [stored] = await tx
    .insert(responses)
    .values({ invitationId, answeredAt: active.at, ...changed })
    .onConflictDoUpdate({ target: responses.invitationId, set: changed })
    .returning();
  if (!stored) throw new Error('The answer was not stored.');
  return stored;
}

type Said = Pick<ResponseRow, 'score' | 'comment' | 'drivers' | 'mayContact'>;
const saysTheSame = (a: Said, b: Said): boolean =>
  a.score === b.score &&
  a.comment === b.comment &&
  a.mayContact === b.mayContact &&
  a.drivers.toSorted().join() === b.drivers.toSorted().join();

async function withdraw(tx: Queryable, invitation: InvitationRow, now: Date): Promise<void> {
  await tx.delete(responses).where(eq(responses.invitationId, invitation.id));
  await recordHistory(tx, surveyAnswered(invitation, 'withdrawn', now));
}

/** @param what the score, or `withdrawn` */
function surveyAnswered(
  { id, ticketId, survey, requesterId }: InvitationRow,
  what: string,
  at: Date,
): NewHistoryEntry[] {
  if (ticketId === null) return [];
  const value = `${survey}:${what}`;
  // Not before the last one: of two answers the later entry counts.
  const entry = {
    ticketId,
    at,
    kind: 'survey_answered',
    value,
    ref: id,
    actor: 'customer',
    actorId: requesterId,
  } as const;
  return [{ ...entry, check: 'last' }];
}
