// What goes wrong on purpose with webhook deliveries?
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
}

export interface DeliveryFaults {
  fate: () => DeliveryFate;
  set(settings: DeliveryFaultSettings): void;
  state(): Record<'drop' | 'double' | 'reorder', ChanceSetting & { struck: number }> & {
    delay: ChanceSetting & { struck: number; ms: number };
  };
}

const REORDER_MS = { least: 200, most: 3_000 };

export function createDeliveryFaults(random: Random): DeliveryFaults {
  const drop = createChanceSwitch(random);
  const double = createChanceSwitch(random);
  const reorder = createChanceSwitch(random);
  const delay = createChanceSwitch(random);
  let delayMs = 5_000;
  return {
    fate() {
      if (drop.strikes()) return { copies: 0, delayMs: 0 };
      const copies = double.strikes() ? 2 : 1;
      const held = reorder.strikes() ? between(random, REORDER_MS.least, REORDER_MS.most) : 0;
      return { copies, delayMs: held + (delay.strikes() ? delayMs : 0) };
    },
    set(settings) {
      drop.set(settings.drop ?? {});
      double.set(settings.double ?? {});
      reorder.set(settings.reorder ?? {});
      delay.set(settings.delay ?? {});
      delayMs = settings.delay?.ms ?? delayMs;
    },
    state: () => ({
      drop: drop.state(),
      double: double.state(),
      reorder: reorder.state(),
      delay: { ...delay.state(), ms: delayMs },
    }),
  };
}
