// Declares the settings for using Zendesk.
import { z } from 'zod';
import { name } from './atoms.ts';

export const zendesk = z.strictObject({
  writes_per_minute: z
    .number()
    .int('must be a whole number')
    // 100 ticket updates a minute for the whole account: https://developer.zendesk.com/api-reference/introduction/rate-limits/
    .min(1, 'must be at least 1')
    .max(100, 'is more than the 100 ticket updates a minute that Zendesk allows the whole account')
    .default(60)
    .meta({
      description:
        "How many of Zendesk's 100 ticket updates a minute Deskwright may use; agents and other apps need the rest.",
      examples: [60],
    }),
  category_field: name.default('Category').meta({
    description:
      'The title of the drop-down ticket field that `deskwright apply` makes for categories, so that reports in Zendesk can group by them.',
    examples: ['Reason for contact'],
  }),
  tier_field: name.default('Tier').meta({
    description: 'The title of the drop-down ticket field that `deskwright apply` makes for tiers.',
    examples: ['Support level'],
  }),
  macros: z
    .enum(['none', 'from_guidance'])
    .default('none')
    .meta({
      description:
        'What macros `deskwright apply` makes. `from_guidance`: one for each canned reply of the guidance, named after its category and the heading above it, for the groups of the category’s tier and of those it is escalated to.',
      examples: ['from_guidance'],
    }),
  decision_note: z
    .boolean()
    .default(false)
    .meta({
      description:
        'Whether an internal note on the ticket records what was decided and why. The sidebar and `explain` show it in any case, and each note notifies the followers of the ticket.',
      examples: [true],
    }),
});
