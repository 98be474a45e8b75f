// Receives webhooks of the provider: verified over the raw body, stored, and only then acknowledged.
import express, { Router } from 'express';
import type { PaymentProvider } from '../../payments/payment-provider.ts';
import type { Route } from '../../platform/http/app.ts';
import type { Database } from '../../platform/storage/database.ts';
import { paymentKey } from '../execution/found-payments.ts';
import { askToCheck } from '../reconciliation/reconcile.ts';
import { noteEvent } from './last-event.ts';

export interface EventDeps {
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
