// Declares reports that are sent by themselves.
import { z } from 'zod';
import { CUSTOMER_SURVEYS } from '../../words/survey-kinds.ts';
import { checkTimeOfDay, TIME_PATTERN } from '../check/check-reports.ts';
import { slackChannel } from './alerts-schema.ts';
import { id } from './atoms.ts';
import { fromCheck } from './from-check.ts';
import { email } from './people-schema.ts';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export const report = z.strictObject({
  id: id.meta({
    description: 'The id of this report, used elsewhere in the policy and by the CLI.',
    examples: ['weekly'],
  }),
  survey: z
    .enum(CUSTOMER_SURVEYS)
    .optional()
    .meta({
      description:
        'The report about this survey, as `deskwright report nps` prints it. Left out: the daily or weekly report of support.',
      examples: ['nps'],
    }),
  lists: z
    .enum(['at_risk'])
    .optional()
    .meta({
      description:
        '`at_risk`: the current list of customers who may be lost, as printed by `deskwright report at-risk`. Left out: another report.',
      examples: ['at_risk'],
    }),
  every: z.enum(['day', 'week', 'month', 'quarter']).meta({
    description:
      'The period that it covers, which ends before the day on which it is sent. `month` and `quarter` are for surveys, and are sent on the first day of the next; `day` is not for surveys.',
    examples: ['week'],
  }),
  on: z
    .enum(WEEKDAYS)
    .optional()
    .meta({ description: 'The day on which a weekly report is sent. Left out: `mon`.', examples: ['mon'] }),
  at: z
    .custom<string>()
    .check(fromCheck(checkTimeOfDay))
    .meta({ title: 'time', type: 'string', pattern: TIME_PATTERN })
    .default('08:00')
    .meta({ description: 'When it is sent, on the clock of `time_zone`.', examples: ['08:00'] }),
  mail_to: z
    .array(email)
    .max(50, 'has more than 50 entries')
    .default([])
    .meta({ description: 'Who gets it by mail.', examples: [['lead@northwind.test']] }),
  slack: slackChannel.optional().meta({ description: 'The Slack channel that gets it.', examples: ['leads'] }),
  department: id.optional().meta({
    description: 'Only this department: its hand-offs, answers and tickets. Left out: everything.',
    examples: ['warehouse'],
  }),
  categories: z
    .array(id)
    .min(1, 'is empty; name a category, or remove the key for all')
    .optional()
    .meta({ description: 'Only tickets of these categories. Left out: of every category.', examples: [['bug']] }),
});
