// Declares the objects of Stripe's API that the local Stripe has, with Stripe's own names. Amounts are in Stripe's smallest unit.

export interface StripeCustomer {
  id: string;
  object: 'customer';
  created: number;
  email: string | null;
  name: string | null;
  livemode: false;
  metadata: Record<string, string>;
}

export interface StripeCharge {
  id: string;
  object: 'charge';
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  billing_details: { email: string | null; name: string | null };
  captured: boolean;
  created: number;
  /** In lower case. */
  currency: string;
  customer: string | null;
  description: string | null;
  disputed: boolean;
  livemode: false;
  metadata: Record<string, string>;
  paid: boolean;
  payment_intent: string;
  payment_method_details: { type: string; [method: string]: unknown };
  receipt_email: string | null;
  refunded: boolean;
  status: 'succeeded';
}

export type RefundStatus = 'pending' | 'succeeded' | 'failed' | 'canceled' | 'requires_action';

export interface StripeRefund {
  id: string;
  object: 'refund';
  amount: number;
  charge: string;
  created: number;
  currency: string;
  failure_reason?: string;
  metadata: Record<string, string>;
  payment_intent: string;
  pending_reason?: string;
  reason: string | null;
  status: RefundStatus;
}

export type DisputeStatus = 'needs_response' | 'under_review' | 'won' | 'lost';

export interface StripeDispute {
  id: string;
  object: 'dispute';
  amount: number;
  charge: string;
  created: number;
  currency: string;
  evidence_details: { due_by: number | null; has_evidence: boolean; past_due: boolean; submission_count: number };
  is_charge_refundable: boolean;
  livemode: false;
  metadata: Record<string, string>;
  payment_intent: string;
  reason: string;
  status: DisputeStatus;
}

export interface StripeEvent {
  id: string;
  object: 'event';
  api_version: string;
  /** Of a connected account only. */
  account?: string;
  created: number;
  data: { object: StripeCharge | StripeRefund | StripeDispute };
  livemode: false;
  pending_webhooks: number;
  request: { id: null; idempotency_key: string | null };
  type: string;
}

/** What Stripe answers instead of an object. */
export interface StripeRefusal {
  status: number;
  error: { type: string; code?: string; message: string; param?: string };
}

export const invalidRequest = (message: string, about: { code?: string; param?: string; status?: number } = {}) => {
  const { status = 400, ...rest } = about;
  return { status, error: { type: 'invalid_request_error', message, ...rest } } satisfies StripeRefusal;
};
