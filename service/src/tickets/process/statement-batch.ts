// Processes several tickets in one transaction and joins their queries: the same query of many tickets is one statement.
import type { Queryable } from '../../platform/storage/database.ts';

/** One query for many tickets in one statement. Returns a result for each argument, in their order. */
export type JoinedQuery<Arg, Result> = (tx: Queryable, args: readonly Arg[]) => Promise<readonly Result[]>;

/** What one ticket of the batch queries with. */
export interface StatementBatch {
  /** For queries that few tickets need: they are not joined. */
  readonly tx: Queryable;
  /** Runs once every ticket of the batch is waiting for a query or has ended, together with their calls of the same query. */
  readonly query: <Arg, Result>(joined: JoinedQuery<Arg, Result>, arg: Arg) => Promise<Result>;
  /** Waits until every ticket has reached this stage or a later one, or has ended, so that a ticket with fewer queries before the stage still shares those after it. */
  readonly reach: (stage: Stage) => Promise<void>;
}

/** In the order in which tickets reach them; a ticket may leave some out. */
const STAGES = ['taken', 'projected', 'planned', 'decided'] as const;
type Stage = (typeof STAGES)[number];

/** For a ticket that is processed alone. */
export const batchOfOne = (tx: Queryable): StatementBatch => ({
  tx,
  query: async <Arg, Result>(joined: JoinedQuery<Arg, Result>, arg: Arg) => (await joined(tx, [arg]))[0] as Result,
  reach: async () => undefined,
});

interface AtStage {
  stage: number;
  resolve: () => void;
}

interface WaitingQuery {
  joined: JoinedQuery<unknown, unknown>;
  arg: unknown;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

/**
 * Does `work` for every item, all in the transaction `tx`; items may run different queries. Throws the first failure, once no work
 * is running any more, so that nothing is written after the rollback.
 */
export async function runInBatch<Item, Result>(
  tx: Queryable,
  items: readonly Item[],
  work: (batch: StatementBatch, item: Item) => Promise<Result>,
): Promise<Result[]> {
  let running = items.length;
  let waiting: WaitingQuery[] = [];
  let atStage: AtStage[] = [];
  const failures: unknown[] = [];

  async function runQueries(): Promise<void> {
    const queries = waiting;
    waiting = [];
    for (const joined of new Set(queries.map((query) => query.joined))) {
      const same = queries.filter((query) => query.joined === joined);
      try {
        const results = await joined(
          tx,
          same.map(({ arg }) => arg),
        );
        for (const [n, { resolve }] of same.entries()) resolve(results[n]);
      } catch (error) {
        for (const { reject } of same) reject(error);
      }
    }
  }

  function leaveEarliestStage(): void {
    const earliest = Math.min(...atStage.map(({ stage }) => stage));
    const leaving = atStage.filter(({ stage }) => stage === earliest);
    atStage = atStage.filter(({ stage }) => stage !== earliest);
    for (const { resolve } of leaving) resolve();
  }

  function continueIfAllWait(): void {
    if (running === 0 || waiting.length + atStage.length < running) return;
    if (waiting.length > 0) void runQueries();
    else leaveEarliestStage();
  }

  const batch: StatementBatch = {
    tx,
    query: <Arg, Result>(joined: JoinedQuery<Arg, Result>, arg: Arg) =>
      new Promise<Result>((resolve, reject) => {
        waiting.push({ joined, arg, resolve, reject } as WaitingQuery);
        continueIfAllWait();
      }),
    reach: (stage) =>
      new Promise((resolve) => {
        atStage.push({ stage: STAGES.indexOf(stage), resolve });
        continueIfAllWait();
      }),
  };
  const results = await Promise.all(
    items.map(async (item) => {
      try {
        return [await work(batch, item)];
      } catch (error) {
        failures.push(error);
        return [];
      } finally {
        running -= 1;
        continueIfAllWait();
      }
    }),
  );
  if (failures.length > 0) throw failures[0];
  return results.flat(1) as Result[];
}
