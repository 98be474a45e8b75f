// Reads what became of follow-ups, and how customers answered next after a bad answer.
import { SURVEY_KINDS } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import type { NextAnswer } from '../../figures/follow-ups.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { ANSWERS, type SurveyQuery, scopeOf } from './read-survey-cells.ts';

/** Customers with an answer of the lowest class that counts, each once. */
interface Unhappy {
  readonly customers: number;
  /** Those of them who agreed to be contacted. */
  readonly agreed: number;
  /** Those who agreed, and whom nobody has reached since. */
  readonly toContact: number;
}

export interface FollowUpResults {
  /** Opened in the period. */
  readonly opened: number;
  /** Somebody reached the customer by the time it was due. */
  readonly inTime: number;
  readonly late: number;
  /** Nobody has reached the customer yet, and there is time left. */
  readonly underWay: number;
  /** By id, the most frequent first. */
  readonly outcomes: readonly Counted[];
  readonly causes: readonly Counted[];
  /** Of each customer who answered in the period and whose answer before was bad. */
  readonly next: readonly NextAnswer[];
  readonly unhappy: Unhappy;
}

interface Counted {
  readonly id: string;
  readonly n: number;
}

interface ResultRow extends Record<string, unknown> {
  readonly outcome: string | null;
  readonly cause: string | null;
  readonly opened: number;
  readonly in_time: number;
  readonly late: number;
  readonly under_way: number;
}

export async function readFollowUpResults(db: Queryable, query: SurveyQuery, now: Date): Promise<FollowUpResults> {
  const { survey, from, to } = query;
  const { rows } = await db.execute<ResultRow>(sql`
    SELECT f.outcome, f.root_cause AS cause, count(*)::int AS opened, (count(*) FILTER (WHERE f.contacted_at <= f.due_at))::int AS in_time,
      (count(*) FILTER (WHERE f.contacted_at > f.due_at))::int AS late,
      (count(*) FILTER (WHERE f.contacted_at IS NULL AND f.ended_at IS NULL AND f.due_at > ${now.toISOString()}))::int AS under_way
    FROM follow_ups f WHERE f.survey = ${survey} AND f.opened_at >= ${from.toISOString()} AND f.opened_at < ${to.toISOString()} ${ofScope(query)}
    GROUP BY 1, 2`);
  const sum = (countOf: (row: ResultRow) => number): number => rows.reduce((total, row) => total + countOf(row), 0);
  return {
    opened: sum(({ opened }) => opened),
    inTime: sum(({ in_time: inTime }) => inTime),
    late: sum(({ late }) => late),
    underWay: sum(({ under_way: underWay }) => underWay),
    outcomes: countBy(rows, ({ outcome }) => outcome),
    causes: countBy(rows, ({ cause }) => cause),
    next: await readNextAnswers(db, query),
    unhappy: await readUnhappy(db, query),
  };
}

function countBy(rows: readonly ResultRow[], idOf: (row: ResultRow) => string | null): Counted[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const id = idOf(row);
    if (id !== null) counts.set(id, (counts.get(id) ?? 0) + row.opened);
  }
  return [...counts].map(([id, n]) => ({ id, n })).toSorted((a, b) => b.n - a.n || a.id.localeCompare(b.id));
}

const ofScope = (query: SurveyQuery): SQL =>
  query.tier === undefined && query.categories === undefined
    ? sql``
    : sql`AND EXISTS (SELECT 1 FROM follow_up_answers a JOIN invitations i ON i.id = a.invitation_id
        LEFT JOIN tickets t ON t.id = i.ticket_id WHERE a.follow_up_id = f.id ${scopeOf(query)})`;

async function readUnhappy(db: Queryable, query: SurveyQuery): Promise<Unhappy> {
  const { survey, from, to } = query;
  const { rows } = await db.execute<Unhappy & Record<string, unknown>>(sql`
    SELECT count(*)::int AS customers, (count(*) FILTER (WHERE agreed))::int AS agreed, (count(*) FILTER (WHERE waits))::int AS "toContact"
    FROM (SELECT bool_or(r.may_contact) AS agreed, bool_or(r.may_contact AND NOT EXISTS (
        SELECT 1 FROM follow_up_answers j JOIN follow_ups f ON f.id = j.follow_up_id
        WHERE j.invitation_id = r.invitation_id AND f.contacted_at > r.answered_at)) AS waits
      FROM ${ANSWERS} WHERE i.survey = ${survey} AND r.score < ${SURVEY_KINDS[survey].classes[1].from}
        AND r.answered_at >= ${from.toISOString()} AND r.answered_at < ${to.toISOString()} ${scopeOf(query)}
      GROUP BY i.requester_id) each`);
  return rows[0] ?? { customers: 0, agreed: 0, toContact: 0 };
}

/** A bad answer that is older is no longer what the next one is about. */
const LONGEST = sql`interval '1 year'`;

/** Of each customer the last answer in the period whose own answer before was of the lowest class. */
async function readNextAnswers(db: Queryable, query: SurveyQuery): Promise<NextAnswer[]> {
  const { survey, from, to } = query;
  const [, better] = SURVEY_KINDS[survey].classes;
  const { rows } = await db.execute<NextAnswer & Record<string, unknown>>(sql`
    WITH answers AS (
      SELECT i.requester_id, r.score, r.answered_at AS at, lag(r.score) OVER earlier AS before, lag(r.answered_at) OVER earlier AS before_at, lag(r.invitation_id) OVER earlier AS after
      FROM responses r JOIN invitations i ON i.id = r.invitation_id LEFT JOIN tickets t ON t.id = i.ticket_id
      WHERE i.survey = ${survey} AND r.answered_at >= ${from.toISOString()}::timestamptz - ${LONGEST} AND r.answered_at < ${to.toISOString()} ${scopeOf(query)}
      WINDOW earlier AS (PARTITION BY i.requester_id ORDER BY r.answered_at, r.invitation_id)),
    next AS (SELECT DISTINCT ON (requester_id) * FROM answers
      WHERE at >= ${from.toISOString()} AND before < ${better.from} ORDER BY requester_id, at DESC)
    SELECT EXISTS (SELECT 1 FROM follow_up_answers a JOIN follow_ups f ON f.id = a.follow_up_id
      WHERE a.invitation_id = next.after AND f.contacted_at > next.before_at AND f.contacted_at < next.at) AS contacted, before, score, count(*)::int AS n
    FROM next GROUP BY 1, 2, 3`);
  return rows;
}
