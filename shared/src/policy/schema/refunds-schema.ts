// Declares refund limits.
import { z } from 'zod';
import { checkLimit } from '../check/check-refunds.ts';
import { id, name } from './atoms.ts';
import { fromCheck } from './from-check.ts';
import { amount, currency } from './money-schema.ts';

const email = z.email('must be an e-mail address').meta({ title: 'e-mail address' });

const limit = z
  .strictObject({
    tier: id
      .optional()
      .meta({ description: "For agents in this tier's group. Write either `tier` or `agents`.", examples: ['t1'] }),
    agents: z
      .array(email)
      .min(1, 'is empty; write an address or remove the entry')
      .optional()
      .meta({ description: 'For these agents, whatever their tier.', examples: [['trainee@northwind.test']] }),
    name: name
      .optional()
      .meta({ description: 'What the people in `agents` are called; tiers have a name.', examples: ['Trainees'] }),
    per_refund: amount.meta({ description: 'The most that one refund may be; 0 allows none.', examples: [50] }),
    per_agent_per_day: amount.meta({
      description: 'The most that one agent may refund on one day of `time_zone`; 0 allows none.',
      examples: [200],
    }),
  })
  .check(fromCheck(checkLimit))
  .meta({ oneOf: [{ required: ['tier'] }, { required: ['agents'] }] });

export const refunds = z.strictObject({
  currency: currency.meta({ description: 'The currency of all amounts here (ISO 4217).', examples: ['USD'] }),
  needs_verified_customer_above: amount.optional().meta({
    description: "Above this, the customer's identity must be verified first. Left out: never asked.",
    examples: [100],
  }),
  limits: z.array(limit).default([]).meta({
    description:
      "Who may refund how much. An agent named in `agents` has that limit; others have the highest of their tiers'. Who is in no line may refund nothing.",
  }),
  approve_above_limit: z
    .array(email)
    .default([])
    .meta({ description: 'Who may approve more than the limit.', examples: [['lead@northwind.test']] }),
});
