// Reads the channels by which tickets have come.
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';

/** In the words of policies, in alphabetical order. From the sums of days. */
export async function readChannels(db: Queryable): Promise<string[]> {
  const { rows } = await db.execute<{ channel: string }>(sql`
    SELECT DISTINCT member AS channel FROM rollups
    WHERE grain = 'day' AND figure = 'arrival' AND dimension = 'channel' AND member <> '' ORDER BY member`);
  return rows.map(({ channel }) => channel);
}
