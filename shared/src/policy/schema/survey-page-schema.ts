// Declares how the survey page looks and what it says.
import { z } from 'zod';
import { ALL_SURVEYS, type SurveyKind, scoresOf } from '../../words/survey-kinds.ts';
import { id, line } from './atoms.ts';
import { language } from './language-schema.ts';

/** Lines that take the place of ours. */
function textsOf(keys: readonly string[]) {
  return z.strictObject(Object.fromEntries(keys.map((key) => [key, line(500).optional()])));
}

const ofKind = (kind: SurveyKind) => {
  const count = scoresOf(kind).length;
  return z.strictObject({
    question: line(200).optional(),
    lead: line(200).optional(),
    subject: line(120).optional(),
    labels: z
      .array(z.string().max(60, 'is longer than 60 characters'))
      .length(count, `needs ${count} labels, lowest score first; an empty one shows the number alone`)
      .optional(),
  });
};

/** What stands on the page, apart from the questions. `{company}`, `{request}`, `{limit}`, `{length}`, `{answer}` and `{date}` are filled in. */
const SURVEY_PAGE_WORDS = [
  'title',
  'about',
  'low',
  'middle',
  'high',
  'comment',
  'optional',
  'comment_hint',
  'drivers',
  'may_contact',
  'privacy',
  'send',
  'saved',
  'change',
  'changing',
  'error_title',
  'error_prefix',
  'score_missing',
  'comment_too_long',
  'thanks_title',
  'thanks',
  'your_answer',
  'your_comment',
  'open_until',
  'change_link',
] as const;

const texts = z.strictObject({
  ...(Object.fromEntries(ALL_SURVEYS.map((kind) => [kind, ofKind(kind).optional()])) as Record<
    SurveyKind,
    z.ZodOptional<ReturnType<typeof ofKind>>
  >),
  words: textsOf(SURVEY_PAGE_WORDS).optional().meta({
    description:
      'What else stands on the page; `low`, `middle` and `high` are the follow-up question for a bad, a middling and a good score.',
  }),
});

const driver = z.strictObject({
  id: id.meta({ description: 'Names the driver in tags: `driver__speed`.', examples: ['speed'] }),
  name: z.record(language, line(60)).meta({
    description: 'What the customer reads, by language; English stands in for those left out.',
    examples: [{ en: 'How fast it was', es: 'La rapidez' }],
  }),
});

export const surveyPage = z.strictObject({
  brand: line(60)
    .optional()
    .meta({
      description: 'The name on the page and in its texts, in place of `company`.',
      examples: ['Northwind'],
    }),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0f6b5c')
    .optional()
    .meta({
      description: 'The colour of buttons and marks. It is darkened or lightened where it could not be read.',
      examples: ['#0f6b5c'],
    }),
  logo: z
    .string()
    .regex(/^https:\/\/[^\s"'<>;,]+$/, 'must be an address that begins with https://')
    .optional()
    .meta({
      description: 'The address of a picture, shown in place of the name.',
      examples: ['https://northwind.example/logo.png'],
    }),
  look: z
    .partialRecord(z.enum(ALL_SURVEYS), z.enum(['emoji', 'stars', 'numbers']))
    .optional()
    .meta({
      description: 'How the scale looks. Default: faces for five scores, numbers for more.',
      examples: [{ csat: 'stars', nps: 'numbers' }],
    }),
  drivers: z.array(driver).max(12, 'has more than 12 drivers').optional().meta({
    description: 'Reasons to tick. Default: speed, knowledge, friendliness, solution, effort. `[]` asks for none.',
  }),
  ask_to_contact: z.boolean().default(true).meta({ description: 'Whether the page asks “May we contact you?”.' }),
  texts: z
    .record(language, texts)
    .optional()
    .meta({
      description:
        'Texts in place of ours, by language. A language that we do not have needs all of them; English stands in for what is missing.',
      examples: [{ es: { csat: { question: '¿Qué tal le atendimos?' }, words: { send: 'Enviar' } } }],
    }),
});
