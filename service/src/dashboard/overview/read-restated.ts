// Reads whether late data has changed days that had ended.
import type { Dashboard } from '@deskwright/shared/contract';
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import type { Range } from '../api/dashboard-query.ts';

export async function readRestated(
  db: Queryable,
  { first, last }: Pick<Range, 'first' | 'last'>,
): Promise<Dashboard['restated']> {
  const { rows } = await db.execute<{ at: string | null; days: number }>(sql`
    SELECT max(at) AS at, count(*)::int AS days FROM restatements WHERE day BETWEEN ${first}::date AND ${last}::date`);
  const [row] = rows;
  return row?.at ? { at: new Date(row.at).toISOString(), days: row.days } : null;
}
