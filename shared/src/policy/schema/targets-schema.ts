// Declares reply targets.
import { z } from 'zod';
import { PRIORITIES } from '../../words/ticket-words.ts';
import { checkChannel, checkTarget } from '../check/check-targets.ts';
import { id, line, positiveDuration } from './atoms.ts';
import { fromCheck } from './from-check.ts';

export const target = z
  .strictObject({
    tier: id.optional().meta({ description: 'Only tickets of this tier. Left out: of every tier.', examples: ['t1'] }),
    priority: z
      .enum(PRIORITIES)
      .optional()
      .meta({ description: 'Only tickets of this priority. Left out: of every priority.', examples: ['urgent'] }),
    channel: z
      .string()
      .max(40, 'is longer than 40 characters')
      .check(fromCheck(checkChannel))
      .meta({ title: 'channel', pattern: '^[a-z0-9_]+$' })
      .optional()
      .meta({
        description: "Only tickets that came this way, in Zendesk's words (`via.channel`).",
        examples: ['email'],
      }),
    first_reply: positiveDuration
      .optional()
      .meta({ description: 'How soon the first public reply is due.', examples: ['4bh'] }),
    next_reply: positiveDuration.optional().meta({
      description: 'How soon every later reply is due, from the moment the customer waits.',
      examples: ['8bh'],
    }),
    because: line(300)
      .optional()
      .meta({
        description: 'Why this target, shown beside it.',
        examples: ['Our closest competitor answers within a day'],
      }),
  })
  .check(fromCheck(checkTarget))
  .meta({ anyOf: [{ required: ['first_reply'] }, { required: ['next_reply'] }] });
