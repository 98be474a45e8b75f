// Reminds of what an agent promised a customer, the day after.
import { addDuration, isOpenAt } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { ACTS_ON_TICKET, tickets } from '../../tickets/index.ts';
import { recordReminders } from './recorded-reminders.ts';
import type { Reminder } from './reminder-message.ts';

/** Nobody is reminded of older ones, as at a late start. */
const RECENT_MS = 8 * 86_400_000;

interface Row extends Record<string, unknown> {
  id: string;
  tier: string | null;
  body: string;
  at_ms: number;
  assignee: string | null;
  acts: boolean;
}

/**
 * A promise counts as kept once an agent has replied again: only the last public reply of each unsolved ticket is read. Nobody is reminded while the
 * business is closed. Returns the reminders that are new.
 * @param now epoch milliseconds
 */
export async function remindOfPromises(
  tx: Queryable,
  { policy, compiled }: Pick<PolicyInForce, 'policy' | 'compiled'>,
  now: number,
): Promise<Reminder[]> {
  if (!policy.reminders.promises || policy.promises.length === 0) return [];
  const hasHours = Object.keys(policy.business_hours.weekdays).length > 0;
  if (hasHours && !isOpenAt(now, compiled.calendar)) return [];
  const due = (await readLastReplies(tx, now)).flatMap((row): Reminder[] => {
    const { id, at_ms: since, body, tier, assignee, acts } = row;
    if (addDuration(since, '1d', compiled.calendar) > now || !compiled.isPromise(body)) return [];
    return [{ kind: 'promise', ticketId: Number(id), since, step: 0, tier, assignee, acts }];
  });
  return recordReminders(tx, due, new Date(now));
}

/** Of those that nobody was reminded of. A public comment with our own login was written by a person. */
async function readLastReplies(tx: Queryable, now: number): Promise<Row[]> {
  const from = new Date(now - RECENT_MS).toISOString();
  const { rows } = await tx.execute<Row>(sql`
    SELECT ${tickets.id} AS id, ${tickets.tier} AS tier, last.body, (extract(epoch FROM last.created_at) * 1000)::float8 AS at_ms,
      ${people.name} AS assignee, ${ACTS_ON_TICKET} AS acts
    FROM ${tickets} LEFT JOIN ${people} ON ${people.id} = ${tickets.assigneeId}
    CROSS JOIN LATERAL (
      SELECT body, created_at FROM comments
      WHERE comments.ticket_id = ${tickets.id} AND public AND author IN ('agent', 'us') ORDER BY created_at DESC, id DESC LIMIT 1) AS last
    WHERE ${tickets.gone} IS NULL AND ${tickets.status} NOT IN ('solved', 'closed') AND ${tickets.updatedAt} >= ${from}::timestamptz
      AND last.created_at >= ${from}::timestamptz
      AND NOT EXISTS (SELECT FROM reminders r
        WHERE r.ticket_id = ${tickets.id} AND r.kind = 'promise' AND r.since = last.created_at)
    ORDER BY last.created_at, ${tickets.id}`);
  return rows;
}
