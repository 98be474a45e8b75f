// Verifies a webhook of Stripe and reads which payment it is about.
import Stripe from 'stripe';
import type { ProviderEvent } from '../payments/payment-provider.ts';
import { joinPaymentId } from './stripe-client.ts';

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

/** @param body the raw bytes as they came: they are what was signed @param now epoch milliseconds */
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
