// Names the rules that decide about a refund, in the order in which they do.

/** Nobody can overrule those up to `dispute`; an approval overrules those from `per_refund` to `days_since_payment`. */
export const REFUND_RULES = [
  'may_refund',
  'currency',
  'payment',
  'dispute',
  'per_refund',
  'per_agent_per_day',
  'per_customer',
  'per_ticket',
  'days_since_payment',
  'needs_verified_customer_above',
  'same_again',
] as const;

export type RefundRule = (typeof REFUND_RULES)[number];

export const REFUND_VERDICTS = [
  'allowed',
  'needs_approval',
  'needs_verification',
  'needs_confirmation',
  'refused',
] as const;

export type RefundVerdict = (typeof REFUND_VERDICTS)[number];
