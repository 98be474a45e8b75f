// Declares a category.
import { z } from 'zod';
import { SURVEYS } from '../../words/survey-kinds.ts';
import { checkGuidanceFile } from '../check/check-file-names.ts';
import { id, name } from './atoms.ts';
import { fromCheck } from './from-check.ts';

export const category = z.strictObject({
  id: id.meta({
    description: 'The id of this category, used elsewhere in the policy; its tag is `category__<id>`.',
    examples: ['refunds'],
  }),
  name: name.meta({ description: 'What people call it.', examples: ['Refunds'] }),
  tier: id.meta({ description: 'The tier its tickets go to.', examples: ['t1'] }),
  guidance: z
    .string()
    .max(200, 'is longer than 200 characters')
    .check(fromCheck(checkGuidanceFile))
    .meta({ title: 'file name', pattern: String.raw`^(?!\/)(?!.*\.\.\/)[^\\]+\.md$` })
    .optional()
    .meta({
      description: 'A Markdown file, named from the folder of the policy file, with the steps an agent follows.',
      examples: ['guidance/refunds.md'],
    }),
  money: z
    .boolean()
    .optional()
    .meta({
      description:
        'Whether its tickets are about money: the sidebar always shows the refund limit for those, and on request for others. Left out: true if no category sets it, otherwise false.',
      examples: [true],
    }),
  survey: z
    .enum(SURVEYS)
    .optional()
    .meta({
      description: 'The survey that is sent after such a ticket is solved. Left out: `default_survey`.',
      examples: ['ces'],
    }),
});
