// Limits how many pieces of work run at a time; the others wait in order.

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
