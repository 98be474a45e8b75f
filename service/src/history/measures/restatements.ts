// Notes which days' figures changed after they had ended.
import { localDate } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import type { Measure } from '../../figures/measure.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { Difference } from './differences.ts';

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
