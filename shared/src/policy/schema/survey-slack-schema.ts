// Declares to which Slack channels the answers of a survey go.
import { z } from 'zod';
import { SURVEY_KINDS, type SurveyKind } from '../../words/survey-kinds.ts';
import { readScoreRange } from '../../words/survey-words.ts';
import { errorAt, type Finding } from '../finding.ts';
import { slackChannel } from './alerts-schema.ts';
import { fromCheck } from './from-check.ts';

/** Each answer is a message in every channel whose `scores` it is among. */
export const surveySlack = (kind: SurveyKind) => {
  const names = SURVEY_KINDS[kind].classes.map(({ name }) => name);
  const { lowest } = SURVEY_KINDS[kind];
  return z
    .array(
      z.strictObject({
        channel: slackChannel.meta({
          description: 'The channel, as elsewhere in the policy: the environment has its address.',
          examples: ['leads'],
        }),
        scores: z
          .custom<string | number>()
          .check(fromCheck((value) => checkScores(kind, value)))
          .optional()
          .meta({
            title: 'scores',
            description: `Which answers are posted: a class (\`${names.join('`, `')}\`), a range of scores or one score. Left out: all.`,
            examples: [names[0], `${lowest}-${lowest + 2}`],
            anyOf: [{ enum: names }, { type: 'string', pattern: '^\\d+-\\d+$' }, { type: 'integer' }],
          }),
        words: z
          .boolean()
          .default(true)
          .meta({
            description:
              'Whether the message has the customer’s words and organization. E-mail addresses, phone numbers and card numbers are removed.',
            examples: [false],
          }),
      }),
    )
    .max(10, 'has more than 10 entries')
    .optional()
    .meta({
      description: 'The Slack channels to notify of each answer, within seconds. Left out: none.',
      examples: [[{ channel: 'leads', scores: names[0] }]],
    });
};

function checkScores(kind: SurveyKind, value: unknown): Finding[] {
  if (value === undefined || readScoreRange(kind, value) !== null) return [];
  const { classes, lowest, highest } = SURVEY_KINDS[kind];
  const names = classes.map(({ name }) => name).join(', ');
  return [
    errorAt(
      [],
      `must be ${names}, a score or a range of scores from ${lowest} to ${highest}, such as ${lowest}-${lowest + 2}`,
    ),
  ];
}
