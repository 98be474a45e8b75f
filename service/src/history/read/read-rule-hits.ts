// Reads what each trigger of the policy decided, and how often a person changed it.
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import type { FigureQuery } from './figure-query.ts';
import { readTallies } from './read-tallies.ts';
import { tallyOf } from './tally.ts';

interface RuleHits {
  /** Its id; `none`: no trigger did, so the ticket has the default category. */
  readonly trigger: string;
  readonly decided: number;
  readonly overruled: number;
  /** Null: never, as far as the history goes back. */
  readonly lastHit: Date | null;
}

/** Of those that decided or were overruled in the period. `lastHit` is whenever it was. */
export async function readRuleHits(db: Queryable, { from, to, ...filters }: FigureQuery): Promise<RuleHits[]> {
  const measures = ['automatic_category', 'override'] as const;
  const asked = { measures, period: { from, to }, before: null, filters: { ...filters, before: undefined } };
  const [{ now }, lastHits] = await Promise.all([readTallies(db, { ...asked, by: 'detail' }), readLastHits(db)]);
  return [...now.keys()].map((trigger) => ({
    trigger,
    decided: tallyOf(now, trigger, 'automatic_category').n,
    overruled: tallyOf(now, trigger, 'override').n,
    lastHit: lastHits.get(trigger) ?? null,
  }));
}

/** The day from the sums, the moment from that day's measures. */
async function readLastHits(db: Queryable): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await db.execute<{ trigger: string; at: string | null }>(sql`
    SELECT last.member AS trigger, (
      SELECT max(at) FROM measures
      WHERE figure = 'automatic_category' AND at >= last.day AND at < last.day + interval '2 days' AND detail = last.member) AS at
    FROM (
      SELECT member, max(bucket) AS day FROM rollups
      WHERE grain = 'day' AND figure = 'automatic_category' AND dimension = 'detail' AND clock = 'calendar' AND n > 0
      GROUP BY member) AS last`);
  return new Map(rows.flatMap(({ trigger, at }) => (at === null ? [] : [[trigger, new Date(at)] as const])));
}
