// Declares surveys.
import { z } from 'zod';
import { checkCampaignConditions, checkSolveConditions } from '../check/check-surveys.ts';
import type { ConditionGroup } from '../condition.ts';
import { duration, id, percent, positiveDuration } from './atoms.ts';
import { weekdayHours } from './business-hours-schema.ts';
import { followUp, followUps } from './follow-ups-schema.ts';
import { fromCheck } from './from-check.ts';
import { benchmark } from './goals-schema.ts';
import { lexiconEntry } from './lexicon-schema.ts';
import { amount, currency } from './money-schema.ts';
import { surveyBrands } from './survey-brands-schema.ts';
import { surveyPage } from './survey-page-schema.ts';
import { surveySlack } from './survey-slack-schema.ts';
import { thankYou } from './thank-you-schema.ts';

/** For the report on sends. */
const surveyCost = z.strictObject({
  currency: currency.meta({ description: 'The currency of the amounts here (ISO 4217).', examples: ['USD'] }),
  per_month: amount.default(0).meta({
    description: 'What the mail server or service costs in each month, however much is sent.',
    examples: [15],
  }),
  per_thousand_mails: amount.default(0).meta({ description: 'What a thousand mails cost.', examples: ['0.10'] }),
});

const expires = positiveDuration.meta({
  description: 'How long the link works, and how long the answer can be changed.',
  examples: ['14d'],
});

const remindAfter = positiveDuration.optional().meta({
  description: 'How long after the mail one reminder is sent if there is no answer. Left out: no reminder.',
  examples: ['5d'],
});

const survey = z.strictObject({
  delay: duration.meta({
    description: 'How long after the ticket is solved the survey is sent.',
    examples: ['24h', '8bh'],
  }),
  sample: percent.default('100%').meta({
    description: 'The share of customers who are surveyed. A customer in the sample remains in it.',
    examples: ['50%'],
  }),
  conditions: z
    .custom<ConditionGroup>()
    .check(fromCheck(checkSolveConditions))
    .optional()
    .meta({
      title: 'conditions',
      $ref: '#/definitions/solve_conditions',
      description:
        'Who is surveyed: customers whose solved ticket meets these conditions when the survey is due. They may also use the fields of solved tickets, such as `solved_by`. `comment` cannot be used. Left out: every customer.',
      examples: [{ none: [{ field: 'solved_by', operator: 'is', value: 'automation' }] }],
    }),
  remind_after: remindAfter,
  expires,
  follow_up: followUp(['reopen', 'new_ticket', 'none']).optional().meta({
    description: 'How a bad answer is followed up. Left out: not at all.',
  }),
});

const nps = z.strictObject({
  every: positiveDuration.default('90d').meta({
    description: 'How often each customer is surveyed at most. A campaign spreads its mails evenly over this time.',
    examples: ['90d'],
  }),
  conditions: z
    .custom<ConditionGroup>()
    .check(fromCheck(checkCampaignConditions))
    .optional()
    .meta({
      title: 'conditions',
      $ref: '#/definitions/conditions',
      description:
        'Who is surveyed: customers whose newest ticket meets these conditions; `organization`, `brand` and `form` are those of that ticket. `comment` cannot be used. Left out: every customer.',
      examples: [{ all: [{ field: 'tags', operator: 'includes_any', value: ['paying'] }] }],
    }),
  per_day: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(1_000_000, 'is more than 1,000,000')
    .optional()
    .meta({
      description:
        'The most mails sent on one day by all campaigns together, also after a pause. If that is too few for everyone, those left out come first in the next round. Left out: no limit.',
      examples: [500],
    }),
  sample: percent.optional().meta({
    description:
      'The share of customers whom a campaign surveys, except one with `--csv`. A customer in the sample remains in it. Left out: everyone.',
    examples: ['20%'],
  }),
  ask_again_after: positiveDuration.default('30d').meta({
    description:
      'How long after a call with a detractor they are surveyed again (`follow_up: { ask_again: true }`, or `deskwright campaign ask-again`).',
    examples: ['30d'],
  }),
  remind_after: remindAfter,
  expires,
  slack: surveySlack('nps'),
  follow_up: followUp(['new_ticket', 'none'])
    .extend({
      ask_again: z
        .boolean()
        .optional()
        .meta({
          description:
            'Whether a customer is surveyed again, `ask_again_after` the first outcome with `reached: true`. It waits for `contact_at_most_every`, but not for `every`. Left out: only `deskwright campaign ask-again` does it.',
          examples: [true],
        }),
    })
    .optional()
    .meta({
      description: 'How a bad answer is followed up (it belongs to no ticket). Left out: not at all.',
    }),
  thank_you: thankYou
    .optional()
    .meta({ description: 'Thanks promoters (9 and 10) by mail. Left out: no thanks are sent.' }),
  benchmark: benchmark.optional().meta({
    description:
      'What the score is compared with, in `report nps` and `surveys explain`. Of CSAT and CES that is the `benchmark` of a goal.',
  }),
});

const pulse = z.strictObject({
  every: positiveDuration.default('30d').meta({ description: 'How often each agent is surveyed.', examples: ['30d'] }),
  remind_after: remindAfter,
  expires: expires.meta({ description: 'How long the link works.', examples: ['7d'] }),
});

export const surveys = z.strictObject({
  csat: survey
    .extend({ slack: surveySlack('csat') })
    .optional()
    .meta({ description: 'Customer satisfaction: how happy the customer is with the help, from 1 to 5.' }),
  ces: survey
    .extend({ slack: surveySlack('ces') })
    .optional()
    .meta({
      description: 'Customer effort score 2.0: how far the customer agrees that you made it easy, from 1 to 7.',
    }),
  nps: nps.optional().meta({
    description: 'Net promoter score: how likely the customer is to recommend you, from 0 to 10.',
  }),
  pulse: pulse.optional().meta({
    description:
      'How satisfied agents are with their work, from 1 to 5, asked of all agents (`deskwright campaign start pulse`). Anonymous: answers are stored without who gave them, and shown only of rounds that are over and have at least five (`deskwright report pulse`).',
  }),
  follow_ups: followUps.prefault({}).meta({
    description: 'What agents record about follow-ups in the sidebar, who may record it, and when they are reminded.',
  }),
  page: surveyPage.optional().meta({ description: 'The design and texts of the survey pages and mails.' }),
  brands: surveyBrands,
  agents_may_ask: z
    .array(id)
    .optional()
    .meta({
      description:
        'Tiers whose agents may ask a customer for feedback from the sidebar. Empty: none. Left out: every agent who may edit tickets.',
      examples: [['t2']],
    }),
  lexicon: z.array(lexiconEntry).max(50, 'has more than 50 entries').default([]).meta({
    description:
      'What drives the score, found by words in comments. Comments are read when an answer arrives or changes; only the ids of drivers are stored with it.',
  }),
  cost: surveyCost.optional().meta({
    description: 'What sending surveys costs, for `deskwright report sends`. Left out: the report has no cost.',
    examples: [{ currency: 'USD', per_month: 15, per_thousand_mails: '0.10' }],
  }),
  contact_at_most_every: duration.default('30d').meta({
    description:
      'No customer is surveyed more often than this, across all surveys. Zendesk’s own satisfaction survey counts too, where the account uses it.',
    examples: ['30d'],
  }),
  rest_for_new_customers: duration.default('0m').meta({
    description:
      'How long new customers are not surveyed, from when Zendesk first knew them: as a user or by their first ticket.',
    examples: ['7d'],
  }),
  send_window: weekdayHours.optional().meta({
    description:
      'When mails are sent, in the time zone of the recipient (`time_zone` if Zendesk has none). Mails that are due at other times wait. Left out: at any time.',
    examples: [{ 'mon-fri': '09:00-18:00' }],
  }),
});
