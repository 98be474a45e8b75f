// `deskwright refunds reconcile`: compares the books of refunds with Stripe now, and reports what differs.
import { formatMoney } from '@deskwright/shared/money';
import { isOnThisMachine } from '../../app/config.ts';
import { readSecretFiles } from '../../app/secrets.ts';
import { stripeSettings } from '../../app/stripe-settings.ts';
import type { PaymentProvider } from '../../payments/payment-provider.ts';
import type { Database } from '../../platform/storage/database.ts';
import {
  describeDifference,
  listMadeOutside,
  type MadeOutside,
  type RefundDifference,
  reconcile,
} from '../../refunds/index.ts';
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
  if (one.what === 'not_compared') return `${one.payment} ${describeDifference(one.what)}`;
  return `${nameRefund(one)}: ${describeDifference(one.what)}`;
}

const nameRefund = ({ payment, refund, amountMinor: minor, currency }: Omit<MadeOutside, 'day'>): string =>
  `${refund} of ${payment}, ${formatMoney('en-US', { minor, currency })}`;

/** Exit code 0: they agree; 1: something differs. */
export async function runReconcileRefunds({ db, payments, json, out, clock }: ReconcileDeps): Promise<number> {
  const { timeZone, printWithZone } = clockOf(await readPolicyInForce(db));
  // Whoever asks now wants to know what differs now.
  const result = await reconcile({ db, payments, clock, timeZone: () => timeZone }, { afresh: true });
  const { payments: compared, since, differences } = result;
  const madeOutside = await listMadeOutside(db, since);
  if (json) out(JSON.stringify({ payments: compared, since, differences, madeOutside }));
  else {
    out(`${compared} payments with refunds since ${printWithZone(since)} compared.`);
    if (madeOutside.length > 0) out(`${madeOutside.length} refunds were made elsewhere and entered in this time:`);
    for (const one of madeOutside) out(`  ${nameRefund(one)}, on ${one.day}`);
    for (const one of differences) out(`  ${describe(one)}`);
    out(differences.length === 0 ? 'The books and Stripe agree.' : `${differences.length} differences.`);
  }
  return differences.length === 0 ? 0 : 1;
}
