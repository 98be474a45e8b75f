// Declares the texts of surveys that a policy may replace.
import { z } from 'zod';
import { findTextMistake } from '../../text/fill-text.ts';
import { ALL_SURVEYS, type SurveyKind, scoresOf } from '../../words/survey-kinds.ts';
import { errorAt } from '../finding.ts';
import { line } from './atoms.ts';
import { fromCheck } from './from-check.ts';

/** What stands on the pages and in the mails of all kinds, and which names each text may hold. */
export const SURVEY_WORDS = {
  greeting: ['name'],
  greeting_without_name: [],
  request: ['number'],
  intro: ['company', 'request'],
  how: [],
  until: ['date'],
  unsubscribe: [],
  unsubscribe_why: ['company'],
  title: [],
  about: ['request'],
  low: [],
  middle: [],
  high: [],
  comment: [],
  optional: [],
  comment_hint: ['limit'],
  drivers: [],
  may_contact: ['company'],
  privacy: ['company'],
  send: [],
  saved: [],
  change: [],
  changing: ['answer'],
  error_title: [],
  error_prefix: [],
  score_missing: [],
  comment_too_long: ['length', 'limit'],
  thanks_title: [],
  thanks: ['company'],
  your_answer: [],
  your_comment: [],
  open_until: ['date'],
  change_link: [],
  pulse_button: [],
  pulse_how: [],
  pulse_until: ['date'],
  pulse_why: ['company'],
  pulse_promise: [],
  pulse_thanks_title: [],
  pulse_thanks: ['company'],
  pulse_used_title: [],
  pulse_used: ['company'],
  unsubscribe_title: [],
  unsubscribe_text: ['company'],
  unsubscribe_button: [],
  unsubscribed_title: [],
  unsubscribed: ['company'],
  resubscribe_button: [],
  resubscribe_title: [],
  resubscribe_text: ['company'],
  resubscribed_title: [],
  resubscribed: ['company'],
  expired_title: [],
  expired: ['company'],
  expired_answered_title: [],
  expired_answered: ['company'],
  cancelled_title: [],
  cancelled: ['company'],
  trouble_title: [],
  trouble: ['company'],
  unknown_title: [],
  unknown: ['company'],
  busy_title: [],
  busy: ['company'],
  busy_sending: ['company'],
  too_large_title: [],
  too_large: ['company'],
} as const satisfies Record<string, readonly string[]>;

export type SurveyWord = keyof typeof SURVEY_WORDS;

/** A line in ICU MessageFormat that may hold these names only, so that a misspelt one is not sent. */
const filled = (most: number, names: readonly string[]) =>
  line(most).check(
    fromCheck((value) => {
      const mistake = typeof value === 'string' ? findTextMistake(value, names) : null;
      return mistake === null ? [] : [errorAt([], mistake)];
    }),
  );

const ofKind = (kind: SurveyKind) => {
  const count = scoresOf(kind).length;
  return z.strictObject({
    question: filled(200, ['company']).optional(),
    lead: line(200).optional(),
    subject: filled(120, ['company']).optional(),
    intro: filled(500, ['company', 'request']).optional().meta({
      description: 'Why the mail comes, before the question. `{request}` is empty where the survey is about no ticket.',
    }),
    labels: z
      .array(z.string().max(60, 'is longer than 60 characters'))
      .length(count, `needs ${count} labels, lowest score first; an empty one shows the number alone`)
      .optional(),
    low: line(200).optional(),
    middle: line(200).optional(),
    high: line(200).optional(),
    thanks: filled(500, ['company']).optional(),
  });
};

export const surveyTexts = z.strictObject({
  ...(Object.fromEntries(ALL_SURVEYS.map((kind) => [kind, ofKind(kind).optional()])) as Record<
    SurveyKind,
    z.ZodOptional<ReturnType<typeof ofKind>>
  >),
  words: z
    .strictObject(
      Object.fromEntries(
        Object.entries(SURVEY_WORDS).map(([word, names]) => [word, filled(500, names).optional()]),
      ) as Record<SurveyWord, z.ZodOptional<ReturnType<typeof filled>>>,
    )
    .optional()
    .meta({
      description:
        'All other texts of the pages and mails; `low`, `middle` and `high` are the follow-up question for a bad, a middling and a good score, where the survey has none of its own. Plurals are those of ICU: `{length, plural, one {# character} other {# characters}}`.',
    }),
});
