// Declares whom Deskwright notifies: alarms, reminders, Slack.
import { z } from 'zod';
import { checkShareOfTarget, SHARE_OF_TARGET } from '../check/check-amount.ts';
import { percent, positiveDuration } from './atoms.ts';
import { fromCheck } from './from-check.ts';

/** The name of a Slack channel: the environment has its address, in `SLACK_WEBHOOK_URL_<NAME>`. */
export const slackChannel = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'may hold only small letters, digits and _, and must start with a letter')
  .regex(/^(?!(.*_)?file$)/, 'must not end in "file": SLACK_WEBHOOK_URL_..._FILE names a file with an address')
  .meta({ title: 'Slack channel' });

export const alarms = z.strictObject({
  category_rise: z
    .boolean()
    .default(true)
    .meta({
      description:
        'Notifies when significantly more tickets of a category arrive than in the same hours of the past weeks.',
      examples: [true],
    }),
  other_above: percent.optional().meta({
    description: 'Notifies when more than this share of a day’s tickets has the default category.',
    examples: ['20%'],
  }),
  oldest_wait_above: positiveDuration
    .optional()
    .meta({ description: 'Notifies when a customer has waited longer than this.', examples: ['2d', '16bh'] }),
  new_requesters: z
    .boolean()
    .default(true)
    .meta({
      description:
        'Notifies when far more people than usual write for the first time, as in a wave of spam. Surveys pause meanwhile.',
      examples: [true],
    }),
  webhooks_silent_for: positiveDuration.optional().meta({
    description:
      'Notifies when no event has arrived from Zendesk for this long although there were changes: the export found some, or could not be read during business hours.',
    examples: ['1h'],
  }),
  driver_named_by: z
    .int('must be a whole number')
    .min(0, 'must be at least 0')
    .max(1_000, 'is more than 1,000')
    .default(3)
    .meta({
      description:
        'Notifies when this many unhappy customers (detractors; for CSAT and CES the lowest class) name the same driver within a day. 0: never.',
      examples: [3],
    }),
  score_falls: z
    .boolean()
    .default(true)
    .meta({
      description:
        'Notifies when NPS, CSAT or CES of the last 7 days is significantly below that of the 28 days before.',
      examples: [true],
    }),
  refund_burst_from: z
    .int('must be a whole number')
    .min(0, 'must be at least 0')
    .max(1_000, 'is more than 1,000')
    .default(5)
    .meta({
      description:
        'Notifies when an agent gives significantly more refunds and goodwill on a day than in their own last 30 days, in number or in value, or when one customer receives them more often than others do: from this many on. 0: never.',
      examples: [8],
    }),
  refund_differences: z
    .boolean()
    .default(true)
    .meta({
      description:
        'Notifies when the daily reconciliation of the refund ledger with Stripe finds differences, or has not been made for two days.',
      examples: [true],
    }),
  outside_refunds: z
    .boolean()
    .default(true)
    .meta({
      description:
        'Notifies of refunds made outside Deskwright, to which no limit applies, on the day they are found and entered in the ledger.',
      examples: [false],
    }),
  slack: slackChannel.optional().meta({
    description:
      'The Slack channel to notify: its address is in `SLACK_WEBHOOK_URL_<NAME>`, that of `default` in `SLACK_WEBHOOK_URL`. Left out: only the dashboard.',
    examples: ['leads'],
  }),
});

export const reminders = z.strictObject({
  at: z
    .array(
      z
        .custom<string>()
        .check(fromCheck(checkShareOfTarget))
        .meta({ title: 'percentage', type: 'string', pattern: SHARE_OF_TARGET }),
    )
    .max(10, 'has more than 10 entries')
    .default([])
    .meta({
      description:
        'When to remind of a customer who waits: at these shares of the reply target, each once. Business hours count where the target is in `bh`.',
      examples: [['80%', '100%', '200%']],
    }),
  promises: z
    .boolean()
    .default(true)
    .meta({
      description: 'Whether to remind of what an agent promised, the day after.',
      examples: [true],
    }),
  slack: slackChannel.optional().meta({
    description: 'The Slack channel to notify as well. Left out: only the sidebar and the lead’s dashboard.',
    examples: ['support'],
  }),
});
