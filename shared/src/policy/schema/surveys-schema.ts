// Declares surveys.
import { z } from 'zod';
import { duration, percent, positiveDuration } from './atoms.ts';

const expires = positiveDuration.meta({
  description: 'How long the link works, and how long the answer can be changed.',
  examples: ['14d'],
});

const survey = z.strictObject({
  delay: duration.meta({
    description: 'How long after the ticket is solved the customer is asked.',
    examples: ['24h', '8bh'],
  }),
  sample: percent
    .default('100%')
    .meta({ description: 'How many of the solved tickets are asked about.', examples: ['50%'] }),
  expires,
});

const nps = z.strictObject({
  every: positiveDuration.default('90d').meta({
    description: 'How often each customer is asked at most. A campaign spreads its mails evenly over this time.',
    examples: ['90d'],
  }),
  expires,
});

const pulse = z.strictObject({
  every: positiveDuration.default('30d').meta({ description: 'How often each agent is asked.', examples: ['30d'] }),
  expires: expires.meta({ description: 'How long the link works.', examples: ['7d'] }),
});

export const surveys = z.strictObject({
  csat: survey
    .optional()
    .meta({ description: 'Customer satisfaction: how happy the customer is with the help, from 1 to 5.' }),
  ces: survey.optional().meta({
    description: 'Customer effort score 2.0: how far the customer agrees that you made it easy, from 1 to 7.',
  }),
  nps: nps.optional().meta({
    description: 'Net promoter score: how likely the customer is to recommend you, from 0 to 10.',
  }),
  pulse: pulse.optional().meta({
    description:
      'How the week was, from 1 to 5, asked of agents. Answers are anonymous, and nothing is shown under 5 of them.',
  }),
  contact_at_most_every: duration
    .default('30d')
    .meta({ description: 'No customer is asked more often than this, all surveys together.', examples: ['30d'] }),
});
