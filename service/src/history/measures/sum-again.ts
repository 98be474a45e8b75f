// Adds up the sums again from the measures.
import { addDays, localDate, MEASURES, startOfDate } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import { DateTime } from 'luxon';
import type { Queryable } from '../../platform/storage/database.ts';
import { RollupChanges } from './rollup-changes.ts';
import type { StoredMeasure } from './stored-measures.ts';
import { addToRollups } from './write-rollups.ts';

/** Replaces all sums, in days of the time zone. A million tickets take about a minute. */
export async function sumAgain(tx: Queryable, timeZone: string): Promise<void> {
  let after: Date | null = null;
  do after = await sumMonthAgain(tx, timeZone, after);
  while (after !== null);
}

/**
 * Replaces the sums of a month. What is stored before the first month with measures, or after the last, goes with it.
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
    return null;
  }
  const to = DateTime.fromJSDate(from, { zone: timeZone }).startOf('month').plus({ months: 1 }).toJSDate();
  const isLast = to > last;
  await tx.execute(sql`
    DELETE FROM rollups WHERE (${after === null} OR bucket >= ${from.toISOString()}) AND (${isLast} OR bucket < ${to.toISOString()})`);
  for (let day = from; day < to; day = nextDay(day, timeZone)) await sumDay(tx, timeZone, day);
  return isLast ? null : to;
}

function nextDay(day: Date, timeZone: string): Date {
  const next = startOfDate(addDays(localDate(day.getTime(), timeZone), 1), timeZone);
  return next !== null && next > day.getTime() ? new Date(next) : new Date(day.getTime() + 86_400_000);
}

async function sumDay(tx: Queryable, timeZone: string, from: Date): Promise<void> {
  const { rows } = await tx.execute<Omit<StoredMeasure, 'at'> & { at: number }>(sql`
    SELECT figure, (extract(epoch FROM at) * 1000)::float8 AS at, seconds, business_seconds AS "businessSeconds", score, met, category, tier,
      channel, group_id::float8 AS "groupId", detail, from_zendesk AS "fromZendesk"
    FROM measures
    WHERE figure = ANY(${sql.param(MEASURES)}::text[]) AND at >= ${from.toISOString()} AND at < ${nextDay(from, timeZone).toISOString()}`);
  const sums = new RollupChanges(timeZone);
  for (const { at, ...measure } of rows) sums.add({ ...measure, agentId: null, at: new Date(at) }, 1);
  await addToRollups(tx, sums.list());
}
