// A local Stripe: its API, webhooks and faults, on the account's clock.
import type { Router } from 'express';
import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import { createIdempotencyMemory } from './idempotency-memory.ts';
import { createStripeAccount, type StripeAccount } from './stripe-account.ts';
import { stripeControlRouter } from './stripe-control-router.ts';
import { createStripeFaults, type StripeFaults } from './stripe-faults.ts';
import { stripeRouter } from './stripe-router.ts';
import { createStripeWebhooks, type StripeWebhooks } from './stripe-webhooks.ts';

export interface LocalStripe {
  account: StripeAccount;
  faults: StripeFaults;
  webhooks: StripeWebhooks;
  /** `/v1/...`: Stripe's API. */
  router: Router;
  /** `/control/stripe/...`. */
  control: Router;
  stop: () => void;
}

export function createLocalStripe({ clock, random }: { clock: Clock; random: Random }): LocalStripe {
  const faults = createStripeFaults(random);
  const webhooks = createStripeWebhooks({ faults, clock });
  const account = createStripeAccount({ now: clock.now, onEvent: (event) => webhooks.send(event) });
  const memory = createIdempotencyMemory(clock.now);
  return {
    account,
    faults,
    webhooks,
    router: stripeRouter({ stripe: account, faults, memory, webhooks }),
    control: stripeControlRouter({ stripe: account, faults, webhooks }),
    stop: () => webhooks.stop(),
  };
}
