// Validates request bodies of ticket fields and custom statuses.
import { z } from 'zod';
import { flag, text } from './common.ts';

export const fieldBody = z.object({
  ticket_field: z.object({
    type: z
      .enum([
        'text',
        'textarea',
        'checkbox',
        'date',
        'integer',
        'decimal',
        'regexp',
        'partialcreditcard',
        'multiselect',
        'tagger',
        'lookup',
      ])
      .optional(),
    title: text.optional(),
    description: text.optional(),
    active: flag.optional(),
    required: flag.optional(),
    position: z.number().optional(),
    tag: text.nullable().optional(),
    regexp_for_validation: text.nullable().optional(),
    visible_in_portal: flag.optional(),
    editable_in_portal: flag.optional(),
    required_in_portal: flag.optional(),
    custom_field_options: z.array(z.object({ name: text, value: text })).optional(),
  }),
});

export const statusBody = z.object({
  custom_status: z.object({
    status_category: z.enum(['new', 'open', 'pending', 'hold', 'solved']).optional(),
    agent_label: text.optional(),
    end_user_label: text.optional(),
    description: text.nullable().optional(),
    end_user_description: text.nullable().optional(),
    active: flag.optional(),
  }),
});
