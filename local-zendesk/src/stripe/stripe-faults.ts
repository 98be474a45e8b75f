// Makes the local Stripe busy, slow or unreachable, and its webhooks late, doubled or lost.
import { type ChanceChange, createChanceSwitch } from '../faults/chance-switch.ts';
import type { Random } from '../random.ts';

export interface StripeFaultSettings {
  /** Answers 429, and does nothing. */
  busy?: ChanceChange | undefined;
  /** Answers 500, and does nothing. */
  broken?: ChanceChange | undefined;
  /** Does it, and answers after `ms`. */
  slow?: (ChanceChange & { ms?: number | undefined }) | undefined;
  /** Does it, and the connection ends without an answer. */
  lost?: ChanceChange | undefined;
  webhook_late?: (ChanceChange & { ms?: number | undefined }) | undefined;
  webhook_double?: ChanceChange | undefined;
  webhook_lost?: ChanceChange | undefined;
}

export type StripeFaults = ReturnType<typeof createStripeFaults>;

/** Chance comes from `random`. Only calls that change something are affected, except by `busy` and `broken`. */
export function createStripeFaults(random: Random) {
  const switches = {
    busy: createChanceSwitch(random),
    broken: createChanceSwitch(random),
    slow: createChanceSwitch(random),
    lost: createChanceSwitch(random),
    webhook_late: createChanceSwitch(random),
    webhook_double: createChanceSwitch(random),
    webhook_lost: createChanceSwitch(random),
  };
  const ms = { slow: 5_000, webhook_late: 5_000 };
  return {
    happens: (name: keyof typeof switches) => switches[name].happens(),
    ms,
    set(settings: StripeFaultSettings) {
      for (const name of Object.keys(switches) as (keyof typeof switches)[]) switches[name].set(settings[name] ?? {});
      ms.slow = settings.slow?.ms ?? ms.slow;
      ms.webhook_late = settings.webhook_late?.ms ?? ms.webhook_late;
    },
    reset() {
      for (const one of Object.values(switches)) one.set({ rate: 0, next: 0 });
    },
    state: () => Object.fromEntries(Object.entries(switches).map(([name, one]) => [name, one.state()])),
  };
}
