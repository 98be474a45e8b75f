// Declares what agents may give to make a customer happy: credits, discounts and free accounts, each of a fixed value.
import { z } from 'zod';
import { id, name } from './atoms.ts';
import { amount } from './money-schema.ts';

const email = z.email('must be an e-mail address').meta({ title: 'e-mail address' });

const offer = z.strictObject({
  id: id.meta({ description: 'How the books name it.', examples: ['free_shipping'] }),
  name: name.meta({ description: 'What people call it.', examples: ['Free shipping'] }),
  kind: z
    .enum(['credit', 'discount'])
    .meta({ description: 'Money for the next purchase, or a lower price.', examples: ['credit'] }),
  value: amount.meta({ description: 'What one counts against the budget: fixed, whoever gives it.', examples: [10] }),
  tiers: z
    .array(id)
    .default([])
    .meta({ description: 'Agents of these tiers may give it.', examples: [['t1']] }),
  agents: z
    .array(email)
    .default([])
    .meta({ description: 'These agents may give it, too.', examples: [['lena@northwind.test']] }),
});

const freeAccounts = z.strictObject({
  agents: z
    .array(email)
    .min(1, 'is empty; write an address or remove free_accounts')
    .meta({
      description: 'Who may open free accounts: these agents and nobody else.',
      examples: [['lena@northwind.test']],
    }),
  per_agent_per_month: z
    .int('must be a whole number')
    .min(0, 'cannot be less than 0')
    .max(10_000, 'is more than 10,000')
    .meta({ description: 'How many each of them may open in a calendar month of `time_zone`.', examples: [5] }),
});

export const goodwill = z.strictObject({
  per_agent_per_day: amount.meta({
    description: 'What the credits and discounts of one agent may be worth on one day of `time_zone`.',
    examples: [100],
  }),
  offers: z.array(offer).max(50, 'has more than 50 entries').default([]).meta({
    description: 'The credits and discounts that can be given. No other value can.',
  }),
  free_accounts: freeAccounts.optional().meta({ description: 'Who may open free accounts. Left out: nobody.' }),
});
