// Declares a department.
import { z } from 'zod';
import { id, line, name, positiveDuration } from './atoms.ts';
import { businessHours } from './business-hours-schema.ts';
import { formField } from './escalation-schema.ts';

export const department = z.strictObject({
  id: id.meta({ description: 'Names the department in the record of hand-offs.', examples: ['warehouse'] }),
  name: name.meta({ description: 'What people call it.', examples: ['Warehouse'] }),
  group: name.meta({
    description: 'The group in Zendesk, by its exact name.',
    examples: ['Warehouse'],
  }),
  handles: line(300)
    .optional()
    .meta({ description: 'What it is for, for people to read.', examples: ['Parcels that are lost or damaged'] }),
  hours: businessHours
    .optional()
    .meta({ description: 'When it is there, on the clock of `time_zone`. Left out: as `business_hours`.' }),
  contact: line(200)
    .optional()
    .meta({ description: 'Contact while it is open.', examples: ['Ana, extension 214'] }),
  on_call: line(200)
    .optional()
    .meta({ description: 'Contact while it is closed.', examples: ['Duty phone +1 555 0100'] }),
  answers_within: positiveDuration
    .optional()
    .meta({ description: 'How soon it answers, counted in its own hours when in `bh`.', examples: ['8bh'] }),
  fields: z
    .array(formField)
    .min(1, 'is empty; remove the key for the fields of `escalation`')
    .optional()
    .meta({ description: 'The fields of a hand-off. Left out: those of `escalation.fields`.' }),
});
