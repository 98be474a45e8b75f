// Declares surveys.
import { z } from 'zod';
import { duration, percent, positiveDuration } from './atoms.ts';

const survey = z.strictObject({
  delay: duration.meta({
    description: 'How long after the ticket is solved the customer is asked.',
    examples: ['24h', '8bh'],
  }),
  sample: percent
    .default('100%')
    .meta({ description: 'How many of the solved tickets are asked about.', examples: ['50%'] }),
  expires: positiveDuration.meta({
    description: 'How long the link works, and how long the answer can be changed.',
    examples: ['14d'],
  }),
});

export const surveys = z.strictObject({
  csat: survey
    .optional()
    .meta({ description: 'Customer satisfaction: how happy the customer is with the help, from 1 to 5.' }),
  ces: survey.optional().meta({
    description: 'Customer effort score 2.0: how far the customer agrees that you made it easy, from 1 to 7.',
  }),
  contact_at_most_every: duration
    .default('30d')
    .meta({ description: 'No customer is asked more often than this, all surveys together.', examples: ['30d'] }),
});
