// Computes what several viewers ask for once.

export interface SharedResults<Asked, Result> {
  /** A result at most `holdMs` old, computed now unless there is one. */
  get(asked: Asked): Promise<Result>;
  /** A result whose computation starts now. */
  renew(asked: Asked): Promise<Result>;
}

interface ShareDeps<Asked, Result> {
  readonly keyOf: (asked: Asked) => string;
  readonly compute: (asked: Asked) => Promise<Result>;
  readonly holdMs: number;
  /** Computations at the same time; others wait, so that dashboards leave connections to the rest of the service. */
  readonly atOnce: number;
  /** Milliseconds, of any beginning. */
  readonly stopwatch: () => number;
}

export function shareResults<Asked, Result>(deps: ShareDeps<Asked, Result>): SharedResults<Asked, Result> {
  const { keyOf, compute, holdMs, stopwatch } = deps;
  const held = new Map<string, Promise<Result>>();
  const waiting: (() => void)[] = [];
  let running = 0;

  async function inTurn(asked: Asked): Promise<Result> {
    if (running >= deps.atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await compute(asked);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  function renew(asked: Asked): Promise<Result> {
    const key = keyOf(asked);
    const result = inTurn(asked);
    held.set(key, result);
    const forget = (): void => {
      if (held.get(key) === result) held.delete(key);
    };
    const startedAt = stopwatch();
    result.then(() => setTimeout(forget, Math.max(0, holdMs - (stopwatch() - startedAt))).unref(), forget);
    return result;
  }

  return { get: (asked) => held.get(keyOf(asked)) ?? renew(asked), renew };
}
