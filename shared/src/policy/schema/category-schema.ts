// Declares a category.
import { z } from 'zod';
import { SURVEYS } from '../../words/survey-kinds.ts';
import { checkGuidanceFile } from '../check/check-guidance-file.ts';
import { id, name } from './atoms.ts';
import { fromCheck } from './from-check.ts';

export const category = z.strictObject({
  id: id.meta({
    description: 'How the rest of the file names this category; the tag is `category__<id>`.',
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
        'Whether its tickets are about money: beside those, the sidebar says how much the agent may refund; beside others, when the agent asks. Left out: yes where no category says so, otherwise no.',
      examples: [true],
    }),
  survey: z
    .enum(SURVEYS)
    .optional()
    .meta({
      description: 'What is asked after such a ticket is solved. Left out: what `default_survey` says.',
      examples: ['ces'],
    }),
});
