// Declares the words by which drivers are found in comments of survey answers.
import { z } from 'zod';
import { checkPromise } from '../check/check-promise.ts';
import { id, language, line } from './atoms.ts';
import { fromCheck } from './from-check.ts';

const word = z
  .string()
  .max(100, 'is longer than 100 characters')
  .check(fromCheck(checkPromise))
  .meta({ title: 'text' });

export const lexiconEntry = z.strictObject({
  driver: id.meta({
    description: 'A driver that customers can tick (`page.drivers`), or another one that is only found in comments.',
    examples: ['speed'],
  }),
  name: line(60)
    .optional()
    .meta({
      description: 'Its name in reports. Left out: its English name in `page.drivers`, otherwise its id.',
      examples: ['Delivery'],
    }),
  words: z.record(language, z.array(word).max(200, 'has more than 200 words')).meta({
    description:
      'Words and phrases by language, with the marks of `includes_any`: `*`, `~`, `exact:`. A comment is about the driver when it has one of them, in whatever language the survey was sent.',
    examples: [{ en: ['slow', 'took too long', 'wait*'], es: ['lento~', 'tard*'] }],
  }),
});
