// Finds categories, and new customers, that come more often than chance explains.
import { sql } from 'drizzle-orm';
import { CATEGORY_RISE, judgeRise, NEW_REQUESTERS_BURST } from '../../figures/rising-counts.ts';
import { readKnownSince } from '../../history/index.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { AlarmContext, Finding } from './finding.ts';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** Weeks before that are compared. */
const WEEKS = 8;
const DAY = 24 * HOUR_MS;
/** A wave of spam is told of while it comes. */
const BURST = HOUR_MS;

interface Recorded {
  /**
   * When Deskwright began, and from when on all arrivals are known, in epoch milliseconds; null: nothing is known. Neither is before the first
   * ticket: that none came before says nothing of what is usual.
   */
  readonly installedAt: number | null;
  readonly knownSince: number | null;
}

/** What Zendesk has measured of the time before the installation counts too. */
async function readRecorded(db: Queryable): Promise<Recorded> {
  const [{ rows }, known] = await Promise.all([
    db.execute<{ at: number | null; first: number | null }>(sql`
      SELECT (SELECT extract(epoch FROM min(since)) * 1000 FROM policy_versions)::float8 AS at,
        (SELECT extract(epoch FROM min(at)) * 1000 FROM measures WHERE figure = 'arrival')::float8 AS first`),
    readKnownSince(db),
  ]);
  const { at: installedAt = null, first = null } = rows[0] ?? {};
  const notBeforeFirst = (since: number | null): number | null =>
    since === null || first === null ? null : Math.max(since, first);
  return {
    installedAt: notBeforeFirst(installedAt),
    knownSince: notBeforeFirst(known?.told.getTime() ?? installedAt),
  };
}

/** The hours until now and the same hours of past weeks, newest first. */
const windows = (now: Date, lengthMs: number) => sql`(
  SELECT week, ${now.toISOString()}::timestamptz - (week * ${WEEK_MS}::float8 + ${lengthMs}::float8) * interval '1 millisecond' AS from_at,
    ${now.toISOString()}::timestamptz - week * ${WEEK_MS}::float8 * interval '1 millisecond' AS to_at
  FROM generate_series(0, ${WEEKS}) AS week)`;

/** Of tickets from before the installation, few have a category: a week counts if at least this share has one. */
const CATEGORISED = 0.9;

/** How many past weeks are wholly known. */
function knownWeeks(since: number | null, now: Date, lengthMs: number): number {
  if (since === null) return 0;
  return Math.max(0, Math.min(WEEKS, Math.floor((now.getTime() - lengthMs - since) / WEEK_MS)));
}

export async function findCategoryRises(db: Queryable, { inForce, now, isOn }: AlarmContext): Promise<Finding[]> {
  if (!inForce.policy.alarms.category_rise) return [];
  const { installedAt, knownSince } = await readRecorded(db);
  const weeks = knownWeeks(knownSince, now, DAY);
  const own = knownWeeks(installedAt, now, DAY);
  const { rows } = await db.execute<{ category: string | null; week: number; n: number; newest: string | null }>(sql`
    SELECT m.category, w.week, count(*)::int AS n, max(m.ticket_id) AS newest FROM ${windows(now, DAY)} AS w
    JOIN measures m ON m.figure = 'arrival' AND m.at > w.from_at AND m.at <= w.to_at
    GROUP BY m.category, w.week`);
  const past = Array.from({ length: weeks }, (_, week) => week + 1).filter((week) => {
    const ofWeek = rows.filter((row) => row.week === week);
    const sum = (some: typeof rows) => some.reduce((total, { n }) => total + n, 0);
    return week <= own || sum(ofWeek.filter(({ category }) => category !== null)) >= CATEGORISED * sum(ofWeek);
  });
  return inForce.policy.categories.flatMap(({ id }): Finding[] => {
    const ofCategory = rows.filter(({ category }) => category === id);
    const count = (week: number) => ofCategory.find((row) => row.week === week)?.n ?? 0;
    const { isRising, expected } = judgeRise(count(0), past.map(count), isOn('category_rise', id), CATEGORY_RISE);
    if (!isRising) return [];
    const newest = ofCategory.find(({ week }) => week === 0)?.newest ?? null;
    const ticketId = newest === null ? null : Number(newest);
    return [{ kind: 'category_rise', about: id, n: count(0), usual: expected, since: null, ticketId }];
  });
}

/** Customers who wrote for the first time in the last hour. Of weeks before the installation all who wrote are counted, which are more. */
export async function findNewRequesters(db: Queryable, { inForce, now, isOn }: AlarmContext): Promise<Finding[]> {
  if (!inForce.policy.alarms.new_requesters) return [];
  const { installedAt, knownSince } = await readRecorded(db);
  const weeks = knownWeeks(knownSince, now, BURST);
  const own = knownWeeks(installedAt, now, BURST);
  const { rows } = await db.execute<{ week: number; arrived: number; fresh: number; newest: string | null }>(sql`
    SELECT w.week, count(*)::int AS arrived,
      count(DISTINCT t.requester_id) FILTER (WHERE t.requester_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM tickets e WHERE e.requester_id = t.requester_id AND e.created_at < t.created_at AND e.created_at <= w.from_at))::int AS fresh,
      max(m.ticket_id) AS newest
    FROM ${windows(now, BURST)} AS w
    JOIN measures m ON m.figure = 'arrival' AND m.at > w.from_at AND m.at <= w.to_at
    LEFT JOIN tickets t ON t.id = m.ticket_id GROUP BY w.week`);
  const row = (week: number) => rows.find((one) => one.week === week);
  const past = Array.from({ length: weeks }, (_, n) => (n < own ? row(n + 1)?.fresh : row(n + 1)?.arrived) ?? 0);
  const count = row(0)?.fresh ?? 0;
  const { isRising, expected } = judgeRise(count, past, isOn('new_requesters'), NEW_REQUESTERS_BURST);
  const newest = row(0)?.newest ?? null;
  const ticketId = newest === null ? null : Number(newest);
  return isRising ? [{ kind: 'new_requesters', about: '', n: count, usual: expected, since: null, ticketId }] : [];
}
