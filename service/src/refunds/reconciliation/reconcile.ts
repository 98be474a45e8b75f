// Compares the books with the provider: payments that its webhook named at once, and all recent ones every night.
import { and, desc, eq, gte, inArray, like, lte, sql } from 'drizzle-orm';
import { ProviderError } from '../../payments/payment-provider.ts';
import { aboutError } from '../../platform/errors/about-error.ts';
import { isTemporary } from '../../platform/errors/external-error.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { paymentKey } from '../execution/found-payments.ts';
import {
  foundPayments,
  ledgerEntries,
  paymentRefunds,
  paymentsToCheck,
  type RefundDifference,
  refundReconciliations,
} from '../tables.ts';
import { type ComparingDeps, comparePayment } from './compare-payment.ts';
import { clearProgress, type ReconcileProgress, readProgress, saveProgress } from './comparison-state.ts';

/** A refund can fail at the bank for about a month. https://docs.stripe.com/refunds#failed-refunds */
const LOOKS_BACK_MS = 35 * 24 * 3_600_000;
/** Payments that the provider told of, at a time. */
const BATCH = 50;

export type Reconciliation = typeof refundReconciliations.$inferSelect;

/** Remembers, before the provider's call is answered, that something changed about a payment. */
export async function askToCheck(db: Database, payment: string, now: Date): Promise<void> {
  await db
    .insert(paymentsToCheck)
    .values({ payment, askedAt: now })
    .onConflictDoUpdate({ target: paymentsToCheck.payment, set: { askedAt: now } });
}

/**
 * What is asked for again meanwhile stays, and is compared once more. Throws `ProviderError`; the payment that it was about comes last then, so that it
 * keeps no other waiting. @returns how many were compared
 */
export async function checkAskedFor(deps: ComparingDeps, signal?: AbortSignal): Promise<number> {
  const asked = await deps.db.select().from(paymentsToCheck).orderBy(paymentsToCheck.askedAt).limit(BATCH);
  let compared = 0;
  for (const { payment, askedAt } of asked) {
    if (signal?.aborted) break;
    try {
      await comparePayment(deps, payment);
    } catch (error) {
      await askToCheck(deps.db, payment, new Date(deps.clock()));
      throw error;
    }
    await deps.db
      .delete(paymentsToCheck)
      .where(and(eq(paymentsToCheck.payment, payment), lte(paymentsToCheck.askedAt, askedAt)));
    compared += 1;
  }
  return compared;
}

export const isAnythingAsked = async (db: Database): Promise<boolean> =>
  (await db.select().from(paymentsToCheck).limit(1)).length > 0;

/**
 * All payments with a refund in the last 35 days, at the provider or in the books, all with a refund or dispute that is open, and all that differed the last time. One that the
 * provider does not answer about is a difference, and keeps no other from being compared. Throws `ProviderError` when it answers nothing, or is asked too often; the next
 * comparison then goes on where this one was, unless it begins `afresh`.
 */
export async function reconcile(
  deps: ComparingDeps,
  { signal, afresh = false }: { readonly signal?: AbortSignal; readonly afresh?: boolean } = {},
): Promise<Reconciliation> {
  const { db, payments, clock } = deps;
  const since = new Date(clock() - LOOKS_BACK_MS);
  const names = new Set<string>();
  for await (const { paymentId } of payments.listRefunds({ since }))
    names.add(paymentKey({ provider: 'stripe', id: paymentId }));
  const recent = await db
    .selectDistinct({ payment: ledgerEntries.payment })
    .from(ledgerEntries)
    .where(and(gte(ledgerEntries.at, since), like(ledgerEntries.payment, 'stripe:%')));
  const open = await db
    .selectDistinct({ payment: paymentRefunds.payment })
    .from(paymentRefunds)
    .where(inArray(paymentRefunds.state, ['started', 'pending']));
  const disputed = await db
    .selectDistinct({ payment: foundPayments.payment })
    .from(foundPayments)
    .where(and(foundPayments.isDisputed, sql`${foundPayments.disputeState} IS DISTINCT FROM 'lost'`));
  const differed = (await lastReconciliation(db))?.differences ?? [];
  for (const { payment } of [...recent, ...open, ...disputed, ...differed]) names.add(payment);
  const from = afresh ? null : await readProgress(db, new Date(clock()));
  const differences = await compareAll(deps, names, { from, signal });
  const [stored] = await db
    .insert(refundReconciliations)
    .values({ at: new Date(clock()), since, payments: names.size, differences })
    .returning();
  if (stored === undefined) throw new Error('the reconciliation was not stored');
  await clearProgress(db);
  return stored;
}

async function compareAll(
  deps: ComparingDeps,
  names: ReadonlySet<string>,
  { from, signal }: { readonly from: ReconcileProgress | null; readonly signal: AbortSignal | undefined },
): Promise<readonly RefundDifference[]> {
  const progress = from ?? { startedAt: new Date(deps.clock()), done: [], differences: [] };
  const done = new Set(progress.done);
  const differences = [...progress.differences];
  try {
    for (const payment of names) {
      if (done.has(payment)) continue;
      signal?.throwIfAborted();
      differences.push(...(await compareOrSay(deps, payment)));
      done.add(payment);
    }
  } catch (error) {
    // What kept the comparison from going on is thrown, also where the database is the cause and keeps nothing.
    await saveProgress(deps.db, { ...progress, done: [...done], differences }).catch((unsaved: unknown) =>
      deps.logger?.error(aboutError(unsaved), 'How far the comparison with Stripe came could not be saved'),
    );
    throw error;
  }
  return differences;
}

async function compareOrSay(deps: ComparingDeps, payment: string): Promise<readonly RefundDifference[]> {
  try {
    return await comparePayment(deps, payment);
  } catch (error) {
    if (error instanceof ProviderError ? error.kind === 'busy' : isTemporary(error)) throw error;
    if (!(error instanceof ProviderError))
      deps.logger?.error({ payment, ...aboutError(error) }, 'A payment could not be compared with Stripe');
    return [{ what: 'not_compared', payment }];
  }
}

/** Null: there was none yet. */
export async function lastReconciliation(db: Queryable): Promise<Reconciliation | null> {
  const [last] = await db.select().from(refundReconciliations).orderBy(desc(refundReconciliations.id)).limit(1);
  return last ?? null;
}
