// Finding payments while Stripe refuses some of the calls.
import { setImmediate } from 'node:timers/promises';
import Stripe from 'stripe';
import { findCharges } from './read-payments.ts';

const shutOut = new Stripe.errors.StripePermissionError({ type: 'invalid_request_error', message: 'No access' });
const paid = (id: string) => ({
  id,
  paid: true,
  captured: true,
  amount: 100,
  currency: 'usd',
  created: 1,
  billing_details: {},
});
/** Of two accounts, one that lets the key in. */
const halfOpen = (closed: string | null) =>
  ({
    charges: {
      list: (_: unknown, { stripeAccount = null }: { stripeAccount?: string | null } = {}) =>
        stripeAccount === closed ? Promise.reject(shutOut) : Promise.resolve({ data: [paid('ch_1')] }),
    },
  }) as unknown as Stripe;
const OF_CUSTOMER = { ticketFields: [], customerIds: ['cus_1'], emails: [] };

test('a connected account that withdrew its access keeps no payment of the others from being found', async () => {
  await expect(findCharges(halfOpen('acct_1'), ['acct_1', null], OF_CUSTOMER)).resolves.toMatchObject([{ id: 'ch_1' }]);
});

test('the key’s own account that refuses access is an error', async () => {
  await expect(findCharges(halfOpen(null), [null, 'acct_1'], OF_CUSTOMER)).rejects.toBe(shutOut);
});

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
