// Keeps the customers, payments, refunds and disputes of a Stripe account, and of those connected to it.
import {
  type DisputeStatus,
  invalidRequest,
  type RefundStatus,
  type StripeCharge,
  type StripeCustomer,
  type StripeDispute,
  type StripeEvent,
  type StripeRefund,
  type StripeRefusal,
} from './stripe-objects.ts';

/** In which account; null: the platform's own. */
type In = { account?: string | null | undefined };

export interface NewCharge extends In {
  amount: number;
  currency: string;
  customer?: string | null | undefined;
  email?: string | null | undefined;
  description?: string | null | undefined;
  /** Epoch milliseconds; default now. */
  at?: number | undefined;
  /** `card` (default): refunds succeed at once. Any other: they are pending until `settleRefund`. */
  method?: string | undefined;
  last4?: string | undefined;
}

export interface NewRefund {
  charge?: string | undefined;
  payment_intent?: string | undefined;
  amount?: number | undefined;
  metadata?: Record<string, string> | undefined;
  reason?: string | undefined;
  idempotencyKey?: string | null | undefined;
}

export type StripeAccount = ReturnType<typeof createStripeAccount>;

export const isRefusal = (result: object): result is StripeRefusal => 'error' in result;

const API_VERSION = '2026-10-28.endive';
const EVIDENCE_DUE_S = 9 * 86_400;

/** @param now epoch milliseconds @param onEvent called for each event, in order */
export function createStripeAccount({ now, onEvent }: { now: () => number; onEvent: (event: StripeEvent) => void }) {
  const customers: (StripeCustomer & In)[] = [];
  const charges: (StripeCharge & In)[] = [];
  const refunds: (StripeRefund & In)[] = [];
  const disputes: (StripeDispute & In)[] = [];
  let lastId = 0;
  /** What may be refunded before the balance is used up; null: no end. */
  let balance: number | null = null;

  const seconds = () => Math.floor(now() / 1_000);
  const nextId = (prefix: string) => {
    lastId += 1;
    return `${prefix}_local${String(lastId).padStart(8, '0')}`;
  };
  const isIn = (account: string | null) => (one: In) => (one.account ?? null) === account;
  const chargeOf = (id: string) => charges.find((charge) => charge.id === id);

  function emit(type: string, object: (StripeCharge | StripeRefund | StripeDispute) & In, key: string | null = null) {
    const { account, ...shown } = object;
    onEvent({
      id: nextId('evt'),
      object: 'event',
      api_version: API_VERSION,
      ...(account == null ? {} : { account }),
      created: seconds(),
      data: { object: structuredClone(shown) as StripeCharge },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: key },
      type,
    });
  }

  function whyNotRefunded(charge: StripeCharge, amount: number): StripeRefusal | null {
    const left = charge.amount_captured - charge.amount_refunded;
    const isDisputed = disputes.some((one) => one.charge === charge.id && !one.is_charge_refundable);
    if (isDisputed) return invalidRequest(`Charge ${charge.id} has been charged back.`, { code: 'charge_disputed' });
    if (left <= 0)
      return invalidRequest(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
    if (!Number.isInteger(amount) || amount < 1) return invalidRequest('Invalid positive integer', { param: 'amount' });
    if (amount > left)
      return invalidRequest(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, {
        param: 'amount',
      });
    if (balance !== null && amount > balance)
      return invalidRequest('Insufficient funds in your Stripe balance to refund this amount.', {
        code: 'balance_insufficient',
      });
    return null;
  }

  function setRefunded(charge: StripeCharge, change: number): void {
    charge.amount_refunded += change;
    charge.refunded = charge.amount_refunded === charge.amount_captured;
    if (balance !== null) balance -= change;
  }

  return {
    customers: (account: string | null) => customers.filter(isIn(account)),
    /** Newest first. */
    charges: (account: string | null) => charges.filter(isIn(account)).toSorted((a, b) => b.created - a.created),
    refunds: (account: string | null) => refunds.filter(isIn(account)),
    disputes: (account: string | null) => disputes.filter(isIn(account)),
    setBalance(left: number | null) {
      balance = left;
    },
    addCustomer({
      email,
      name = null,
      account,
    }: { email: string | null; name?: string | null | undefined } & In): StripeCustomer {
      const id = nextId('cus');
      const made = { id, object: 'customer', created: seconds(), email, name, livemode: false, metadata: {} } as const;
      customers.unshift({ ...made, account });
      return made;
    },
    addCharge(given: NewCharge): StripeCharge {
      const { amount, currency, customer = null, email = null, description = null, at, method = 'card' } = given;
      const charge: StripeCharge & In = {
        id: nextId('ch'),
        object: 'charge',
        amount,
        amount_captured: amount,
        amount_refunded: 0,
        billing_details: { email, name: null },
        captured: true,
        created: at === undefined ? seconds() : Math.floor(at / 1_000),
        currency: currency.toLowerCase(),
        customer,
        description,
        disputed: false,
        livemode: false,
        metadata: {},
        paid: true,
        payment_intent: nextId('pi'),
        payment_method_details: {
          type: method,
          [method]:
            method === 'card' ? { brand: 'visa', last4: given.last4 ?? '4242' } : { last4: given.last4 ?? '6789' },
        },
        receipt_email: email,
        refunded: false,
        status: 'succeeded',
        account: given.account,
      };
      charges.unshift(charge);
      return charge;
    },
    /** `account`: who asks; charges of others are unknown to them. */
    refund(given: NewRefund, account: string | null = null): StripeRefund | StripeRefusal {
      const wanted = given.charge ?? given.payment_intent ?? '';
      const charge = charges
        .filter(isIn(account))
        .find(({ id, payment_intent }) => wanted === id || wanted === payment_intent);
      if (charge === undefined)
        return invalidRequest(`No such charge: '${wanted}'`, {
          code: 'resource_missing',
          param: 'charge',
          status: 404,
        });
      const amount = given.amount ?? charge.amount_captured - charge.amount_refunded;
      const refused = whyNotRefunded(charge, amount);
      if (refused !== null) return refused;
      const isCard = charge.payment_method_details.type === 'card';
      const refund: StripeRefund & In = {
        id: nextId('re'),
        object: 'refund',
        amount,
        charge: charge.id,
        created: seconds(),
        currency: charge.currency,
        metadata: given.metadata ?? {},
        payment_intent: charge.payment_intent,
        reason: given.reason ?? null,
        status: isCard ? 'succeeded' : 'pending',
        ...(isCard ? {} : { pending_reason: 'processing' }),
        account: charge.account,
      };
      refunds.unshift(refund);
      setRefunded(charge, amount);
      emit('refund.created', refund, given.idempotencyKey);
      emit('charge.refunded', charge, given.idempotencyKey);
      return refund;
    },
    /** What becomes of a refund at the bank. One that succeeded can still fail. @returns null: there is no such refund, or it ended */
    settleRefund(id: string, status: Extract<RefundStatus, 'succeeded' | 'failed'>, failureReason = 'declined') {
      const refund = refunds.find((one) => one.id === id);
      if (refund === undefined || refund.status === status || refund.status === 'failed') return null;
      refund.status = status;
      delete refund.pending_reason;
      const charge = chargeOf(refund.charge);
      if (status === 'failed') {
        refund.failure_reason = failureReason;
        if (charge !== undefined) setRefunded(charge, -refund.amount);
        emit('refund.failed', refund);
      }
      emit('refund.updated', refund);
      emit('charge.refund.updated', refund);
      return refund;
    },
    /** @returns null: there is no such charge */
    dispute(chargeId: string, { reason = 'product_not_received', dueInS = EVIDENCE_DUE_S } = {}): StripeDispute | null {
      const charge = chargeOf(chargeId);
      if (charge === undefined) return null;
      const dispute: StripeDispute & In = {
        id: nextId('dp'),
        object: 'dispute',
        amount: charge.amount_captured,
        charge: charge.id,
        created: seconds(),
        currency: charge.currency,
        evidence_details: { due_by: seconds() + dueInS, has_evidence: false, past_due: false, submission_count: 0 },
        is_charge_refundable: false,
        livemode: false,
        metadata: {},
        payment_intent: charge.payment_intent,
        reason,
        status: 'needs_response',
        account: charge.account,
      };
      charge.disputed = true;
      disputes.unshift(dispute);
      emit('charge.dispute.created', dispute);
      return dispute;
    },
    /** @returns null: there is no such dispute */
    closeDispute(id: string, status: Extract<DisputeStatus, 'won' | 'lost'>): StripeDispute | null {
      const dispute = disputes.find((one) => one.id === id);
      if (dispute === undefined) return null;
      dispute.status = status;
      dispute.is_charge_refundable = status === 'won';
      dispute.evidence_details.due_by = null;
      emit('charge.dispute.closed', dispute);
      return dispute;
    },
  };
}
