// Declares the style and the texts of the pages and mails of surveys.
import { z } from 'zod';
import { ALL_SURVEYS } from '../../words/survey-kinds.ts';
import { id, language, line } from './atoms.ts';
import { surveyTexts } from './survey-texts-schema.ts';

const driver = z.strictObject({
  id: id.meta({ description: 'Names the driver in tags: `driver__speed`.', examples: ['speed'] }),
  name: z.record(language, line(60)).meta({
    description: 'The text that the customer reads, by language; English is used for languages left out.',
    examples: [{ en: 'How fast it was', es: 'La rapidez' }],
  }),
});

export const color = z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0f6b5c');

const HTTPS = 'must be an address that begins with https://';

export const logo = z
  .string()
  .regex(/^https:\/\/[^\s"'<>;,]+$/, { error: HTTPS, abort: true })
  .refine((text) => URL.canParse(text), HTTPS);

export const surveyPage = z.strictObject({
  brand: line(60)
    .optional()
    .meta({
      description: 'The name on the pages and in the mails, in place of `company`.',
      examples: ['Northwind'],
    }),
  color: color.optional().meta({
    description: 'The colour of buttons and marks. It is darkened or lightened where it could not be read.',
    examples: ['#0f6b5c'],
  }),
  logo: logo.optional().meta({
    description: 'The address of a picture, shown in place of the name, in mails too.',
    examples: ['https://northwind.example/logo.png'],
  }),
  look: z
    .partialRecord(z.enum(ALL_SURVEYS), z.enum(['emoji', 'stars', 'numbers']))
    .optional()
    .meta({
      description:
        'How the scale looks, on the page and in the mail. Default: faces for five scores, numbers for more.',
      examples: [{ csat: 'stars', nps: 'numbers' }],
    }),
  drivers: z.array(driver).max(12, 'has more than 12 drivers').optional().meta({
    description: 'Reasons to tick. Default: speed, knowledge, friendliness, solution, effort. `[]` for none.',
  }),
  ask_to_contact: z.boolean().default(true).meta({ description: 'Whether the page asks “May we contact you?”.' }),
  texts: z
    .record(language, surveyTexts)
    .optional()
    .meta({
      description:
        'Custom texts, by language. A language without built-in texts needs all of them; English is used for missing ones.',
      examples: [{ es: { csat: { question: '¿Qué tal le atendimos?' }, words: { send: 'Enviar' } } }],
    }),
});
