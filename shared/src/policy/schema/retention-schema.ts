// Declares how long customers' words are kept.
import { z } from 'zod';

const days = z
  .string()
  .regex(/^[1-9]\d{0,3}d$/, 'must be a number of whole days from 1d to 9999d, such as 180d')
  .meta({ title: 'days' });

export const retention = z.strictObject({
  words: days.default('180d').meta({
    description:
      'How long after a ticket is closed or deleted its words are kept: subject, comments, forms, comments of answers, and the addresses of surveys. Then they are erased; counts, categories and scores stay.',
    examples: ['180d', '30d'],
  }),
});
