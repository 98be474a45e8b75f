// Declares a trigger.
import { z } from 'zod';
import { PRIORITIES } from '../../words/ticket-words.ts';
import { checkActions, checkAddTag } from '../check/check-actions.ts';
import { checkConditions } from '../check/check-conditions.ts';
import type { ConditionGroup } from '../condition.ts';
import { id, name, triggerId } from './atoms.ts';
import { fromCheck } from './from-check.ts';
import { triggerMode } from './mode-schema.ts';

const actions = z
  .strictObject({
    category: id.optional().meta({
      description: 'The category of the ticket. The first trigger that sets one wins it.',
      examples: ['refunds'],
    }),
    priority: z
      .enum(PRIORITIES)
      .optional()
      .meta({
        description: 'The priority of the ticket; of several triggers the highest counts.',
        examples: ['high'],
      }),
    add_tags: z
      .array(z.string().check(fromCheck(checkAddTag)).meta({ title: 'tag' }))
      .min(1, 'is empty; write a tag or remove the key')
      .optional()
      .meta({
        description: 'Tags to add. Tags of several triggers add up; none is ever taken away.',
        examples: [['money']],
      }),
  })
  .check(fromCheck(checkActions));

export const trigger = z.strictObject({
  id: triggerId.meta({ description: 'Names the trigger in explanations and logs.', examples: ['refund-wording'] }),
  title: name.meta({ description: 'Says in words when it fires.', examples: ['Asks for money back'] }),
  conditions: z
    .custom<ConditionGroup>()
    .check(fromCheck(checkConditions))
    .meta({
      title: 'conditions',
      $ref: '#/definitions/conditions',
      description:
        'When it fires: every one of `all`, at least one of `any` and not one of `none` holds. ' +
        'Groups can be nested.',
      examples: [
        {
          all: [{ field: 'status', operator: 'less_than', value: 'solved' }],
          any: [{ field: 'text', operator: 'includes_any', value: ['refund', 'money back'] }],
        },
      ],
    }),
  actions: actions.meta({ description: 'What it then does: at least one of these.' }),
  mode: triggerMode.optional().meta({
    description:
      '`act` (the default); `shadow`: what it would do is decided and recorded, and not done; `10%`: it acts for that share of the tickets, always the same ones, and is in shadow for the others. A larger share keeps the tickets of a smaller one. Tests, `backtest` and `preview` show the full effect whatever the mode.',
    examples: ['shadow', '10%'],
  }),
});
