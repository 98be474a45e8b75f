// Finds what is beyond a limit of the policy: the oldest wait, the share of the default category, silence of the webhooks.
import { addDuration, isOpenAt, parseDuration } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import { isOtherAbove } from '../../figures/rising-counts.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { AlarmContext, Finding } from './finding.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** An alarm ends only below this share of its limit. */
const ENDS_BELOW = 0.9;

/** In business hours where the limit is in `bh`. `n`: customers who wait longer than the limit. */
export async function findOldestWait(db: Queryable, { inForce, now, isOn }: AlarmContext): Promise<Finding[]> {
  const limit = inForce.policy.alarms.oldest_wait_above;
  if (limit === undefined) return [];
  const { amount, unit } = parseDuration(limit);
  const ends = { amount: isOn('oldest_wait') ? amount * ENDS_BELOW : amount, unit };
  const { rows } = await db.execute<{ id: string; since_ms: number }>(sql`
    SELECT id, (extract(epoch FROM waiting_since) * 1000)::float8 AS since_ms FROM tickets
    WHERE gone IS NULL AND waiting_since IS NOT NULL ORDER BY waiting_since, id`);
  const { calendar } = inForce.compiled;
  const isBeyond = (sinceMs: number, duration: typeof ends) =>
    addDuration(sinceMs, duration, calendar) <= now.getTime();
  const [oldest] = rows;
  if (oldest === undefined || !isBeyond(oldest.since_ms, ends)) return [];
  const n = countWhile(rows, ({ since_ms }) => isBeyond(since_ms, { amount, unit }));
  const since = new Date(oldest.since_ms);
  return [{ kind: 'oldest_wait', about: '', n: Math.max(1, n), usual: null, since, ticketId: Number(oldest.id) }];
}

/** How many at the beginning of a list fit, where after the first that does not none does. */
function countWhile<T>(list: readonly T[], fits: (one: T) => boolean): number {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const one = list[middle];
    if (one !== undefined && fits(one)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Of the last 24 hours. `n` and `usual`: percent. */
export async function findOtherShare(db: Queryable, { inForce, now, isOn }: AlarmContext): Promise<Finding[]> {
  const { other_above: limit } = inForce.policy.alarms;
  if (limit === undefined) return [];
  const percent = Number(limit.replace('%', ''));
  const { rows } = await db.execute<{ n: number; other: number; newest: string | null }>(sql`
    SELECT count(*)::int AS n, count(*) FILTER (WHERE category = ${inForce.policy.default_category})::int AS other,
      max(ticket_id) FILTER (WHERE category = ${inForce.policy.default_category}) AS newest
    FROM measures WHERE figure = 'arrival' AND category IS NOT NULL
      AND at > ${new Date(now.getTime() - DAY_MS).toISOString()}::timestamptz AND at <= ${now.toISOString()}::timestamptz`);
  const [{ n, other, newest } = { n: 0, other: 0, newest: null }] = rows;
  if (!isOtherAbove(other, n, percent / 100, isOn('other_share'))) return [];
  const ticketId = newest === null ? null : Number(newest);
  return [
    { kind: 'other_share', about: '', n: Math.round((100 * other) / n), usual: percent, of: n, since: null, ticketId },
  ];
}

/** The export is read once a minute; a few reads may fail. */
const EXPORT_IS_READ_MS = 10 * 60_000;

/**
 * Silence alone proves little: only time in which the business is open counts, since at night nobody may write; what is silent in the evening
 * still is at night. Changes that the export found meanwhile prove it, at any hour; an export that was read and found none shows that nothing happened.
 * While this service was down, nothing could arrive. `n`: minutes without an event.
 */
export async function findSilentWebhooks(
  db: Queryable,
  { inForce, now, startedAt, isOn, exported }: AlarmContext,
): Promise<Finding[]> {
  const { policy, compiled } = inForce;
  const { webhooks_silent_for: limit } = policy.alarms;
  if (limit === undefined) return [];
  const { missed, readAt } = await exported(db);
  if (missed === 0 && readAt !== null && now.getTime() - readAt < EXPORT_IS_READ_MS) return [];
  const hasHours = Object.keys(policy.business_hours.weekdays).length > 0;
  const countsHours = hasHours && missed === 0;
  const wasOn = isOn('webhooks_silent');
  if (countsHours && !wasOn && !isOpenAt(now.getTime(), compiled.calendar)) return [];
  const { rows } = await db.execute<{ at_ms: number | null }>(sql`
    SELECT (extract(epoch FROM coalesce((SELECT received_at FROM inbox ORDER BY id DESC LIMIT 1),
      (SELECT min(since) FROM policy_versions))) * 1000)::float8 AS at_ms`);
  const last = rows[0]?.at_ms ?? null;
  if (last === null) return [];
  const from = Math.min(now.getTime(), wasOn ? last : Math.max(last, startedAt));
  const silentMs = countsHours ? compiled.businessMs(from, now.getTime()) : now.getTime() - from;
  const { amount, unit } = parseDuration(limit);
  if (silentMs <= amount * UNIT_MS[unit]) return [];
  const n = Math.floor(silentMs / 60_000);
  return [{ kind: 'webhooks_silent', about: '', n, usual: null, missed, since: new Date(last), ticketId: null }];
}

const UNIT_MS = { m: 60_000, h: HOUR_MS, bh: HOUR_MS, d: DAY_MS } as const;
