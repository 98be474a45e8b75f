// Declares what agents may give customers as goodwill: who has which budget, and a catalogue of things with fixed values.
import { z } from 'zod';
import { checkGoodwillItem } from '../check/check-goodwill.ts';
import { checkLimit } from '../check/check-refunds.ts';
import { id, line, name } from './atoms.ts';
import { fromCheck } from './from-check.ts';
import { amount } from './money-schema.ts';
import { allowedAgents, limitedAgents, ONE_OF } from './people-schema.ts';

const budget = z
  .strictObject({
    ...limitedAgents,
    per_agent_per_day: amount.meta({
      description: 'What each of them may give on one day of `time_zone`; 0: nothing.',
      examples: [100],
    }),
  })
  .check(fromCheck(checkLimit))
  .meta({ oneOf: ONE_OF });

const item = z
  .strictObject({
    id: id.meta({ description: 'Its id in the ledger: do not change it later.', examples: ['credit_10'] }),
    name: name.meta({ description: 'What agents read.', examples: ['Credit of $10'] }),
    kind: z.enum(['credit', 'discount', 'free_account']).meta({
      description:
        "What it is. A credit and a discount use the agent's budget of the day. A free account does not: it is for named agents, so many a month.",
      examples: ['credit'],
    }),
    value: amount.meta({
      description: 'Its value. It is fixed: agents cannot change the amount.',
      examples: [10],
    }),
    give: line(300)
      .optional()
      .meta({
        description:
          'What the agent tells the customer or does: shown after it is recorded, and in the note on the ticket.',
        examples: ['Code THANKS-10, valid for 90 days'],
      }),
    allow: allowedAgents('t2').optional().meta({
      description: 'Who may give it; others do not see it. Left out: everybody who has a budget.',
    }),
    per_agent_per_month: z
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .max(1_000, 'is more than 1,000')
      .optional()
      .meta({
        description:
          'How many each of them may give in a calendar month of `time_zone`. A free account needs it. Left out: no such limit.',
        examples: [3],
      }),
  })
  .check(fromCheck(checkGoodwillItem));

export const goodwill = z.strictObject({
  budgets: z.array(budget).default([]).meta({
    description:
      "Who may give how much a day. An agent named in `agents` has that budget, others that of their `role`, others the highest of their tiers'. Anyone without an entry may give no credit and no discount.",
  }),
  catalogue: z
    .array(item)
    .max(30, 'has more than 30 entries')
    .default([])
    .meta({ description: 'Everything that may be given.' }),
  examples: z
    .array(line(200))
    .max(5, 'has more than 5 entries')
    .default([])
    .meta({
      description: 'When to give goodwill: shown beside the rest of the daily budget.',
      examples: [['A parcel that came too late for a birthday']],
    }),
});
