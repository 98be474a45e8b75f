// Decides at random whether a fault happens.
import type { Random } from '../random.ts';

/** The fault happens the `next` times for certain, then with probability `rate` (0 to 1). */
export interface ChanceSetting {
  rate: number;
  next: number;
}

/** Omitted keys stay as they are. */
export type ChanceChange = { [key in keyof ChanceSetting]?: number | undefined };

export interface ChanceSwitch {
  happens(): boolean;
  set(setting: ChanceChange): void;
  /** The current setting, and how often the fault has happened (`struck`). */
  state(): ChanceSetting & { struck: number };
}

export function createChanceSwitch(random: Random, initial: ChanceChange = {}): ChanceSwitch {
  let rate = initial.rate ?? 0;
  let next = initial.next ?? 0;
  let struck = 0;
  return {
    happens() {
      const hit = next > 0 || (rate > 0 && random() < rate);
      if (next > 0) next -= 1;
      if (hit) struck += 1;
      return hit;
    },
    set(setting) {
      rate = setting.rate ?? rate;
      next = setting.next ?? next;
    },
    state: () => ({ rate, next, struck }),
  };
}
