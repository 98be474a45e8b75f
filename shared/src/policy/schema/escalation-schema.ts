// Declares escalation.
import { z } from 'zod';
import { checkConditions } from '../check/check-conditions.ts';
import type { ConditionGroup } from '../condition.ts';
import { id, line, name } from './atoms.ts';
import { fromCheck } from './from-check.ts';

/** One question of an escalation or hand-off form. */
export const formField = z.strictObject({
  id: id.meta({ description: 'Names the field.', examples: ['steps_tried'] }),
  label: name.meta({ description: 'The label on the form.', examples: ['What was tried?'] }),
  hint: line(300)
    .optional()
    .meta({ description: 'A line of help below the label.', examples: ['One step a line'] }),
  required: z.boolean().default(true).meta({ description: 'Whether the form can be sent without it.' }),
});

const DEFAULT_FIELDS = [
  { id: 'summary', label: 'Summary', required: true },
  { id: 'steps_tried', label: 'Steps tried', required: true },
  { id: 'customer_impact', label: 'Customer impact', required: true },
];

const criterion = z.strictObject({
  text: line(200).meta({
    description: 'When to escalate, for people to read.',
    examples: ['Customer threatens legal action'],
  }),
  conditions: z
    .custom<ConditionGroup>()
    .check(fromCheck(checkConditions))
    .optional()
    .meta({
      title: 'conditions',
      $ref: '#/definitions/conditions',
      description: 'Lets the sidebar show whether the ticket meets it. Left out: agents judge.',
      examples: [{ any: [{ field: 'text', operator: 'includes_any', value: ['lawyer', 'legal action'] }] }],
    }),
});

export const escalation = z.strictObject({
  fields: z
    .array(formField)
    .min(1, 'is empty; remove the key for the usual fields')
    .default(DEFAULT_FIELDS)
    .meta({ description: 'What an agent fills in before a ticket moves on.' }),
  criteria: z
    .array(
      z.strictObject({
        tier: id.meta({ description: 'The tier whose agents should escalate.', examples: ['t1'] }),
        when: z.array(criterion).min(1, 'is empty; write a criterion or remove the entry').meta({
          description: 'When they should.',
        }),
      }),
    )
    .default([])
    .meta({ description: 'When to escalate, tier by tier.' }),
});
