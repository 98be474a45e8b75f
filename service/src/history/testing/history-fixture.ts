// Records the history of tickets for tests, and reads it, its measures and its sums.
import type { MeasureId } from '@deskwright/shared';
import { asc, inArray, sql } from 'drizzle-orm';
import type { HistoryEntry, HistoryKind } from '../../figures/history-entry.ts';
import type { Measure } from '../../figures/measure.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { history, measures, measuresDue } from '../tables.ts';

/** In one transaction, as the ticket's. */
export async function record(db: Database, entries: readonly HistoryEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await db.transaction(async (tx) => {
    await tx.insert(history).values(entries.map((row) => ({ ...row, source: 'event' as const })));
    await tx.insert(measuresDue).values(entries.map(({ ticketId }) => ({ ticketId })));
  });
}

function anEntryOf(
  ticketId: number,
  at: string,
  kind: HistoryKind,
  part: Partial<Omit<HistoryEntry, 'ticketId' | 'at' | 'kind'>> = {},
): HistoryEntry {
  return {
    ticketId,
    at: new Date(at),
    kind,
    value: null,
    ref: null,
    actor: null,
    actorId: null,
    public: null,
    groupId: null,
    assigneeId: null,
    rule: null,
    ...part,
  };
}

/** A customer writes, is answered an hour later, and the ticket is solved with it. */
export function anAnsweredTicket(ticketId: number, day: string): HistoryEntry[] {
  const [asked, answered] = [`${day}T14:00:00Z`, `${day}T15:00:00Z`];
  const customer = { actor: 'customer', actorId: 900 } as const;
  const agent = { actor: 'agent', actorId: 7 } as const;
  return [
    anEntryOf(ticketId, asked, 'created', { value: 'email', ref: 900, ...customer }),
    anEntryOf(ticketId, asked, 'comment', { value: 'email', ref: ticketId * 10, public: true, ...customer }),
    anEntryOf(ticketId, asked, 'tier', { value: 't1', actor: 'us' }),
    anEntryOf(ticketId, answered, 'comment', { value: 'email', ref: ticketId * 10 + 1, public: true, ...agent }),
    anEntryOf(ticketId, answered, 'status', { value: 'solved', groupId: 11, assigneeId: 7, ...agent }),
  ];
}

/** Builds measures for tests, with defaults for what a test does not set. */
export function aMeasure(figure: MeasureId, at: string, part: Partial<Omit<Measure, 'figure' | 'at'>> = {}): Measure {
  return {
    figure,
    at: new Date(at),
    seconds: null,
    businessSeconds: null,
    score: null,
    met: null,
    category: 'refunds',
    tier: 't1',
    groupId: 11,
    agentId: 7,
    channel: 'email',
    detail: null,
    fromZendesk: false,
    ...part,
  };
}

export async function insertMeasures(db: Queryable, ticketId: number, rows: readonly Measure[]): Promise<void> {
  await db.insert(measures).values(rows.map((row) => ({ ticketId, ...row })));
}

/** In the order in which it happened; what happened in one action keeps its order. */
export async function readHistory(db: Queryable, ticketIds: readonly number[]): Promise<HistoryEntry[]> {
  if (ticketIds.length === 0) return [];
  const { ticketId, at, kind, value, ref, actor, actorId, public: isPublic, groupId, assigneeId, rule } = history;
  return db
    .select({ ticketId, at, kind, value, ref, actor, actorId, public: isPublic, groupId, assigneeId, rule })
    .from(history)
    .where(inArray(ticketId, [...ticketIds]))
    .orderBy(asc(ticketId), asc(at), asc(history.recordedAt));
}

/** Sorted, so that equal sums are equal lists. Bins that hold nothing at the end are left out. */
export async function allSums(db: Queryable): Promise<Record<string, unknown>[]> {
  const { rows } = await db.execute(sql`
    SELECT grain, figure, dimension, member, clock, bucket::text, n::float8, total::float8, met::float8, missed::float8, from_zendesk::float8,
      regexp_replace(array_to_string(bins, ','), '(,0)+$', '') AS bins
    FROM rollups WHERE n <> 0 ORDER BY grain, figure, dimension, member, clock, bucket`);
  const combined = await db.execute(sql`
    SELECT grain, figure, bucket::text, tier, category, channel, group_id, clock, n::float8, total::float8, met::float8, missed::float8, from_zendesk::float8, bins
    FROM combined_rollups WHERE n <> 0 ORDER BY grain, figure, bucket, tier, category, channel, group_id, clock`);
  return [...rows, ...combined.rows];
}
