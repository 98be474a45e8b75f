// Combines all faults that can be switched on.
import type { Random } from '../random.ts';
import { createDeliveryFaults, type DeliveryFaultSettings, type DeliveryFaults } from './delivery-faults.ts';
import { createRestFaults, type RestFaultRule, type RestFaults } from './rest-faults.ts';

/** How a local Zendesk starts out; everything can be changed later. */
export interface FaultOptions {
  webhooks?: DeliveryFaultSettings | undefined;
  rest?: readonly RestFaultRule[] | undefined;
}

export interface Faults {
  webhooks: DeliveryFaults;
  rest: RestFaults;
  state(): { webhooks: ReturnType<DeliveryFaults['state']>; rest: ReturnType<RestFaults['state']> };
  /** Switches everything off. */
  reset(): void;
}

/** Chance comes from `random`, so a seed repeats the same faults for the same calls. */
export function createFaults(random: Random, now: () => number, options: FaultOptions = {}): Faults {
  const webhooks = createDeliveryFaults(random, now);
  const rest = createRestFaults(random, now);
  webhooks.set(options.webhooks ?? {});
  for (const rule of options.rest ?? []) rest.add(rule);
  return {
    webhooks,
    rest,
    state: () => ({ webhooks: webhooks.state(), rest: rest.state() }),
    reset() {
      const off = { rate: 0, next: 0 };
      webhooks.set({ drop: off, double: off, reorder: off, delay: off, throttle: off });
      rest.clear();
    },
  };
}
