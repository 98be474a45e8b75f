// Names an order in the books of refunds: the payments that agents enter by hand.

/** In place of the provider's name. */
const BY_HAND = 'manual:';

/** `#77` and `77 ` are the same order; the books name it `manual:77`. */
export const nameOfOrder = (order: string): string =>
  `${BY_HAND}${order.normalize('NFKC').trim().toLowerCase().replace(/^#+/u, '').replaceAll(/\s+/gu, ' ').trim()}`;

/** Whether a payment was entered by an agent. @param name as the books name it */
export const isByHand = (name: string): boolean => name.startsWith(BY_HAND);

/** `77` of `manual:77`; what does not begin so stays as it is. */
export const orderOf = (name: string): string => (isByHand(name) ? name.slice(BY_HAND.length) : name);
