// Gives customers of the account payments at Stripe, so that refunds can be tried.
import { between, pick, type Random } from '../random.ts';
import type { StripeAccount } from './stripe-account.ts';

const ITEMS = [
  'Trail boots',
  'Rain jacket',
  'Two-person tent',
  'Sleeping bag',
  'Trekking poles',
  'Membership, one year',
];
const DAY_MS = 86_400_000;

interface Buyer {
  readonly name: string;
  readonly email: string | null;
}

/** One or two card payments each; every tenth has a bank debit, whose refunds are pending at first, and every twelfth a dispute. @param now epoch milliseconds */
export function seedPayments(stripe: StripeAccount, buyers: readonly Buyer[], random: Random, now: number): void {
  for (const [at, { name, email }] of buyers.entries()) {
    if (email === null) continue;
    const customer = stripe.addCustomer({ email, name });
    const orders = between(random, 1, 2);
    for (let order = 0; order < orders; order++) {
      const charge = stripe.addCharge({
        amount: between(random, 9, 240) * 100 - 1,
        currency: 'usd',
        customer: customer.id,
        email,
        description: pick(random, ITEMS),
        at: now - between(random, 1, 80) * DAY_MS,
        method: order === 0 && at % 10 === 9 ? 'us_bank_account' : 'card',
        last4: String(between(random, 1000, 9999)),
      });
      if (order === 0 && at % 12 === 5) stripe.dispute(charge.id);
    }
  }
}
