// Adds up the sums again from the measures.
import { addDays, localDate, MEASURES, startOfDate } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import { DateTime } from 'luxon';
import type { Queryable } from '../../platform/storage/database.ts';
import { CombinedChanges, RollupChanges } from './rollup-changes.ts';
import type { StoredMeasure } from './stored-measures.ts';
import { addToCombined, addToRollups } from './write-rollups.ts';

/** Replaces all sums, in days and weeks of the time zone. A million tickets take about a minute. */
export async function sumAgain(tx: Queryable, timeZone: string): Promise<void> {
  let after: Date | null = null;
  do after = await sumMonthAgain(tx, timeZone, after);
  while (after !== null);
}

/**
 * Replaces the sums of a month, and of the weeks that begin in it. What is stored before the first month with measures, or after the last, goes with it.
 * @param after the end of the month before; null: the first month
 * @returns the end of this month; null: it was the last
 */
export async function sumMonthAgain(tx: Queryable, timeZone: string, after: Date | null): Promise<Date | null> {
  const { rows } = await tx.execute<{ first: string | null; last: string | null }>(
    sql`SELECT min(at)::text AS first, max(at)::text AS last FROM measures`,
  );
  const [found] = rows;
  const first = found?.first ? new Date(found.first) : null;
  const last = found?.last ? new Date(found.last) : null;
  const from = after ?? (first && DateTime.fromJSDate(first, { zone: timeZone }).startOf('month').toJSDate());
  if (from === null || last === null) {
    await tx.execute(sql`DELETE FROM rollups`);
    await tx.execute(sql`DELETE FROM combined_rollups`);
    return null;
  }
  const to = DateTime.fromJSDate(from, { zone: timeZone }).startOf('month').plus({ months: 1 }).toJSDate();
  const isLast = to > last;
  await tx.execute(sql`
    DELETE FROM rollups WHERE (${after === null} OR bucket >= ${from.toISOString()}) AND (${isLast} OR bucket < ${to.toISOString()})`);
  for (let day = from; day < to; day = nextDay(day, timeZone)) {
    const sums = new RollupChanges(timeZone);
    await addDay(tx, timeZone, day, sums);
    await addToRollups(tx, sums.list());
  }
  await sumWeeksAgain(tx, timeZone, {
    from: after && firstWeekFrom(after, timeZone),
    to: isLast ? null : firstWeekFrom(to, timeZone),
    measured: { first: from, last },
  });
  return isLast ? null : to;
}

/** Replaces the combined sums of the weeks from `from` up to, and without, `to`, and of their days; null: of all earlier, or all later ones. */
async function sumWeeksAgain(
  tx: Queryable,
  timeZone: string,
  { from, to, measured }: { from: DateTime | null; to: DateTime | null; measured: { first: Date; last: Date } },
): Promise<void> {
  const end = to ?? weekOf(measured.last, timeZone).plus({ weeks: 1 });
  await tx.execute(sql`
    DELETE FROM combined_rollups WHERE (${from === null} OR bucket >= ${(from ?? end).toJSDate().toISOString()})
      AND (${to === null} OR bucket < ${end.toJSDate().toISOString()})`);
  for (let week = from ?? weekOf(measured.first, timeZone); week < end; week = nextWeek(week)) {
    const sums = new CombinedChanges(timeZone);
    const until = nextWeek(week).toJSDate();
    for (let day = week.toJSDate(); day < until; day = nextDay(day, timeZone)) await addDay(tx, timeZone, day, sums);
    await addToCombined(tx, sums.list());
  }
}

const weekOf = (at: Date, zone: string): DateTime => DateTime.fromJSDate(at, { zone }).startOf('week');
const nextWeek = (week: DateTime): DateTime => week.plus({ weeks: 1 }).startOf('week');

/** The first week that begins at or after a moment. */
function firstWeekFrom(at: Date, zone: string): DateTime {
  const week = weekOf(at, zone);
  return week.toMillis() === at.getTime() ? week : nextWeek(week);
}

function nextDay(day: Date, timeZone: string): Date {
  const next = startOfDate(addDays(localDate(day.getTime(), timeZone), 1), timeZone);
  return next !== null && next > day.getTime() ? new Date(next) : new Date(day.getTime() + 86_400_000);
}

/** Adds the measures of a day. */
async function addDay(
  tx: Queryable,
  timeZone: string,
  from: Date,
  sums: Pick<RollupChanges | CombinedChanges, 'add'>,
): Promise<void> {
  const { rows } = await tx.execute<Omit<StoredMeasure, 'at'> & { at: number }>(sql`
    SELECT figure, (extract(epoch FROM at) * 1000)::float8 AS at, seconds, business_seconds AS "businessSeconds", score, met, category, tier,
      channel, group_id::float8 AS "groupId", detail, from_zendesk AS "fromZendesk"
    FROM measures
    WHERE figure = ANY(${sql.param(MEASURES)}::text[]) AND at >= ${from.toISOString()} AND at < ${nextDay(from, timeZone).toISOString()}`);
  for (const { at, ...measure } of rows) sums.add({ ...measure, agentId: null, at: new Date(at) }, 1);
}
