// Builds what a test of refunds at the provider needs: tickets, agents, an outbox and a local Stripe.
import {
  type LocalZendesk,
  STRIPE_SECRET_KEY,
  STRIPE_WEBHOOK_SECRET,
  startLocalZendesk,
} from '@deskwright/local-zendesk';
import { asc } from 'drizzle-orm';
import type { TestDatabase } from '../../../testing/test-database.ts';
import type { PaymentProvider } from '../../payments/payment-provider.ts';
import { createOutbox } from '../../platform/outbox/outbox.ts';
import { type ActionsFixture, createActionsFixture, LENA } from '../../sidebar/actions/testing/actions-fixture.ts';
import type { Agent } from '../../sidebar/identity/agent.ts';
import { createStripeProvider } from '../../stripe/create-stripe-provider.ts';
import { saveFoundPayments } from '../execution/found-payments.ts';
import { refundPayments } from '../execution/perform-refund.ts';
import { refundPaymentWith } from '../execution/refund-payment.ts';
import { type LedgerLine, readLedger } from '../ledger/ledger.ts';
import { NOBODY_VERIFIED, type RefundSetting } from '../record-refund.ts';
import { paymentRefunds } from '../tables.ts';

export const startStripe = (): Promise<LocalZendesk> => startLocalZendesk({ port: 0, smtpPort: 0, seed: 'empty' });

/** As while Stripe is not connected. */
export const BY_HAND: RefundSetting = { isVerified: NOBODY_VERIFIED, hasProvider: false };

export type RefundsFixture = ReturnType<typeof createRefundsFixture>;

/** @param more further keys of the policy, as YAML. @param refundsBlock `refunds` in place of the policy's */
export function createRefundsFixture(
  database: TestDatabase,
  { stripe, url }: LocalZendesk,
  more = '',
  refundsBlock?: string,
) {
  const { db } = database;
  const actions: ActionsFixture = createActionsFixture(database, more, refundsBlock);
  const payments = createStripeProvider(
    { secretKey: STRIPE_SECRET_KEY, baseUrl: url, accounts: [], webhookSecret: STRIPE_WEBHOOK_SECRET },
    { refundMs: 500 },
  );
  const ahead = { ms: 0 };
  const clock = () => Date.now() + ahead.ms;
  const logger = actions.performDeps.logger;
  let requests = 0;
  const world = {
    payments,
    clock,
    /** The service's clock. */
    advance: (ms: number) => {
      ahead.ms += ms;
    },
    /** A payment at Stripe that was found for the ticket. */
    paid: async (ticketId: number, given: Partial<Parameters<typeof stripe.account.addCharge>[0]> = {}) => {
      const charge = stripe.account.addCharge({ amount: 10_000, currency: 'usd', ...given });
      await world.finds(ticketId, charge.id);
      return charge.id;
    },
    finds: async (ticketId: number, charge: string) => {
      const payment = await payments.readPayment(charge);
      if (payment === null) throw new Error(`Stripe has no ${charge}`);
      await saveFoundPayments(db, await actions.row(ticketId), [payment], new Date());
    },
    asks: (
      ticketId: number,
      charge: string,
      minor: number,
      { agent = LENA, requestId = `payment-refund-${++requests}`, currency = 'USD', ...more }: Partial<Asked> = {},
    ) => {
      const amount = { minor, currency };
      const input = { payment: `stripe:${charge}`, amount, reason: 'Arrived broken', requestId };
      return actions.performs(refundPaymentWith(NOBODY_VERIFIED), ticketId, agent, { ...input, ...more });
    },
    /** What a worker does, with this provider. */
    performRefunds: (provider: PaymentProvider | null = payments) =>
      createOutbox({
        db,
        logger,
        random: () => 0.5,
        kinds: [refundPayments({ db, payments: provider, clock }, { backoffMs: 60_000 })],
      }).perform(),
    rows: () => db.select().from(paymentRefunds).orderBy(asc(paymentRefunds.startedAt)),
    atStripe: (charge: string): readonly RefundAtStripe[] =>
      stripe.account.refunds(null).filter((refund) => refund.charge === charge),
    ledger: async () => {
      const entries: LedgerLine[] = [];
      for await (const entry of readLedger(db)) entries.push(entry);
      return entries;
    },
    kinds: async () => (await world.ledger()).map(({ kind, amountMinor }) => `${kind} ${amountMinor}`),
  };
  return { ...world, ...actions } as typeof world & ActionsFixture;
}

interface RefundAtStripe {
  id: string;
  amount: number;
  status: string;
  metadata: Record<string, string>;
}

interface Asked {
  agent: Agent;
  requestId: string;
  currency: string;
  reason: string;
  reasonCode: string;
  isConfirmed: boolean;
}
