// Declares the mail that thanks promoters.
import { z } from 'zod';
import { language, line, positiveDuration } from './atoms.ts';

/** `{company}` and `{agent}` are filled in; no other marks, so that a misspelt one is not sent. */
const filled = (most: number) =>
  line(most).regex(/^(?:[^{}]|\{(?:company|agent)\})*$/, 'may hold only {company} and {agent} in braces');

export const thankYou = z.strictObject({
  at_most_every: positiveDuration.default('180d').meta({
    description: 'How often each customer is thanked at most.',
    examples: ['180d'],
  }),
  link: z
    .string()
    .regex(/^https:\/\/[^\s"'<>]+$/, 'must be an address that begins with https://')
    .optional()
    .meta({
      description: 'Where the button of the mail leads, such as a page for reviews. Left out: there is none.',
      examples: ['https://reviews.example.com/northwind'],
    }),
  texts: z
    .record(
      language,
      z.strictObject({
        subject: filled(120).optional(),
        text: filled(1_000).optional(),
        link: line(60).optional(),
      }),
    )
    .optional()
    .meta({
      description:
        'Custom texts, by language; `link` is the button. `{company}` and `{agent}` (who helped last; the company if nobody is known) are filled in. The greeting has the name of the customer.',
      examples: [{ en: { text: 'Thank you! {agent} is happy that you like {company}.' } }],
    }),
});
