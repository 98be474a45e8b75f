// Declares the settings for using Zendesk.
import { z } from 'zod';

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
  decision_note: z
    .boolean()
    .default(false)
    .meta({
      description:
        'Whether an internal note on the ticket says what was decided and why. The sidebar and `explain` say it without: each note mails the followers of the ticket.',
      examples: [true],
    }),
});
