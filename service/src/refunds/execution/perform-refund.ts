// Makes one refund at the provider, or finds out that it was made.
import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { type PaymentProvider, ProviderError } from '../../payments/payment-provider.ts';
import type { Entry } from '../../platform/outbox/claim.ts';
import { type Outcome, simpleEffect } from '../../platform/outbox/simple-effect.ts';
import type { EffectKind, EffectLimits } from '../../platform/outbox/work.ts';
import type { Database } from '../../platform/storage/database.ts';
import { readStop } from '../stop.ts';
import { paymentRefunds, type RefundRefusal } from '../tables.ts';
import { endRefund } from './end-refund.ts';
import { providerIdOf } from './found-payments.ts';
import { REFUND_PAYMENT } from './refund-payment-effect.ts';

export interface PerformRefundDeps {
  readonly db: Database;
  /** Null: no provider is connected. */
  readonly payments: PaymentProvider | null;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

type Row = typeof paymentRefunds.$inferSelect;

const BUSY_MS = 5_000;
/** However long it asks to wait, as after a failed comparison. */
const LONGEST_BUSY_MS = 6 * 3_600_000;
const NOT_CONNECTED_MS = 60_000;
/** A call that got no answer may still be at work at the provider for so long: only then "there is none" is believed. */
export const AT_WORK_MS = 120_000;

export const refundPayments = (deps: PerformRefundDeps, limits: Partial<EffectLimits> = {}): EffectKind =>
  simpleEffect(REFUND_PAYMENT, { perform: ([entry]) => performRefund(deps, entry), limits });

async function performRefund(
  { db, payments, clock }: PerformRefundDeps,
  { payload: { requestId }, inDoubt }: Entry<{ requestId: string }>,
): Promise<Outcome> {
  const [row] = await db.select().from(paymentRefunds).where(eq(paymentRefunds.requestId, requestId));
  if (row?.state !== 'started') return { outcome: 'cancelled', reason: 'it has ended' };
  if (payments === null)
    return { outcome: 'wait', ms: NOT_CONNECTED_MS, reason: 'no provider of payments is connected' };
  const mayBeMade = inDoubt || row.sentAt !== null;
  const end = async (outcome: Parameters<typeof endRefund>[2]): Promise<Outcome> => {
    await endRefund(db, requestId, outcome, new Date(clock()));
    return { outcome: 'done' };
  };
  /** Nothing was paid, certainly: found out before it was sent, or told by the provider. */
  const giveUp = async (reason: RefundRefusal): Promise<Outcome> => {
    if (!mayBeMade) return end({ state: 'refused', reason });
    const made = await payments.findRefund(refundOf(row));
    if (made !== null) return end(made);
    const askedFor = clock() - (row.sentAt?.getTime() ?? 0);
    return askedFor < AT_WORK_MS
      ? { outcome: 'wait', ms: AT_WORK_MS - askedFor, reason: 'the provider may still be at work' }
      : end({ state: 'refused', reason });
  };
  try {
    // Read before it is looked for: what is made in between is found then.
    const payment = await payments.readPayment(providerIdOf(row.payment));
    const made = mayBeMade ? await payments.findRefund(refundOf(row)) : null;
    if (made !== null) return await end(made);
    const against = (await readStop(db)) ? 'stopped' : whyNot(payment, row);
    if (against !== null) return await giveUp(against);
    const sent = await db
      .update(paymentRefunds)
      .set({ sentAt: new Date(clock()) })
      .where(and(eq(paymentRefunds.requestId, requestId), eq(paymentRefunds.state, 'started')))
      .returning({ requestId: paymentRefunds.requestId });
    if (sent.length === 0) return { outcome: 'cancelled', reason: 'it has ended' };
    const result = await payments.refund({
      ...refundOf(row),
      amount: { minor: row.amountMinor, currency: row.currency },
      idempotencyKey: idempotencyKeyOf(row),
      ticketId: row.ticketId,
    });
    return await (result.state === 'refused' ? giveUp(result.reason) : end(result));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.kind === 'busy') {
      const ms = Math.min(Math.max(error.retryAfterMs ?? 0, BUSY_MS), LONGEST_BUSY_MS);
      return { outcome: 'wait', ms, reason: error.message };
    }
    if (error.kind === 'access' && !mayBeMade) return end({ state: 'refused', reason: 'no_access' });
    return { outcome: 'unknown', reason: error.message };
  }
}

const refundOf = ({ payment, requestId }: Row) => ({ paymentId: providerIdOf(payment), requestId });

type Shown = Awaited<ReturnType<PaymentProvider['readPayment']>>;

function whyNot(payment: Shown, { amountMinor, currency }: Row): RefundRefusal | null {
  if (payment === null || payment.amount.currency !== currency) return 'payment_missing';
  if (payment.dispute?.state === 'open') return 'disputed';
  if (payment.dispute?.state === 'lost') return 'dispute_lost';
  const left = payment.amount.minor - payment.refunded.minor;
  if (left <= 0) return 'already_refunded';
  return amountMinor > left ? 'not_enough_left' : null;
}

/** The same for every attempt at one refund, and for no other. */
function idempotencyKeyOf({ ticketId, payment, amountMinor, currency, requestId }: Row): string {
  const what = JSON.stringify([ticketId, payment, amountMinor, currency, requestId]);
  return `deskwright-${createHash('sha256').update(what).digest('hex')}`;
}
