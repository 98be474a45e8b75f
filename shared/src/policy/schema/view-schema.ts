// Declares a managed view.
import { z } from 'zod';
import { checkViewName } from '../check/check-view-name.ts';
import { id, name } from './atoms.ts';
import { fromCheck } from './from-check.ts';

const NEWEST_FIRST =
  'newest_first is not offered: with the newest ticket on top, the customer who has waited longest is answered last. ' +
  'Write oldest_first, or leave this view out of the file';

export const view = z
  .strictObject({
    title: name.optional().meta({
      description: 'The exact title the view has in Zendesk. Write either `title` or `id`.',
      examples: ['Unassigned'],
    }),
    id: z
      .number()
      .int('must be a whole number')
      .positive('must be more than 0')
      .optional()
      .meta({ description: 'The id of the view, as in its web address in Zendesk.', examples: [360001] }),
    order: z
      .enum(['oldest_first'], {
        error: (issue) => (issue.input === 'newest_first' ? NEWEST_FIRST : undefined),
      })
      .default('oldest_first')
      .meta({ description: 'The order of its tickets: by the time they were made, the oldest on top.' }),
    tier: id.optional().meta({
      description:
        'The tier whose group has the tickets it shows, for a view that `deskwright apply` is to make. Left out: by the title, where it names a tier.',
      examples: ['t1'],
    }),
    group: name.optional().meta({
      description: 'The same for a group in Zendesk that is no tier’s.',
      examples: ['Billing'],
    }),
    shows: z.enum(['unsolved', 'unassigned', 'pending']).optional().meta({
      description:
        'Which tickets a view created by `deskwright apply` shows: `unsolved` (all but solved and closed ones), `unassigned` (unsolved, and no agent has them) or `pending`. Left out: by the title, if it says nothing else (“Unassigned”, “All open”, “Tier 1 queue”); otherwise `plan` asks for it.',
    }),
    keep: z.enum(['enforce', 'warn']).default('enforce').meta({
      description:
        'When a person changes the order: `enforce` puts it back and records who was overruled, `warn` only reports it.',
    }),
  })
  .check(fromCheck(checkViewName));
