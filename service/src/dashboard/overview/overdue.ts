// Finds the customers who have waited longer than the policy's target.
import { addDuration, type BusinessCalendar, type Policy } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import { tickets } from '../../tickets/index.ts';

/**
 * A condition on a waiting row of `tickets`: its reply is overdue. As `replyTarget`: the first target that fits counts, alone. Null: the policy
 * has no targets. `now`: epoch milliseconds.
 */
export function isOverdue(targets: Policy['targets'], calendar: BusinessCalendar, now: number): SQL | null {
  if (targets.length === 0) return null;
  const answered = sql`EXISTS (SELECT FROM comments c WHERE c.ticket_id = ${tickets.id} AND c.public AND c.author IN ('agent', 'us'))`;
  const limit = (within: string | undefined): SQL =>
    within === undefined ? sql`'-infinity'::timestamptz` : sql`${latestOverdue(within, calendar, now)}::timestamptz`;
  const cases = targets.map((target) => {
    const fits = [
      ...(target.tier === undefined ? [] : [sql`${tickets.tier} = ${target.tier}`]),
      ...(target.priority === undefined ? [] : [sql`${tickets.priority} = ${target.priority}`]),
      ...(target.channel === undefined ? [] : [sql`${tickets.via} = ${target.channel}`]),
    ];
    const when = fits.length === 0 ? sql`true` : sql.join(fits, sql` AND `);
    const { first_reply: first, next_reply: next } = target;
    const since =
      first === next ? limit(first) : sql`CASE WHEN ${answered} THEN ${limit(next)} ELSE ${limit(first)} END`;
    return sql`WHEN ${when} THEN ${since}`;
  });
  return sql`${tickets.waitingSince} <= CASE ${sql.join(cases, sql` `)} ELSE '-infinity' END`;
}

const DAY_MS = 86_400_000;

/** The latest moment such that who has waited since then is overdue: the end of `within` grows with its beginning. */
function latestOverdue(within: string, calendar: BusinessCalendar, now: number): string {
  const isOver = (since: number): boolean => addDuration(since, within, calendar) < now;
  let back = DAY_MS;
  while (!isOver(now - back)) back *= 2;
  let [over, early] = [now - back, now];
  while (early - over > 1) {
    const middle = Math.floor((over + early) / 2);
    if (isOver(middle)) over = middle;
    else early = middle;
  }
  return new Date(over).toISOString();
}
