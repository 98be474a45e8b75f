// Reminds of customers who have waited for a share of their reply target, once a step.
import { addDuration, type BusinessCalendar, isOpenAt, type Policy, parseDuration } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import { replyTarget } from '../../decide/limits.ts';
import { people } from '../../directory/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { idsOf } from '../../platform/storage/joined-queries.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { ACTS_ON_TICKET, tickets } from '../../tickets/index.ts';
import { recordReminders } from './recorded-reminders.ts';
import type { Reminder } from './reminder-message.ts';

interface Row extends Record<string, unknown> {
  id: string;
  tier: string | null;
  priority: string | null;
  via: string | null;
  since_ms: number;
  answered: boolean;
  told: number;
  assignee: string | null;
  acts: boolean;
}

/** `80%` of the policy as a number. */
const stepsOf = ({ reminders }: Policy): number[] => reminders.at.map((step) => Number(step.replace('%', '')));

/**
 * In the transaction of one process at a time, so that nobody is reminded twice. Returns the reminders that are new.
 * @param departments groups whose tickets have no reply target
 * @param now epoch milliseconds
 */
export async function remindOfWaits(
  tx: Queryable,
  { policy, compiled }: Pick<PolicyInForce, 'policy' | 'compiled'>,
  { departments, now }: { departments: readonly number[]; now: number },
): Promise<Reminder[]> {
  const steps = stepsOf(policy);
  if (steps.length === 0 || policy.targets.length === 0) return [];
  const due = (await readWaits(tx, departments)).flatMap((row): Reminder[] => {
    const { since_ms: waitingSince, told, id, assignee, tier, acts } = row;
    const target = replyTarget(policy.targets, { ...row, waitingSince }, compiled.calendar);
    if (target === null) return [];
    const { within, kind } = target;
    const step = newestDueStep(steps, { waitingSince, within, told }, compiled.calendar, now);
    if (step === null) return [];
    return [
      { kind: 'wait', ticketId: Number(id), since: waitingSince, step, within, reply: kind, tier, assignee, acts },
    ];
  });
  return recordReminders(tx, due, new Date(now));
}

/** Every ticket whose customer waits for an answer of the tiers. */
async function readWaits(tx: Queryable, departments: readonly number[]): Promise<Row[]> {
  const { rows } = await tx.execute<Row>(sql`
    SELECT ${tickets.id} AS id, ${tickets.tier} AS tier, ${tickets.priority} AS priority, ${tickets.via} AS via,
      (extract(epoch FROM ${tickets.waitingSince}) * 1000)::float8 AS since_ms, ${ACTS_ON_TICKET} AS acts, ${people.name} AS assignee,
      EXISTS (SELECT FROM comments WHERE comments.ticket_id = ${tickets.id} AND public AND author IN ('agent', 'us')) AS answered,
      coalesce((SELECT max(step) FROM reminders r
        WHERE r.ticket_id = ${tickets.id} AND r.kind = 'wait' AND r.since = ${tickets.waitingSince}), 0) AS told
    FROM ${tickets} LEFT JOIN ${people} ON ${people.id} = ${tickets.assigneeId}
    WHERE ${tickets.gone} IS NULL AND ${tickets.waitingSince} IS NOT NULL
      AND (${tickets.groupId} IS NULL OR ${tickets.groupId} <> ALL(${idsOf(departments)}::bigint[]))
    ORDER BY ${tickets.waitingSince}, ${tickets.id}`);
  return rows;
}

interface WaitToJudge {
  /** Epoch milliseconds. */
  readonly waitingSince: number;
  /** The reply target as the policy writes it, `4bh`. */
  readonly within: string;
  /** The highest step that somebody was reminded of; 0: none. */
  readonly told: number;
}

/**
 * The highest step that has been reached and is above those that somebody was reminded of: a service that was down, or starts late, reminds
 * once and not of each step that it missed. Null: none, or the target counts business hours and it is night; the reminder then follows when
 * business hours begin.
 * @param steps percentages of the target, in any order
 * @param now epoch milliseconds
 * @internal
 */
export function newestDueStep(
  steps: readonly number[],
  { waitingSince, within, told }: WaitToJudge,
  calendar: BusinessCalendar,
  now: number,
): number | null {
  const { amount, unit } = parseDuration(within);
  const left = steps.filter((step) => step > told).toSorted((a, b) => a - b);
  let reached: number | null = null;
  for (const step of left) {
    if (addDuration(waitingSince, { amount: (amount * step) / 100, unit }, calendar) > now) break;
    reached = step;
  }
  return reached === null || (unit === 'bh' && !isOpenAt(now, calendar)) ? null : reached;
}
