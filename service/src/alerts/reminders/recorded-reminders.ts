// Records that somebody is reminded, at most once of each step, and shows it to the agent in the sidebar.
import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import type { Asked, CardSection } from '../../sidebar/index.ts';
import { tickets } from '../../tickets/index.ts';
import { reminders } from '../tables.ts';
import type { Reminder } from './reminder-message.ts';

const AT_ONCE = 1_000;

/** Returns those that are new. A wait that ended meanwhile is not reminded of. */
export async function recordReminders(tx: Queryable, due: readonly Reminder[], now: Date): Promise<Reminder[]> {
  const recorded = new Set<string>();
  for (let from = 0; from < due.length; from += AT_ONCE) {
    const rows = due.slice(from, from + AT_ONCE).map(({ kind, ticketId, since, step }) => ({
      kind,
      ticketId,
      since: new Date(since),
      step,
      notifiedAt: now,
    }));
    const inserted = await tx
      .insert(reminders)
      .values(rows)
      .onConflictDoNothing()
      .returning({ id: reminders.id, ticketId: reminders.ticketId, kind: reminders.kind });
    const ended = await tx.execute<{ id: string }>(sql`
      DELETE FROM reminders r USING tickets t
      WHERE ${inArray(sql`r.id`, inserted.length === 0 ? [0] : inserted.map(({ id }) => id))}
        AND r.kind = 'wait' AND t.id = r.ticket_id AND (t.waiting_since IS DISTINCT FROM r.since OR t.gone IS NOT NULL)
      RETURNING r.id`);
    const gone = new Set(ended.rows.map(({ id }) => Number(id)));
    for (const { id, ticketId, kind } of inserted) if (!gone.has(id)) recorded.add(`${kind} ${ticketId}`);
  }
  return due.filter(({ kind, ticketId }) => recorded.has(`${kind} ${ticketId}`));
}

/** A condition on `tickets`: somebody was reminded of the wait that still lasts. */
export const WAS_REMINDED_OF_WAIT: SQL = sql`${tickets.waitingSince} IS NOT NULL AND EXISTS (
  SELECT FROM reminders r WHERE r.ticket_id = ${tickets.id} AND r.kind = 'wait' AND r.since = ${tickets.waitingSince})`;

/** Of a row of `tickets`: when the promise was made of which somebody was reminded. Null: none, or an agent has replied in public since. */
export const PROMISED_AT: SQL = sql`(
  SELECT max(r.since) FROM reminders r WHERE r.ticket_id = ${tickets.id} AND r.kind = 'promise' AND NOT EXISTS (
    SELECT FROM comments c
    WHERE c.ticket_id = r.ticket_id AND c.public AND c.author IN ('agent', 'us') AND c.created_at > r.since))`;

/** The latest step of the wait that still lasts. */
const latest = ({ ticketId }: Asked) =>
  rowsOf({ step: reminders.step, notifiedAt: reminders.notifiedAt, assigneeId: tickets.assigneeId }, (select) =>
    select
      .from(reminders)
      .innerJoin(tickets, and(eq(tickets.id, reminders.ticketId), eq(tickets.waitingSince, reminders.since)))
      .where(and(eq(reminders.ticketId, ticketId), eq(reminders.kind, 'wait')))
      .orderBy(desc(reminders.step))
      .limit(1),
  );

/** For whom the ticket is assigned to; for everybody, while it is nobody's. */
export const reminderSection: CardSection = {
  key: 'reminder',
  queries: [latest],
  read: ({ rows, agent }) => {
    const [reminder] = rows(latest);
    if (reminder === undefined || (reminder.assigneeId !== null && reminder.assigneeId !== agent.id)) return null;
    return { percent: reminder.step, at: reminder.notifiedAt.toISOString() };
  },
};
