// Replays events before the start in the order of their times.

export interface Timeline {
  /** Does it later, at its turn; `at` is epoch milliseconds. */
  at(at: number, run: () => void): void;
  /** Does everything in the order of time; what is added meanwhile is done too. */
  play(): void;
}

/** Ids and audits must rise with time, as if the account had lived through it. */
export function createTimeline(): Timeline {
  let moments: { at: number; run: () => void }[] = [];
  return {
    at: (at, run) => void moments.push({ at, run }),
    play() {
      while (moments.length > 0) {
        const now = moments.toSorted((a, b) => a.at - b.at);
        moments = [];
        for (const { run } of now) run();
      }
    },
  };
}
