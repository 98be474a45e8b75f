// Does this fault strike now?
import type { Random } from '../random.ts';

/** `next` strikes that many times for sure; after that each time with probability `rate` (0 to 1). */
export interface ChanceSetting {
  rate: number;
  next: number;
}

/** What is left out stays as it is. */
export type ChanceChange = { [key in keyof ChanceSetting]?: number | undefined };

export interface ChanceSwitch {
  strikes(): boolean;
  set(setting: ChanceChange): void;
  /** How it is set now, and how often it struck so far. */
  state(): ChanceSetting & { struck: number };
}

export function createChanceSwitch(random: Random, initial: ChanceChange = {}): ChanceSwitch {
  let rate = initial.rate ?? 0;
  let next = initial.next ?? 0;
  let struck = 0;
  return {
    strikes() {
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
