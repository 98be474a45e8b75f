// What goes wrong while a worker makes refunds: it dies at each point between reservation and confirmation, or Stripe fails.
import type { LocalZendesk } from '@deskwright/local-zendesk';
import type { PaymentProvider } from '../../payments/payment-provider.ts';

export const FAULTS = [
  'none',
  'dies reading',
  'dies before',
  'dies after',
  'lost',
  'busy',
  'broken',
  'disputed',
  'refunded elsewhere',
  'settled',
] as const;
export type Fault = (typeof FAULTS)[number];

const die = (): never => {
  throw new Error('the process died');
};

/** The provider, as a process sees it that dies before or after the call. */
export function dying(provider: PaymentProvider, fault: Fault): PaymentProvider {
  if (!fault.startsWith('dies')) return provider;
  const refund: PaymentProvider['refund'] = async (order) => {
    if (fault === 'dies after') await provider.refund(order);
    return die();
  };
  return { ...provider, refund, readPayment: fault === 'dies reading' ? die : provider.readPayment };
}

/** @param charges one by card, and one by bank, whose refunds are pending at first */
export function strike(
  fault: Fault,
  { account, faults }: LocalZendesk['stripe'],
  { card, bank }: { readonly card: string; readonly bank: string },
): void {
  if (fault === 'lost' || fault === 'busy' || fault === 'broken') faults.set({ [fault]: { next: 1 } });
  if (fault === 'disputed') account.dispute(card);
  // Refused where less is left.
  if (fault === 'refunded elsewhere') account.refund({ charge: card, amount: 900 });
  if (fault !== 'settled') return;
  const pending = account.refunds(null).filter(({ charge, status }) => charge === bank && status === 'pending');
  for (const [n, { id }] of pending.entries()) account.settleRefund(id, n % 2 === 0 ? 'failed' : 'succeeded');
}
