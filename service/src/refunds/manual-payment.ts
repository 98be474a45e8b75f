// Reads the payment that an agent enters for a refund made by hand: order, amount and date.
import { localDate } from '@deskwright/shared';
import type { ManualPayment } from '@deskwright/shared/contract';
import { z } from 'zod';
import { type Refused, refuse } from '../sidebar/index.ts';
import type { JudgedRefund } from './judge-refund.ts';
import type { OpenLedger } from './ledger/ledger.ts';

/** The name stands in the books for good, so it holds an order's number, and no address or sentence. */
const ORDER = /^[\p{L}\p{N}#][\p{L}\p{N} ./_#-]{0,39}$/u;

export const aMoney = z.object({ minor: z.int().positive(), currency: z.string().regex(/^[A-Z]{3}$/) });

export const aManualPayment = z.object({
  order: z.string().trim().regex(ORDER),
  paid: aMoney,
  paidOn: z.iso.date(),
}) satisfies z.ZodType<ManualPayment>;

/** `#77` and `77 ` are the same order; the books name it `manual:77`. */
export const nameOfOrder = (order: string): string =>
  `manual:${order.normalize('NFKC').trim().toLowerCase().replace(/^#+/u, '').replaceAll(/\s+/gu, ' ').trim()}`;

/** What was entered must agree with what the books know of the order, so that no one makes room by entering more, or a later day. */
export async function readManualPayment(
  { ledger, now, timeZone }: { ledger: OpenLedger; now: Date; timeZone: string },
  { order, paid, paidOn }: ManualPayment,
): Promise<NonNullable<JudgedRefund['payment']> | Refused> {
  if (paidOn > localDate(now.getTime(), timeZone))
    return refuse('bad_request', 'The payment is dated in the future.', { fields: ['paidOn'] });
  const name = nameOfOrder(order);
  if (name === 'manual:') return refuse('bad_request', 'Enter the order.', { fields: ['order'] });
  const known = await ledger.payment(name);
  if (known && (known.paid !== paid.minor || known.currency !== paid.currency || known.day !== paidOn))
    return refuse(
      'other_payment',
      `Order ${order} was entered before with another amount or date. Check both, or ask your lead.`,
    );
  return { name, paid, paidOn, isDisputed: false };
}
