// Finds and reads payments at Stripe: charges, with what was refunded and disputed of them.
import type { Money } from '@deskwright/shared/contract';
import Stripe from 'stripe';
import {
  type Dispute,
  type DisputeState,
  type FindBy,
  type MatchedBy,
  type Payment,
  refundStep,
} from '../payments/payment-provider.ts';
import { isMissing } from './explain-stripe-error.ts';
import { joinPaymentId, onBehalf, splitPaymentId } from './stripe-client.ts';

/** Of one customer, and of all that were found. */
const MOST_OF_CUSTOMER = 100;
const MOST = 50;
/** Customers with one address: a shop may make one for each order. Each costs a call. */
const MOST_CUSTOMERS = 20;

/** https://docs.stripe.com/api/disputes/object#dispute_object-status */
const WON = new Set(['won', 'warning_closed', 'prevented']);
const stateOf = (status: string): DisputeState => (status === 'lost' ? 'lost' : WON.has(status) ? 'won' : 'open');

/**
 * Of all accounts at once. A connected account that no longer lets the key in keeps no payment of another from being found; `checkAccess` tells of it.
 * @param accounts null is the key's own. Newest first, each once, by the match that counts most
 */
export async function findCharges(
  stripe: Stripe,
  accounts: readonly (string | null)[],
  by: FindBy,
): Promise<readonly Payment[]> {
  const found = new Map<string, Payment>();
  const charges = await Promise.all(
    accounts.map((account) =>
      chargesOf(stripe, account, by).catch((error: unknown) => {
        if (isShutOut(account, error)) return [];
        throw error;
      }),
    ),
  );
  for (const [index, account] of accounts.entries())
    for (const [charge, matchedBy] of charges[index] ?? []) {
      if (!charge.paid || !charge.captured || found.has(charge.id)) continue;
      found.set(charge.id, await toPayment(stripe, account, charge, matchedBy));
    }
  return [...found.values()].toSorted((a, b) => b.paidAt.getTime() - a.paidAt.getTime()).slice(0, MOST);
}

/** A connected account withdrew its access: https://docs.stripe.com/error-codes#account-invalid */
export const isShutOut = (account: string | null, error: unknown): boolean =>
  account !== null && error instanceof Stripe.errors.StripePermissionError;

async function chargesOf(
  stripe: Stripe,
  account: string | null,
  { customerIds, emails, ticketFields }: FindBy,
): Promise<readonly (readonly [Stripe.Charge, MatchedBy])[]> {
  const on = onBehalf(account);
  const ofCustomer = async (customer: string, matchedBy: MatchedBy) => {
    const { data } = await orNone(stripe.charges.list({ customer, limit: MOST_OF_CUSTOMER }, on));
    return data.map((charge) => [charge, matchedBy] as const);
  };
  const named = async (id: string) => {
    if (id.startsWith('cus_')) return ofCustomer(id, 'ticket_field');
    const intent = id.startsWith('pi_') ? id : null;
    if (intent !== null) {
      const { data } = await orNone(stripe.charges.list({ payment_intent: intent, limit: 5 }, on));
      return data.map((charge) => [charge, 'ticket_field'] as const);
    }
    const { account: owner, charge } = splitPaymentId(id);
    if (owner !== null && owner !== account) return [];
    const read = await orMissing(stripe.charges.retrieve(charge, {}, on));
    return read === null ? [] : [[read, 'ticket_field'] as const];
  };
  const customersOf = async (email: string) => (await stripe.customers.list({ email, limit: MOST_CUSTOMERS }, on)).data;
  // Stripe tells upper from lower case: https://docs.stripe.com/api/customers/list
  const spelled = [...new Set(emails.flatMap((email) => [email, email.toLowerCase()]))];
  const withAddress = (await Promise.all(spelled.map(customersOf))).flat().map(({ id }) => id);
  // Asked for only now: an error of one must not come while nobody awaits it.
  const asked = [
    ...customerIds.map((id) => ofCustomer(id, 'customer_id')),
    ...withAddress.map((id) => ofCustomer(id, 'email')),
    ...ticketFields.map(named),
  ];
  const found = (await Promise.all(asked)).flat();
  // Also one that is not among the customer's newest, or was paid as a guest.
  return found.map(([charge, matchedBy]) => [
    charge,
    matchedBy === 'ticket_field' ? (matchOf(charge, { customerIds, withAddress, spelled }) ?? matchedBy) : matchedBy,
  ]);
}

/** Null: Stripe has it as nobody's, or as another customer's. */
function matchOf(
  { customer, billing_details: billing }: Stripe.Charge,
  of: Record<'customerIds' | 'withAddress' | 'spelled', readonly string[]>,
): MatchedBy | null {
  const id = typeof customer === 'string' ? customer : (customer?.id ?? null);
  if (id !== null) return of.customerIds.includes(id) ? 'customer_id' : of.withAddress.includes(id) ? 'email' : null;
  return billing.email !== null && of.spelled.includes(billing.email.toLowerCase()) ? 'email' : null;
}

/** @param id as in `Payment` */
export async function readCharge(stripe: Stripe, id: string): Promise<Payment | null> {
  const { account, charge: chargeId } = splitPaymentId(id);
  const charge = await orMissing(stripe.charges.retrieve(chargeId, {}, onBehalf(account)));
  return charge && toPayment(stripe, account, charge, 'payment_id');
}

async function toPayment(
  stripe: Stripe,
  account: string | null,
  charge: Stripe.Charge,
  matchedBy: MatchedBy,
): Promise<Payment> {
  const { id, amount_captured, amount_refunded, currency, created, description, disputed } = charge;
  return {
    id: joinPaymentId(account, id),
    provider: 'stripe',
    paidAt: new Date(created * 1_000),
    amount: fromStripeAmount(amount_captured, currency),
    refunded: fromStripeAmount(amount_refunded, currency),
    instrument: instrumentOf(charge),
    dispute: disputed ? await readDispute(stripe, account, id) : null,
    matchedBy,
    description,
  };
}

function instrumentOf({ payment_method_details: details }: Stripe.Charge): Payment['instrument'] {
  const kind = details?.type ?? 'unknown';
  const about = (details as Readonly<Record<string, unknown>> | null)?.[kind];
  const { brand, bank_name, last4 } = { brand: null, bank_name: null, last4: null, ...(about as object | undefined) };
  return { kind, brand: brand ?? bank_name, last4 };
}

/** An open one, if any is; otherwise one that was lost, and then the newest. */
async function readDispute(stripe: Stripe, account: string | null, charge: string): Promise<Dispute | null> {
  const { data } = await stripe.disputes.list({ charge, limit: 10 }, onBehalf(account));
  const first = (state: DisputeState) => data.find(({ status }) => stateOf(status) === state);
  const dispute = first('open') ?? first('lost') ?? first('won');
  if (dispute === undefined) return null;
  const { id, status, reason, evidence_details } = dispute;
  return {
    id,
    status,
    reason,
    evidenceDueBy: evidence_details.due_by === null ? null : new Date(evidence_details.due_by * 1_000),
    state: stateOf(status),
  };
}

async function orMissing<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Whom a connected account does not know has no payments in it. */
const orNone = async <T>(asked: Promise<{ data: T[] }>): Promise<{ data: T[] }> =>
  (await orMissing(asked)) ?? { data: [] };

/**
 * Stripe counts these differently from ISO 4217: whole ISK and UGX with two decimals that must be 00, MGA without decimals.
 * https://docs.stripe.com/currencies#special-cases
 */
const STRIPE_PER_MINOR: Readonly<Record<string, number>> = { ISK: 100, UGX: 100, MGA: 0.01 };

/** Null: Stripe cannot move this amount. */
export function toStripeAmount({ minor, currency }: Money): number | null {
  return minor % refundStep(currency) === 0 ? Math.round(minor * (STRIPE_PER_MINOR[currency] ?? 1)) : null;
}

/** @param currency in Stripe's lower case */
export function fromStripeAmount(amount: number, currency: string): Money {
  const code = currency.toUpperCase();
  return { minor: Math.round(amount / (STRIPE_PER_MINOR[code] ?? 1)), currency: code };
}
