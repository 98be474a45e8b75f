// Reads what figures are computed from: the history of tickets, and what Zendesk measured before the installation.
import type { Policy, SolveFacts } from '@deskwright/shared';
import { asc, inArray } from 'drizzle-orm';
import type { HistoryEntry } from '../../figures/history-entry.ts';
import type { ZendeskFigures } from '../../figures/measure.ts';
import { solveFactsOf } from '../../figures/solve-facts.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { history, zendeskFigures } from '../tables.ts';

export interface RecordedTicket {
  readonly ticketId: number;
  readonly entries: readonly HistoryEntry[];
  readonly zendesk: ZendeskFigures | null;
}

/** One for each id, in this order; without entries if nothing is known of it. */
export async function readRecorded(db: Queryable, ids: readonly number[]): Promise<RecordedTicket[]> {
  const entries = new Map<number, HistoryEntry[]>();
  const rows = await db
    .select()
    .from(history)
    .where(inArray(history.ticketId, [...ids]))
    .orderBy(asc(history.ticketId), asc(history.at), asc(history.recordedAt));
  for (const { policyId: _, source: __, recordedAt: ___, ...entry } of rows) {
    const known = entries.get(entry.ticketId);
    if (known) known.push(entry);
    else entries.set(entry.ticketId, [entry]);
  }
  const theirs = await db
    .select()
    .from(zendeskFigures)
    .where(inArray(zendeskFigures.ticketId, [...ids]));
  const zendesk = new Map(theirs.map((row) => [row.ticketId, row]));
  return ids.map((ticketId) => ({
    ticketId,
    entries: entries.get(ticketId) ?? [],
    zendesk: zendesk.get(ticketId) ?? null,
  }));
}

interface SolveAsk {
  readonly ticketId: number;
  readonly solvedAt: Date;
  readonly policy: Policy;
  /** Zendesk's id of a group, by its name; null: there is none. */
  readonly groupIdOf: (name: string) => number | null;
}

/** Computed from the history itself, so that it does not wait for the figures. */
export async function readSolveFacts(
  tx: Queryable,
  { ticketId, solvedAt, policy, groupIdOf }: SolveAsk,
): Promise<Omit<SolveFacts, 'refunded' | 'category' | 'tier'>> {
  const [recorded] = await readRecorded(tx, [ticketId]);
  return solveFactsOf(recorded?.entries ?? [], recorded?.zendesk ?? null, { policy, groupIdOf }, solvedAt);
}
