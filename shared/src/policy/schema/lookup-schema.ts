// Declares a number that is looked for in what customers write.
import { z } from 'zod';
import { checkLookup } from '../check/check-lookup.ts';
import { id } from './atoms.ts';
import { fromCheck } from './from-check.ts';

export const lookup = z
  .strictObject({
    name: id.meta({
      description: 'What it is, with _ for spaces; guidance fills it in at `{{order_number}}`.',
      examples: ['order_number'],
    }),
    pattern: z.string().meta({
      title: 'pattern',
      description:
        'An RE2 regular expression, in single quotes. Capital and small letters are the same; it is found as a whole word.',
      examples: [String.raw`NW-?\d{5}`],
    }),
    example: z
      .string()
      .max(200, 'is longer than 200 characters')
      .meta({
        title: 'text',
        description: 'One as customers write it; the pattern must fit it.',
        examples: ['NW-51358'],
      }),
  })
  .check(fromCheck(checkLookup));
