// Measures some tickets again: their measures and waits, the overtakes that these change, and all sums.
import { inArray, sql } from 'drizzle-orm';
import type { Measure, TicketMeasures, Wait } from '../../figures/measure.ts';
import { aboutError } from '../../platform/errors/about-error.ts';
import { isTemporary } from '../../platform/errors/external-error.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { unmeasuredTickets } from '../tables.ts';
import { type Difference, differenceOf, isDifferent, keyOfMeasure, keyOfWait, restate } from './differences.ts';
import { findConcerned, findOvertakes } from './overtakes.ts';
import { type RecordedTicket, readRecorded } from './recorded-tickets.ts';
import { CombinedChanges, RollupChanges } from './rollup-changes.ts';
import { readMeasures, readWaits, replaceMeasures, replaceWaits, type StoredMeasure } from './stored-measures.ts';
import { addToCombined, addToRollups } from './write-rollups.ts';

export interface MeasureDeps {
  /** Throws when a history cannot be measured. */
  measure: (ticket: RecordedTicket) => TicketMeasures;
  /** The groups of departments: their tickets are not passed. */
  departmentGroups: readonly number[];
  /** Overtakes before are not counted; null: all are. */
  seenSince?: Date | null;
  /** IANA: the sums are of its days. */
  timeZone: string;
  /** Nobody saw figures before: changes of earlier days are no restatements. */
  knownSince: Date;
  /** What was before is deleted, and stays so; null: nothing is. */
  keptSince: Date | null;
  now: Date;
  logger: Pick<Logger, 'error'>;
}

/** A ticket's difference from what is stored. */
interface TicketDifference {
  readonly ticketId: number;
  readonly measures: Difference<Measure>;
  readonly waits: Difference<Wait>;
}

/**
 * In the caller's transaction, which must be the only one that measures. A ticket that cannot be measured keeps what it had, and is recorded
 * in `unmeasured_tickets`: what PostgreSQL refuses is found by halving.
 */
export async function measureBatch(tx: Queryable, ids: readonly number[], deps: MeasureDeps): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(sql`SAVEPOINT batch`);
  try {
    await measureTogether(tx, ids, deps);
    await tx.execute(sql`RELEASE SAVEPOINT batch`);
  } catch (error) {
    if (isTemporary(error)) throw error;
    await tx.execute(sql`ROLLBACK TO SAVEPOINT batch`);
    const [first] = ids;
    if (ids.length === 1 && first !== undefined) return recordFailures(tx, [failure(first, error, deps)]);
    const half = Math.ceil(ids.length / 2);
    await measureBatch(tx, ids.slice(0, half), deps);
    await measureBatch(tx, ids.slice(half), deps);
  }
}

type Failure = typeof unmeasuredTickets.$inferInsert;

function failure(ticketId: number, error: unknown, { now, logger }: MeasureDeps): Failure {
  const about = aboutError(error);
  logger.error({ ticketId, ...about }, 'A ticket could not be measured; its figures stay as they were');
  return { ticketId, error: about.error, failedAt: now };
}

async function recordFailures(tx: Queryable, failures: readonly Failure[]): Promise<void> {
  if (failures.length === 0) return;
  await tx
    .insert(unmeasuredTickets)
    .values([...failures])
    .onConflictDoUpdate({
      target: unmeasuredTickets.ticketId,
      set: { error: sql`excluded.error`, failedAt: sql`excluded.failed_at` },
    });
}

async function measureTogether(tx: Queryable, ids: readonly number[], deps: MeasureDeps): Promise<void> {
  const changed = (await measureTickets(tx, ids, deps)).filter(
    ({ measures, waits }) => isDifferent(measures) || isDifferent(waits),
  );
  const differences = changed.map(({ ticketId, measures }) => ({ ticketId, ...measures }));
  if (changed.length > 0) {
    const concerned = await findConcerned(
      tx,
      changed.map(({ waits }) => waits),
    );
    differences.push(...(await replaceOvertakes(tx, [...idsOf(changed), ...concerned], deps)));
  }
  const days = new RollupChanges(deps.timeZone);
  const combined = new CombinedChanges(deps.timeZone);
  for (const sums of [days, combined])
    for (const { added, removed } of differences) {
      for (const measure of removed) sums.add(measure, -1);
      for (const measure of added) sums.add(measure, 1);
    }
  await addToRollups(tx, days.list());
  await addToCombined(tx, combined.list());
  await restate(tx, differences, deps);
}

/** Writes the tickets' own measures and waits. */
async function measureTickets(tx: Queryable, ids: readonly number[], deps: MeasureDeps): Promise<TicketDifference[]> {
  const now = new Map<number, TicketMeasures>();
  const failed: Failure[] = [];
  for (const ticket of await readRecorded(tx, ids)) {
    const { ticketId } = ticket;
    try {
      now.set(ticketId, storable(deps.measure(ticket), deps.keptSince));
    } catch (error) {
      failed.push(failure(ticketId, error, deps));
    }
  }
  await tx.delete(unmeasuredTickets).where(inArray(unmeasuredTickets.ticketId, [...ids]));
  await recordFailures(tx, failed);
  const measured = [...now.keys()];
  if (measured.length === 0) return [];
  const hadMeasures = groupByTicket(await readMeasures(tx, measured, 'own'));
  const hadWaits = groupByTicket(await readWaits(tx, measured));
  const differences = [...now].map(([ticketId, { measures, waits }]) => ({
    ticketId,
    measures: differenceOf(hadMeasures.get(ticketId) ?? [], measures, keyOfMeasure),
    waits: differenceOf(hadWaits.get(ticketId) ?? [], waits, keyOfWait),
  }));
  const rowsOf = <Row>(tickets: readonly TicketDifference[], of: (measures: TicketMeasures) => readonly Row[]) =>
    tickets.flatMap(({ ticketId }) => {
      const measures = now.get(ticketId);
      return measures ? of(measures).map((row) => ({ ...row, ticketId })) : [];
    });
  const [otherMeasures, otherWaits] = [
    differences.filter(({ measures }) => isDifferent(measures)),
    differences.filter(({ waits }) => isDifferent(waits)),
  ];
  await replaceMeasures(
    tx,
    idsOf(otherMeasures),
    'own',
    rowsOf(otherMeasures, ({ measures }) => measures),
  );
  await replaceWaits(
    tx,
    idsOf(otherWaits),
    rowsOf(otherWaits, ({ waits }) => waits),
  );
  return differences;
}

const idsOf = (tickets: readonly { ticketId: number }[]): number[] => tickets.map(({ ticketId }) => ticketId);

/** A wait is known by its start, and does not end before it. */
function storable({ measures, waits }: TicketMeasures, keptSince: Date | null): TicketMeasures {
  const bySince = new Map(waits.map((wait) => [wait.since.getTime(), wait]));
  const kept = [...bySince.values()].map((wait) =>
    wait.until !== null && wait.until < wait.since ? { ...wait, until: wait.since } : wait,
  );
  if (keptSince === null) return { measures, waits: kept };
  return {
    measures: measures.filter(({ at }) => at >= keptSince),
    waits: kept.filter(({ until }) => until === null || until >= keptSince),
  };
}

function groupByTicket<Row extends { ticketId: number }>(rows: readonly Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.ticketId);
    if (group) group.push(row);
    else groups.set(row.ticketId, [row]);
  }
  return groups;
}

async function replaceOvertakes(
  tx: Queryable,
  given: readonly number[],
  { departmentGroups, seenSince = null }: MeasureDeps,
): Promise<(Difference<StoredMeasure> & { ticketId: number })[]> {
  const ids = [...new Set(given)];
  const had = groupByTicket(await readMeasures(tx, ids, 'overtakes'));
  const now = groupByTicket(await findOvertakes(tx, ids, { departments: departmentGroups, since: seenSince }));
  const differences = ids
    .map((ticketId) => ({
      ticketId,
      ...differenceOf(had.get(ticketId) ?? [], now.get(ticketId) ?? [], keyOfMeasure),
    }))
    .filter(isDifferent);
  const rows = differences.flatMap(({ ticketId }) => now.get(ticketId) ?? []);
  await replaceMeasures(tx, idsOf(differences), 'overtakes', rows);
  return differences;
}

/** Any fixed number, the same in every process. */
const LOCK = 4_600_460_051;

/** Until the transaction ends, nobody else measures. */
export async function lockMeasures(tx: Queryable): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${LOCK})`);
}
