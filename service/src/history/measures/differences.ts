// Compares the measures and waits of tickets with those stored, and notes which days' figures changed after they had ended.
import { localDate } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import type { Measure, Placement, Wait } from '../../figures/measure.ts';
import type { Queryable } from '../../platform/storage/database.ts';

export interface Difference<T> {
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/** Rows that are equal cancel out, each once. */
export function differenceOf<T>(stored: readonly T[], now: readonly T[], keyOf: (row: T) => string): Difference<T> {
  const left = new Map<string, T[]>();
  for (const row of stored) {
    const key = keyOf(row);
    left.set(key, [...(left.get(key) ?? []), row]);
  }
  const added = now.filter((row) => left.get(keyOf(row))?.pop() === undefined);
  return { removed: [...left.values()].flat(), added };
}

export const keyOfMeasure = (m: Measure): string =>
  JSON.stringify([
    m.figure,
    m.at.getTime(),
    m.seconds,
    m.businessSeconds,
    m.score,
    m.met,
    m.category,
    m.tier,
    m.channel,
    m.groupId,
    m.agentId,
    m.detail,
    m.fromZendesk,
  ]);

/** Independent of the order in which JSON has its keys. */
export const keyOfPlacement = (p: Placement): string =>
  JSON.stringify([p.at.getTime(), p.tier, p.groupId, p.assigneeId, p.priority]);

export const keyOfWait = (w: Wait): string =>
  JSON.stringify([
    w.since.getTime(),
    w.until?.getTime(),
    w.endedBy,
    w.agentId,
    w.tier,
    w.groupId,
    w.priority,
    w.placements.map(keyOfPlacement),
  ]);

export const isDifferent = ({ removed, added }: Difference<unknown>): boolean => removed.length + added.length > 0;

interface RestateDeps {
  timeZone: string;
  knownSince: Date;
  now: Date;
}

/** Events of a day's last moments arrive after its end: until then the day is not judged as ended. */
const SETTLED_AFTER_MS = 300_000;

/**
 * What Zendesk measured before the installation is added, not restated, and so is what happened before the first figures were computed.
 */
export async function restate(
  tx: Queryable,
  differences: readonly (Difference<Measure> & { ticketId: number })[],
  { timeZone, knownSince, now }: RestateDeps,
): Promise<void> {
  const first = localDate(knownSince.getTime(), timeZone);
  const running = localDate(now.getTime() - SETTLED_AFTER_MS, timeZone);
  const tickets = new Map<string, Set<number>>();
  for (const { ticketId, removed, added } of differences)
    for (const { at, fromZendesk } of [...removed, ...added]) {
      if (fromZendesk) continue;
      const day = localDate(at.getTime(), timeZone);
      if (day < first || day >= running) continue;
      tickets.set(day, (tickets.get(day) ?? new Set()).add(ticketId));
    }
  if (tickets.size === 0) return;
  const days = [...tickets].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([day, { size }]) => ({ day, tickets: size }));
  await tx.execute(sql`
    INSERT INTO restatements AS r (day, at, tickets)
    SELECT day, ${now.toISOString()}::timestamptz, tickets
    FROM jsonb_to_recordset(${JSON.stringify(days)}::jsonb) AS restated(day date, tickets integer)
    ON CONFLICT (day) DO UPDATE SET at = excluded.at, tickets = r.tickets + excluded.tickets`);
}
