// Declares who may refund how much, and who approves more.
import { z } from 'zod';
import { checkLimit } from '../check/check-refunds.ts';
import { slackChannel } from './alerts-schema.ts';
import { id, name, positiveDuration } from './atoms.ts';
import { disputes } from './disputes-schema.ts';
import { fromCheck } from './from-check.ts';
import { goodwill } from './goodwill-schema.ts';
import { amount, amountOrPercent, currency } from './money-schema.ts';
import { email, limitedAgents, ONE_OF } from './people-schema.ts';

const days = z
  .int('must be a whole number of days')
  .min(1, 'must be at least 1')
  .max(3_650, 'is more than ten years')
  .meta({ title: 'days' });

const limit = z
  .strictObject({
    ...limitedAgents,
    name: name
      .optional()
      .meta({ description: 'What the people in `agents` are called; tiers have a name.', examples: ['Trainees'] }),
    categories: z
      .array(id)
      .min(1, 'is empty; write a category or remove the entry')
      .optional()
      .meta({
        description:
          'Only for tickets of these categories, where it replaces the limit without categories. Left out: for all others.',
        examples: [['cancellation_fee']],
      }),
    per_refund: amountOrPercent.meta({
      description:
        'The most that one refund may be; 0 allows none. A percentage here and below is of the payment that is refunded: together with what was refunded of it before.',
      examples: [50, '15%'],
    }),
    per_agent_per_day: amount.meta({
      description: 'The most that one agent may refund on one day of `time_zone`, of whatever payments; 0 allows none.',
      examples: [200],
    }),
    per_customer: z
      .strictObject({
        amount: amountOrPercent.meta({
          description: 'The most that all agents together may refund to one customer within these days.',
          examples: [300],
        }),
        days: days.meta({ description: 'Days of `time_zone`, today included.', examples: [30] }),
      })
      .optional()
      .meta({ description: 'How much one customer may get. Left out: no limit by customer.' }),
    per_ticket: amountOrPercent.optional().meta({
      description: 'The most that all agents together may refund on one ticket. Left out: no limit by ticket.',
      examples: [100],
    }),
    days_since_payment: days.optional().meta({
      description: 'How many days after the payment a refund may still be made. Left out: always.',
      examples: [30],
    }),
  })
  .check(fromCheck(checkLimit))
  .meta({ oneOf: ONE_OF });

const approvals = z.strictObject({
  tiers: z
    .array(id)
    .default([])
    .meta({
      description:
        'Agents of these tiers may approve too, up to their own refund limits. `approve_above_limit` names who approves any amount.',
      examples: [['t2']],
    }),
  expires: positiveDuration.default('24h').meta({
    description: 'How long a request waits for an answer.',
    examples: ['8bh'],
  }),
  escalate_after: positiveDuration.optional().meta({
    description: 'After this long without an answer, the request is sent to `escalate_to` as well.',
    examples: ['2h'],
  }),
  escalate_to: z
    .array(email)
    .default([])
    .meta({ description: 'Who is asked then; they may approve any amount.', examples: [['head@northwind.test']] }),
  slack: slackChannel.optional().meta({
    description: 'The Slack channel to notify of each request. Left out: only the sidebar and the dashboard.',
    examples: ['leads'],
  }),
});

const reasonCode = z.strictObject({
  id: id.meta({ description: 'Its id in the ledger: do not change it later.', examples: ['damaged'] }),
  name: name.meta({ description: 'What agents read.', examples: ['Arrived damaged'] }),
});

export const refunds = z.strictObject({
  currency: currency.meta({ description: 'The currency of all amounts here (ISO 4217).', examples: ['USD'] }),
  needs_verified_customer_above: amount.optional().meta({
    description:
      "Above this amount, the customer's identity must be verified first. What was refunded of the same payment before is added; " +
      'where no payment is named, what the same customer got on the same day. Left out: never.',
    examples: [100],
  }),
  needs_payment: z
    .boolean()
    .default(false)
    .meta({
      description:
        'Whether an agent who records a refund by hand must enter the payment: order, amount and date. Refunds then never exceed what was paid.',
      examples: [true],
    }),
  limits: z.array(limit).default([]).meta({
    description:
      "Who may refund how much. An agent named in `agents` has that limit, others that of their `role`, others the highest of their tiers'. Anyone without an entry may refund nothing.",
  }),
  approve_above_limit: z
    .array(email)
    .default([])
    .meta({ description: 'Who may approve more than the limit.', examples: [['lead@northwind.test']] }),
  approvals: approvals.prefault({}).meta({
    description: 'How requests for more than the limit are answered. Agents can never approve their own requests.',
  }),
  reason_codes: z.array(reasonCode).max(30, 'has more than 30 entries').default([]).meta({
    description:
      'What agents choose from, beside the reason in their own words, so that refunds can be counted by it. Choosing none is allowed.',
  }),
  goodwill: goodwill.optional().meta({
    description: 'Credits, discounts and free accounts that agents may give to customers. Left out: none.',
  }),
  disputes: disputes.optional().meta({
    description:
      'What agents do when a customer disputes a payment at their bank: a checklist in the refund card. Left out: none.',
  }),
});
