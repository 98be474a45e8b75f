// Receives webhooks of the provider: verified over the raw body, stored, and only then acknowledged. Records when the last one came.
import { eq, sql } from 'drizzle-orm';
import express, { Router } from 'express';
import type { PaymentProvider } from '../../payments/payment-provider.ts';
import type { Route } from '../../platform/http/app.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';
import { paymentKey } from '../execution/found-payments.ts';
import { askToCheck } from '../reconciliation/reconcile.ts';

interface EventDeps {
  readonly db: Database;
  readonly payments: PaymentProvider;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Called when a payment is to be compared. */
  readonly onAsked: () => unknown;
}

export function eventRoute({ db, payments, clock, onAsked }: EventDeps): Route {
  const router = Router();
  router.post('/', express.raw({ type: () => true, limit: '512kb', inflate: false }), async (request, response) => {
    const body: unknown = request.body;
    const event = Buffer.isBuffer(body)
      ? payments.readEvent(body, request.get('stripe-signature') ?? '', clock())
      : ({ kind: 'forged' } as const);
    if (event.kind === 'forged')
      return void response.status(400).json({ error: 'bad_signature', message: 'The signature does not fit.' });
    await noteEvent(db, new Date(clock()));
    if (event.kind === 'payment') {
      await askToCheck(db, paymentKey({ provider: 'stripe', id: event.paymentId }), new Date(clock()));
      await onAsked();
    }
    response.json({ received: true });
  });
  return { path: '/webhooks/stripe', router };
}

const SETTING = 'stripe_event_received';

/** Records when the provider's last webhook was received, for operators. @internal */
export async function noteEvent(db: Queryable, now: Date): Promise<void> {
  const value = now.toISOString();
  await db
    .insert(settings)
    .values({ key: SETTING, value })
    .onConflictDoUpdate({ target: settings.key, set: { value, changedAt: sql`now()` } });
}

/** Of those with a right signature. Null: there was none yet. */
export async function lastEventAt(db: Queryable): Promise<Date | null> {
  const [row] = await db.select().from(settings).where(eq(settings.key, SETTING));
  return row === undefined ? null : new Date(String(row.value));
}
