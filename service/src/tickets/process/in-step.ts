// Runs the same work for several tickets in one transaction, in step: what they all ask of the database is one statement.
import type { Queryable } from '../../platform/storage/database.ts';

/** Answers several asks with one statement; gives back the answers in the order of the asks. */
export type ForAll<Ask, Answer> = (tx: Queryable, asks: readonly Ask[]) => Promise<readonly Answer[]>;

/** One ticket's place among those that are worked on together. */
export interface Step {
  /** For what few tickets need: serves this one alone. */
  readonly tx: Queryable;
  /** Waits until every ticket asks for something or has ended; asks for the same are then answered together. */
  readonly ask: <Ask, Answer>(forAll: ForAll<Ask, Answer>, ask: Ask) => Promise<Answer>;
  /** Waits until every ticket has come to this stage or a later one, or has ended: those that asked less before then still ask for the same after it. */
  readonly reach: (stage: Stage) => Promise<void>;
}

/** In the order in which tickets come to them; a ticket may leave some out. */
const STAGES = ['taken', 'projected', 'planned', 'decided'] as const;
type Stage = (typeof STAGES)[number];

/** A ticket that is worked on alone. */
export const alone = (tx: Queryable): Step => ({
  tx,
  ask: async <Ask, Answer>(forAll: ForAll<Ask, Answer>, ask: Ask) => (await forAll(tx, [ask]))[0] as Answer,
  reach: async () => undefined,
});

interface AtStage {
  stage: number;
  resolve: () => void;
}

interface Waiting {
  forAll: ForAll<unknown, unknown>;
  ask: unknown;
  resolve: (answer: unknown) => void;
  reject: (error: unknown) => void;
}

/**
 * Does `work` for every item, all in the transaction `tx`; an item may ask for more or less than others. Throws what failed first, once no work
 * runs any more, so that nothing is written after the rollback.
 */
export async function inStep<Item, Result>(
  tx: Queryable,
  items: readonly Item[],
  work: (step: Step, item: Item) => Promise<Result>,
): Promise<Result[]> {
  let running = items.length;
  let waiting: Waiting[] = [];
  let atStage: AtStage[] = [];
  const failures: unknown[] = [];

  async function answerAll(): Promise<void> {
    const asked = waiting;
    waiting = [];
    for (const forAll of new Set(asked.map((one) => one.forAll))) {
      const same = asked.filter((one) => one.forAll === forAll);
      try {
        const asks = same.map(({ ask }) => ask);
        const answers = await forAll(tx, asks);
        for (const [n, { resolve }] of same.entries()) resolve(answers[n]);
      } catch (error) {
        for (const { reject } of same) reject(error);
      }
    }
  }

  function letGoFromFirstStage(): void {
    const first = Math.min(...atStage.map(({ stage }) => stage));
    const there = atStage.filter(({ stage }) => stage === first);
    atStage = atStage.filter(({ stage }) => stage !== first);
    for (const { resolve } of there) resolve();
  }

  function answerWhenAllWait(): void {
    if (running === 0 || waiting.length + atStage.length < running) return;
    if (waiting.length > 0) void answerAll();
    else letGoFromFirstStage();
  }

  const step: Step = {
    tx,
    ask: <Ask, Answer>(forAll: ForAll<Ask, Answer>, ask: Ask) =>
      new Promise<Answer>((resolve, reject) => {
        waiting.push({ forAll, ask, resolve, reject } as Waiting);
        answerWhenAllWait();
      }),
    reach: (stage) =>
      new Promise((resolve) => {
        atStage.push({ stage: STAGES.indexOf(stage), resolve });
        answerWhenAllWait();
      }),
  };
  const results = await Promise.all(
    items.map(async (item) => {
      try {
        return [await work(step, item)];
      } catch (error) {
        failures.push(error);
        return [];
      } finally {
        running -= 1;
        answerWhenAllWait();
      }
    }),
  );
  if (failures.length > 0) throw failures[0];
  return results.flat(1) as Result[];
}
