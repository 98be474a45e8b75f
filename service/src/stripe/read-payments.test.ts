// Finding payments while Stripe refuses some of the calls.
import { setImmediate } from 'node:timers/promises';
import Stripe from 'stripe';
import { findCharges } from './read-payments.ts';

test('a call that is refused while customers are still looked up fails the search, and leaves no error unhandled', async () => {
  const busy = new Stripe.errors.StripeRateLimitError({ type: 'rate_limit_error', message: 'Slow down' });
  const stripe = {
    charges: { list: () => Promise.reject(busy), retrieve: () => Promise.reject(busy) },
    customers: { list: () => setImmediate({ data: [] }) },
  } as unknown as Stripe;
  for (const by of [
    { ticketFields: ['ch_1'], customerIds: [] },
    { ticketFields: [], customerIds: ['cus_1'] },
  ])
    await expect(findCharges(stripe, [null], { ...by, emails: ['mia@mail.test'] })).rejects.toBe(busy);
});
