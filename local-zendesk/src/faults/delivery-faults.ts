// Injects faults into webhook deliveries.
import { between, type Random } from '../random.ts';
import type { DeliveryFate } from '../webhooks/webhook-sender.ts';
import { type ChanceChange, type ChanceSetting, createChanceSwitch } from './chance-switch.ts';

export interface DeliveryFaultSettings {
  /** Never sent, and not in the log: what Zendesk loses, it does not list. */
  drop?: ChanceChange | undefined;
  /** Sent twice, with one envelope id and two invocation ids. */
  double?: ChanceChange | undefined;
  /** Held back for a random while, so that later ones overtake it. */
  reorder?: ChanceChange | undefined;
  /** Held back for `ms`. */
  delay?: (ChanceChange & { ms?: number | undefined }) | undefined;
  /** Never sent, but listed as `throttled`; a few as `circuit broken`. Ends automatically after `for_ms`. */
  throttle?: (ChanceChange & { for_ms?: number | undefined }) | undefined;
}

export interface DeliveryFaults {
  fate: () => DeliveryFate;
  set(settings: DeliveryFaultSettings): void;
  state(): Record<'drop' | 'double' | 'reorder', ChanceSetting & { struck: number }> & {
    delay: ChanceSetting & { struck: number; ms: number };
    throttle: ChanceSetting & { struck: number; for_ms: number | null };
  };
}

const REORDER_MS = { least: 200, most: 3_000 };

// A mass change of a live account: of 617 invocations 514 were throttled and 31 found the circuit broken, for about ten minutes.
const THROTTLED_SHARE = 514 / 617;
const BROKEN_PER_THROTTLED = 31 / 514;

/** Chance and, for throttling, the account's time decide. */
export function createDeliveryFaults(random: Random, now: () => number): DeliveryFaults {
  const drop = createChanceSwitch(random);
  const double = createChanceSwitch(random);
  const reorder = createChanceSwitch(random);
  const delay = createChanceSwitch(random);
  const throttle = createChanceSwitch(random);
  let delayMs = 5_000;
  let throttledUntil = Number.POSITIVE_INFINITY;

  function lostAs(): DeliveryFate['lostAs'] {
    if (now() >= throttledUntil) throttle.set({ rate: 0, next: 0 });
    if (throttle.happens()) return 'throttled';
    const rate = throttle.state().rate * BROKEN_PER_THROTTLED;
    return rate > 0 && random() < rate ? 'circuit broken' : undefined;
  }

  return {
    fate() {
      const lost = lostAs();
      if (lost !== undefined) return { copies: 0, delayMs: 0, lostAs: lost };
      if (drop.happens()) return { copies: 0, delayMs: 0 };
      const copies = double.happens() ? 2 : 1;
      const held = reorder.happens() ? between(random, REORDER_MS.least, REORDER_MS.most) : 0;
      return { copies, delayMs: held + (delay.happens() ? delayMs : 0) };
    },
    set(settings) {
      drop.set(settings.drop ?? {});
      double.set(settings.double ?? {});
      reorder.set(settings.reorder ?? {});
      delay.set(settings.delay ?? {});
      delayMs = settings.delay?.ms ?? delayMs;
      if (settings.throttle === undefined) return;
      const { rate, next, for_ms } = settings.throttle;
      throttledUntil = for_ms === undefined ? Number.POSITIVE_INFINITY : now() + for_ms;
      throttle.set(rate === undefined && next === undefined ? { rate: THROTTLED_SHARE } : { rate, next });
    },
    state: () => ({
      drop: drop.state(),
      double: double.state(),
      reorder: reorder.state(),
      delay: { ...delay.state(), ms: delayMs },
      throttle: { ...throttle.state(), for_ms: Number.isFinite(throttledUntil) ? throttledUntil - now() : null },
    }),
  };
}
