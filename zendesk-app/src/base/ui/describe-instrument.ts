// Names the card or account that a payment was made with.
import type { TicketPayment } from '@deskwright/shared/contract';

/** `Visa •••• 4242`. Brands and kinds are the provider's words. */
export function describeInstrument({ kind, brand, last4 }: TicketPayment['instrument']): string {
  const name = (brand ?? kind).replaceAll('_', ' ');
  const shown = name.charAt(0).toUpperCase() + name.slice(1);
  return last4 === null ? shown : `${shown} •••• ${last4}`;
}
