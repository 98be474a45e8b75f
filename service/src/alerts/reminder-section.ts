// Shows in the sidebar what its agent was reminded of.
import { and, desc, eq } from 'drizzle-orm';
import { rowsOf } from '../platform/storage/joined-queries.ts';
import type { Asked, CardSection } from '../sidebar/index.ts';
import { tickets } from '../tickets/index.ts';
import { reminders } from './tables.ts';

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
