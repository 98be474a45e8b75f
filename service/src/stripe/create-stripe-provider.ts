// Stripe as the provider of payments, through its official library.
import type Stripe from 'stripe';
import type { PaymentProvider, ProviderRefund, RefundOrder, RefundResult } from '../payments/payment-provider.ts';
import { checkStripeAccess } from './check-stripe-access.ts';
import { refusalOf, toProviderError } from './explain-stripe-error.ts';
import { findCharges, readCharge } from './read-payments.ts';
import { readStripeEvent } from './read-stripe-event.ts';
import { fromStripeAmount, toStripeAmount } from './stripe-amounts.ts';
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
  try {
    for (const { account, charge } of places) {
      const asked = {
        limit: 100,
        ...(charge === undefined ? {} : { charge }),
        ...(since === undefined ? {} : { created: { gte: Math.floor(since.getTime() / 1_000) } }),
      };
      for await (const refund of stripe.refunds.list(asked, onBehalf(account))) {
        const read = toRefund(account, refund);
        if (read !== null) yield read;
      }
    }
  } catch (error) {
    throw toProviderError(error);
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
