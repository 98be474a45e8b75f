// Words what differs between the books of refunds and Stripe, for operators.
import type { RefundDifference } from '../tables.ts';

const SAYS: Readonly<Record<RefundDifference['what'], readonly [one: string, many: string]>> = {
  not_in_books: ['is at Stripe and does not fit into the books', 'are at Stripe and do not fit into the books'],
  not_at_provider: ['is in the books and not at Stripe', 'are in the books and not at Stripe'],
  other_amount: ['has another amount at Stripe than in the books', 'have another amount at Stripe than in the books'],
  made_although_given_back: [
    'was made although the books had released its amount',
    'were made although the books had released their amounts',
  ],
  not_compared: ['could not be compared', 'could not be compared'],
};

/** `is in the books and not at Stripe`: a refund or, of `not_compared`, a payment. */
export const describeDifference = (what: RefundDifference['what']): string => SAYS[what][0];

/** Headlines of alarms. */
export const BOOKS_DIFFER = 'The books of refunds and Stripe differ';
export const BOOKS_NOT_COMPARED = 'The books of refunds are not compared with Stripe';

/** `2 refunds are in the books and not at Stripe`. @param what of a `RefundDifference` */
export function countDifferences(what: string, n: number): string {
  const thing = what === 'not_compared' ? 'payment' : 'refund';
  const [one, many] = SAYS[what as RefundDifference['what']] ?? ['differs', 'differ'];
  return n === 1 ? `1 ${thing} ${one}` : `${n} ${thing}s ${many}`;
}

/** `3 days have passed since the last comparison` */
export const daysWithoutComparison = (n: number): string =>
  `${n} ${n === 1 ? 'day has' : 'days have'} passed since the last comparison`;
