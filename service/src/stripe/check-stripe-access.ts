// Finds out whether a key of Stripe may do what refunds need.
import Stripe from 'stripe';
import { refusalOf, toProviderError } from './explain-stripe-error.ts';
import { onBehalf, type StripeAccess } from './stripe-client.ts';

/** No charge has this id: Stripe refuses the refund, but first looks whether the key may make one. */
const NO_CHARGE = 'ch_deskwright_access_check';

const HOW = 'In Stripe: Developers > API keys > the restricted key > Edit';

/** Each problem with what to do. Empty: none. Throws `ProviderError` when Stripe does not answer. */
export async function checkStripeAccess({ accounts }: StripeAccess, stripe: Stripe): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const account of [null, ...accounts]) {
    const on = onBehalf(account);
    const where = account === null ? '' : ` in the connected account ${account}`;
    const rights: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['read Charges', () => stripe.charges.list({ limit: 1 }, on)],
      ['read Customers', () => stripe.customers.list({ limit: 1 }, on)],
      ['read Disputes', () => stripe.disputes.list({ limit: 1 }, on)],
      ['read Refunds', () => stripe.refunds.list({ limit: 1 }, on)],
      ['write Refunds', () => stripe.refunds.create({ charge: NO_CHARGE }, on)],
    ];
    for (const [right, ask] of rights) {
      const problem = await whyNot(ask);
      if (problem === 'not_accepted')
        return ['Stripe does not accept STRIPE_SECRET_KEY; copy the key again (Developers > API keys).'];
      if (problem !== null) problems.push(`STRIPE_SECRET_KEY may not ${right}${where}; allow it. ${HOW}.`);
    }
  }
  return problems;
}

async function whyNot(ask: () => Promise<unknown>): Promise<'not_accepted' | 'not_allowed' | null> {
  try {
    await ask();
    return null;
  } catch (error) {
    if (refusalOf(error) !== null) return null;
    if (error instanceof Stripe.errors.StripeAuthenticationError) return 'not_accepted';
    if (error instanceof Stripe.errors.StripePermissionError) return 'not_allowed';
    throw toProviderError(error);
  }
}
