// Declares a phrase that replies should not have.
import { z } from 'zod';
import { checkPromise } from '../check/check-promise.ts';
import { line } from './atoms.ts';
import { fromCheck } from './from-check.ts';

export const avoid = z.strictObject({
  phrase: z
    .string()
    .max(100, 'is longer than 100 characters')
    .check(fromCheck(checkPromise))
    .meta({
      title: 'text',
      description: 'Words to avoid, with the marks of `includes_any`.',
      examples: ['calm down', 'unfortunat*'],
    }),
  instead: line(140, '; it must fit on a line or two')
    .optional()
    .meta({ description: 'What to write instead.', examples: ['I see why this is annoying.'] }),
});
