// Computes once what several viewers ask for, and limits how many computations run at a time.

export interface SharedResults<Asked, Result> {
  /** A result at most `holdMs` old, computed now unless there is one. */
  get(asked: Asked): Promise<Result>;
  /** A result whose computation has not started yet. `isAwaited`: before those that nobody waits for. */
  renew(asked: Asked, isAwaited?: boolean): Promise<Result>;
}

interface ShareDeps<Asked, Result> {
  readonly keyOf: (asked: Asked) => string;
  readonly compute: (asked: Asked) => Promise<Result>;
  readonly holdMs: number;
  /** So that few computations run at the same time. */
  readonly turns: Turns;
  /** Milliseconds, of any beginning. */
  readonly stopwatch: () => number;
}

export function shareResults<Asked, Result>(deps: ShareDeps<Asked, Result>): SharedResults<Asked, Result> {
  const { keyOf, compute, holdMs, turns, stopwatch } = deps;
  const held = new Map<string, Promise<Result>>();

  function renew(asked: Asked, isAwaited = false): Promise<Result> {
    const key = keyOf(asked);
    const result = turns(() => compute(asked), { first: isAwaited });
    held.set(key, result);
    const forget = (): void => {
      if (held.get(key) === result) held.delete(key);
    };
    const startedAt = stopwatch();
    result.then(() => setTimeout(forget, Math.max(0, holdMs - (stopwatch() - startedAt))).unref(), forget);
    return result;
  }

  return { get: (asked) => held.get(keyOf(asked)) ?? renew(asked, true), renew };
}

/** `first`: before all that do not ask for it, in the order in which they came. Fails as the work does. */
export type Turns = <Result>(work: () => Promise<Result>, options?: { first?: boolean }) => Promise<Result>;

/** A line of its own, so that dashboards neither take connections from one another nor wait for them until they fail. */
export function takeTurns(atOnce: number): Turns {
  const lines: Readonly<Record<'first' | 'others', (() => void)[]>> = { first: [], others: [] };
  let running = 0;
  return async (work, { first = false } = {}) => {
    if (running >= atOnce) await new Promise<void>((resolve) => lines[first ? 'first' : 'others'].push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = lines.first.shift() ?? lines.others.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
