// Reads and writes the measures and waits of tickets.
import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Measure, Wait } from '../../figures/measure.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { measures, waits } from '../tables.ts';

export type StoredMeasure = Measure & { readonly ticketId: number };
export type StoredWait = Wait & { readonly ticketId: number };

/** All but overtakes, or those alone: they depend on other tickets. */
export type Part = 'own' | 'overtakes';

export async function readMeasures(db: Queryable, ids: readonly number[], part: Part): Promise<StoredMeasure[]> {
  const { figure, ticketId } = measures;
  const isOfPart = part === 'own' ? ne(figure, 'overtake') : eq(figure, 'overtake');
  return (await db
    .select()
    .from(measures)
    .where(and(inArray(ticketId, [...ids]), isOfPart))) as StoredMeasure[];
}

export async function readWaits(db: Queryable, ids: readonly number[]): Promise<StoredWait[]> {
  const rows = await db
    .select()
    .from(waits)
    .where(inArray(waits.ticketId, [...ids]))
    .orderBy(asc(waits.ticketId), asc(waits.since));
  return rows.map(({ placements, ...row }) => ({
    ...row,
    placements: placements.map(({ at, ...placement }) => ({ ...placement, at: new Date(at) })),
  }));
}

export async function replaceMeasures(
  tx: Queryable,
  ids: readonly number[],
  part: Part,
  rows: readonly StoredMeasure[],
): Promise<void> {
  const isOfPart = part === 'own' ? ne(measures.figure, 'overtake') : eq(measures.figure, 'overtake');
  await tx.delete(measures).where(and(inArray(measures.ticketId, [...ids]), isOfPart));
  await tx.execute(sql`
    INSERT INTO measures (ticket_id, figure, at, seconds, business_seconds, score, met, category, tier, channel, group_id, agent_id, detail, from_zendesk)
    SELECT "ticketId", figure, at, seconds, "businessSeconds", score, met, category, tier, channel, "groupId", "agentId", detail, "fromZendesk"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS m("ticketId" bigint, figure text, at timestamptz, seconds integer,
      "businessSeconds" integer, score smallint, met boolean, category text, tier text, channel text, "groupId" bigint, "agentId" bigint,
      detail text, "fromZendesk" boolean)`);
}

export async function replaceWaits(tx: Queryable, ids: readonly number[], rows: readonly StoredWait[]): Promise<void> {
  await tx.delete(waits).where(inArray(waits.ticketId, [...ids]));
  await tx.execute(sql`
    INSERT INTO waits (ticket_id, since, until, ended_by, agent_id, tier, group_id, priority, placements)
    SELECT "ticketId", since, until, "endedBy", "agentId", tier, "groupId", priority, placements
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS w("ticketId" bigint, since timestamptz, until timestamptz, "endedBy" text,
      "agentId" bigint, tier text, "groupId" bigint, priority text, placements jsonb)
    ON CONFLICT DO NOTHING`);
}
