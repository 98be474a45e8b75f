// Builds policies of refunds and refunds to decide about.
import { loadPolicy } from '@deskwright/shared';
import type { AskingForRefund } from '../refund-decision.ts';
import type { Refunds } from '../refund-line.ts';

/** @param yaml the value of `refunds`; tiers t1, t2, t3 and the categories refunds, fees and other exist */
export function aRefundPolicy(yaml: string): Refunds {
  const loaded = loadPolicy(
    `
version: 1
company: Northwind Outdoor
time_zone: America/New_York
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tiers: [{ id: t1, name: Tier 1, group: One }, { id: t2, name: Supervisors, group: Two }, { id: t3, name: Tier 3, group: Three }]
categories: [{ id: refunds, name: Refund, tier: t1 }, { id: fees, name: Fee, tier: t1 }, { id: other, name: Other, tier: t1 }]
default_category: other
refunds: ${yaml}
`,
    'policy.yaml',
  );
  if (!loaded.ok || loaded.policy.refunds === undefined) throw new Error(JSON.stringify(loaded));
  return loaded.policy.refunds;
}

/** An agent of tier 1 who refunds $10 of a payment of $1,000 of ten days ago; nobody refunded anything yet. */
export function anAsking(part: Partial<AskingForRefund> = {}): AskingForRefund {
  return {
    amount: 1_000,
    currency: 'USD',
    agent: { email: 'lena@northwind.test', tiers: ['t1'], role: 'agent' },
    category: 'refunds',
    payment: aPayment(),
    today: '2026-11-27',
    used: { today: 0, customer: [], ticket: 0 },
    isVerified: false,
    isSameAgain: false,
    isConfirmed: false,
    ...part,
  };
}

export function aPayment(part: Partial<NonNullable<AskingForRefund['payment']>> = {}) {
  return { paid: 100_000, refunded: 0, currency: 'USD', paidOn: '2026-11-17', isDisputed: false, ...part };
}
