// Computes all figures again from the history, in the background.
import { sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { type FiguresState, type Rebuild, readFiguresState, saveFiguresState } from './figures-state.ts';
import { lockMeasures } from './measure-batch.ts';
import { sumMonthAgain } from './sum-again.ts';

/** Asks for a rebuild: the service does it in the background, after what is new. False: nothing was measured yet, so that there is nothing to compute again. */
export async function requestRebuild(db: Database, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    await lockMeasures(tx);
    const state = await readFiguresState(tx);
    if (state === null) return false;
    await saveFiguresState(tx, { ...state, rebuild: await newRebuild(tx, 'operator', now) });
    return true;
  });
}

export async function newRebuild(tx: Queryable, because: Rebuild['because'], now: Date): Promise<Rebuild> {
  const { rows } = await tx.execute<{ id: number }>(sql`
    SELECT coalesce(greatest((SELECT max(ticket_id) FROM history), (SELECT max(ticket_id) FROM zendesk_figures)), 0)::float8 AS id`);
  return {
    startedAt: now.toISOString(),
    because,
    after: 0,
    upTo: rows[0]?.id ?? 0,
    measured: 0,
    summedUpTo: null,
  };
}

/** Adds up all sums again, of the measures as they are. */
export async function newSums(tx: Queryable, now: Date): Promise<Rebuild> {
  const rebuild = await newRebuild(tx, 'upgrade', now);
  return { ...rebuild, after: rebuild.upTo };
}

/** Tickets in one transaction: new events wait for it less than a second. */
const AT_ONCE = 500;

/** Does the next part of a rebuild, in a transaction of its own, so that it can be stopped at any time. False: none runs (any more). */
export async function continueRebuild(
  db: Database,
  measureAll: (tx: Queryable, ids: readonly number[], state: FiguresState) => Promise<void>,
  atOnce = AT_ONCE,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    await lockMeasures(tx);
    const state = await readFiguresState(tx);
    if (!state?.rebuild) return false;
    const { rebuild } = state;
    const save = (next: Rebuild | null): Promise<void> =>
      saveFiguresState(tx, { ...state, rebuild: next, ...(next === null && { hasCombined: true }) });
    if (rebuild.summedUpTo === null) {
      const ids = await nextTickets(tx, rebuild, atOnce);
      await measureAll(tx, ids, state);
      const last = ids.at(-1);
      if (last !== undefined && ids.length === atOnce) {
        await save({ ...rebuild, after: last, measured: rebuild.measured + ids.length });
        return true;
      }
      const measured = { ...rebuild, after: rebuild.upTo, measured: rebuild.measured + ids.length };
      const to = await sumMonthAgain(tx, state.timeZone, null);
      await save(to && { ...measured, summedUpTo: to.toISOString() });
      return true;
    }
    const to = await sumMonthAgain(tx, state.timeZone, new Date(rebuild.summedUpTo));
    await save(to && { ...rebuild, summedUpTo: to.toISOString() });
    return true;
  });
}

async function nextTickets(tx: Queryable, { after, upTo }: Rebuild, limit: number): Promise<number[]> {
  const next = (table: 'history' | 'zendesk_figures') => sql`(
    SELECT DISTINCT ticket_id FROM ${sql.raw(table)} WHERE ticket_id > ${after} AND ticket_id <= ${upTo} ORDER BY ticket_id LIMIT ${limit})`;
  const { rows } = await tx.execute<{ id: number }>(sql`
    SELECT ticket_id::float8 AS id FROM (${next('history')} UNION ${next('zendesk_figures')}) AS recorded ORDER BY 1 LIMIT ${limit}`);
  return rows.map(({ id }) => id);
}
