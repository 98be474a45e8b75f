// Stripe as the provider of payments, through its official library.
import Stripe from 'stripe';
import type {
  PaymentProvider,
  ProviderEvent,
  ProviderRefund,
  RefundOrder,
  RefundResult,
} from '../payments/payment-provider.ts';
import { refusalOf, toProviderError } from './explain-stripe-error.ts';
import { findCharges, fromStripeAmount, isShutOut, readCharge, toStripeAmount } from './read-payments.ts';
import { joinPaymentId, onBehalf, type StripeAccess, splitPaymentId, stripeClient } from './stripe-client.ts';

/** Somebody looks at the screen meanwhile. */
const READ_MS = 5_000;
const REFUND_MS = 20_000;

/** What is stored with a refund at Stripe, by which it is found again. */
const REQUEST = 'deskwright_request';
const TICKET = 'deskwright_ticket';

export function createStripeProvider(
  access: StripeAccess,
  timeouts: { readMs?: number; refundMs?: number } = {},
): PaymentProvider {
  const reading = stripeClient(access, timeouts.readMs ?? READ_MS);
  const refunding = stripeClient(access, timeouts.refundMs ?? REFUND_MS);
  return {
    findPayments: (by) => asProviderErrors(findCharges(reading, [null, ...access.accounts], by)),
    readPayment: (id) => asProviderErrors(readCharge(reading, id)),
    refund: (order) => makeRefund(refunding, order),
    findRefund: async ({ paymentId, requestId }) => {
      for await (const refund of listOf(reading, [splitPaymentId(paymentId)]))
        if (refund.requestId === requestId) return refund;
      return null;
    },
    listRefunds: (of) =>
      'since' in of
        ? listOf(
            reading,
            [null, ...access.accounts].map((account) => ({ account })),
            of.since,
          )
        : listOf(reading, [splitPaymentId(of.paymentId)]),
    readEvent: (body, signature, now) => {
      if (access.webhookSecret === null) return { kind: 'forged' };
      const event = readStripeEvent(body, signature, access.webhookSecret, now);
      // Stripe tells a platform of all its connected accounts, also of those that are not looked at.
      const account = event.kind === 'payment' ? splitPaymentId(event.paymentId).account : null;
      return account === null || access.accounts.includes(account) ? event : { kind: 'other' };
    },
    checkAccess: () => checkStripeAccess(access, reading),
  };
}

async function makeRefund(stripe: Stripe, order: RefundOrder): Promise<RefundResult> {
  const { account, charge } = splitPaymentId(order.paymentId);
  const amount = toStripeAmount(order.amount);
  if (amount === null) return { state: 'refused', reason: 'amount_not_possible' };
  try {
    const { id, status } = await stripe.refunds.create(
      { charge, amount, metadata: { [REQUEST]: order.requestId, [TICKET]: String(order.ticketId) } },
      { idempotencyKey: order.idempotencyKey, ...onBehalf(account) },
    );
    const state = stateOf(status);
    return state === 'failed' ? { state: 'refused', reason: 'rejected' } : { state, providerRef: id };
  } catch (error) {
    const reason = refusalOf(error);
    if (reason !== null) return { state: 'refused', reason };
    throw toProviderError(error);
  }
}

async function* listOf(
  stripe: Stripe,
  places: readonly { account: string | null; charge?: string }[],
  since?: Date,
): AsyncGenerator<ProviderRefund> {
  for (const { account, charge } of places)
    try {
      const asked = {
        limit: 100,
        ...(charge === undefined ? {} : { charge }),
        ...(since === undefined ? {} : { created: { gte: Math.floor(since.getTime() / 1_000) } }),
      };
      for await (const refund of stripe.refunds.list(asked, onBehalf(account))) {
        const read = toRefund(account, refund);
        if (read !== null) yield read;
      }
    } catch (error) {
      // What is asked about one payment must be answered.
      if (charge !== undefined || !isShutOut(account, error)) throw toProviderError(error);
    }
}

/** Null: it is of no charge, such as one of a customer's balance. */
function toRefund(account: string | null, refund: Stripe.Refund): ProviderRefund | null {
  const { id, status, charge, amount, currency, metadata, created } = refund;
  if (charge === null) return null;
  return {
    providerRef: id,
    state: stateOf(status),
    paymentId: joinPaymentId(account, typeof charge === 'string' ? charge : charge.id),
    amount: fromStripeAmount(amount, currency),
    requestId: metadata?.[REQUEST] ?? null,
    createdAt: new Date(created * 1_000),
  };
}

function stateOf(status: string | null): ProviderRefund['state'] {
  if (status === 'succeeded') return 'succeeded';
  return status === 'failed' || status === 'canceled' ? 'failed' : 'pending';
}

async function asProviderErrors<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw toProviderError(error);
  }
}

/** No charge has this id: Stripe refuses the refund, but first looks whether the key may make one. */
const NO_CHARGE = 'ch_deskwright_access_check';

const HOW = 'In Stripe: Developers > API keys > the restricted key > Edit';

/** Each problem with what to do. Empty: none. Throws `ProviderError` when Stripe does not answer. */
async function checkStripeAccess({ accounts }: StripeAccess, stripe: Stripe): Promise<readonly string[]> {
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

/** Events that say something about refunds and disputes. */
const STRIPE_EVENTS = [
  'charge.refunded',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'refund.created',
  'refund.updated',
  'refund.failed',
] as const;

/** @param body the raw bytes as they came: they are what was signed @param now epoch milliseconds @internal */
export function readStripeEvent(body: Buffer, signature: string, secret: string, now: number): ProviderEvent {
  let event: Stripe.Event;
  try {
    event = Stripe.webhooks.constructEvent(body, signature, secret, undefined, undefined, now);
  } catch {
    return { kind: 'forged' };
  }
  if (!(STRIPE_EVENTS as readonly string[]).includes(event.type)) return { kind: 'other' };
  const about = event.data.object as { id: string; object: string; charge?: string | { id: string } | null };
  const charge = about.object === 'charge' ? about.id : about.charge;
  const id = typeof charge === 'string' ? charge : charge?.id;
  return id === undefined
    ? { kind: 'other' }
    : { kind: 'payment', paymentId: joinPaymentId(event.account ?? null, id) };
}
