// `deskwright refunds reconcile`: compares the books of refunds with Stripe now, and reports what differs.
import { formatMoney } from '@deskwright/shared/money';
import { isOnThisMachine } from '../../app/config.ts';
import { readSecretFiles } from '../../app/secret-files.ts';
import { stripeSettings } from '../../app/stripe-settings.ts';
import type { PaymentProvider } from '../../payments/payment-provider.ts';
import type { Database } from '../../platform/storage/database.ts';
import { type RefundDifference, reconcile } from '../../refunds/index.ts';
import { createStripeProvider } from '../../stripe/create-stripe-provider.ts';
import { clockOf, readPolicyInForce } from '../clock.ts';

interface ReconcileDeps {
  db: Database;
  payments: PaymentProvider;
  json: boolean;
  out: (line: string) => void;
  /** Epoch milliseconds. */
  clock: () => number;
}

const SAYS = {
  not_in_books: 'is at Stripe and does not fit into the books',
  not_at_provider: 'is in the books and not at Stripe',
  other_amount: 'has another amount at Stripe than in the books',
  made_although_given_back: 'was made, and the books gave its money free',
} as const;

/** @throws Error with what to do when Stripe is not connected */
export function stripeOf(given: NodeJS.ProcessEnv): PaymentProvider {
  const { env, problems } = readSecretFiles(given);
  const read = stripeSettings(isOnThisMachine).safeParse(env);
  const all = [...problems, ...(read.error?.issues ?? []).map(({ message }) => message)];
  if (all.length > 0) throw new Error(all.join('\n'));
  if (!read.data) throw new Error('STRIPE_SECRET_KEY is not set, so there is nothing to compare the books with.');
  return createStripeProvider(read.data);
}

function describe(one: RefundDifference): string {
  if (one.what === 'not_compared') return `${one.payment} could not be compared: Stripe did not answer about it`;
  const { payment, refund, what, amountMinor, currency } = one;
  return `${refund} of ${payment}, ${formatMoney('en-US', { minor: amountMinor, currency })}: ${SAYS[what]}`;
}

/** Exit code 0: they agree; 1: something differs. */
export async function runReconcileRefunds({ db, payments, json, out, clock }: ReconcileDeps): Promise<number> {
  const { timeZone, printWithZone } = clockOf(await readPolicyInForce(db));
  const result = await reconcile({ db, payments, clock, timeZone: () => timeZone });
  const { payments: compared, since, differences } = result;
  if (json) out(JSON.stringify({ payments: compared, since, differences }));
  else {
    out(`${compared} payments with refunds since ${printWithZone(since)} compared.`);
    for (const one of differences) out(`  ${describe(one)}`);
    out(differences.length === 0 ? 'The books and Stripe agree.' : `${differences.length} differences.`);
  }
  return differences.length === 0 ? 0 : 1;
}
