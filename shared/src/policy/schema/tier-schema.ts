// Declares a tier.
import { z } from 'zod';
import { id, name } from './atoms.ts';
import { email } from './people-schema.ts';

export const tier = z.strictObject({
  id: id.meta({ description: 'How the rest of the file names this tier; the tag is `tier__<id>`.', examples: ['t1'] }),
  name: name.meta({ description: 'What people call it.', examples: ['Tier 1'] }),
  group: name.meta({
    description: 'The group in Zendesk, by its exact name. Each tier has its own group.',
    examples: ['Support Tier 1'],
  }),
  handles: z
    .string()
    .max(300, 'is longer than 300 characters')
    .optional()
    .meta({ description: 'What this tier is for, for people to read.', examples: ['General questions'] }),
  escalates_to: id.optional().meta({
    description: 'The tier that helps when this one cannot. Leave it out for the last tier.',
    examples: ['t2'],
  }),
  leads: z
    .array(email)
    .max(50, 'has more than 50 entries')
    .default([])
    .meta({
      description:
        "Who leads it: they see the figures of its agents on the dashboard and get its alarms. Admins see everyone's.",
      examples: [['lead@northwind.test']],
    }),
});
