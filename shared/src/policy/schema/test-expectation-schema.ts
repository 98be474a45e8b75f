// Declares what a test of the policy may expect.
import { z } from 'zod';
import { REFUND_RULES, REFUND_VERDICTS } from '../../words/refund-rules.ts';
import { SURVEYS } from '../../words/survey-kinds.ts';
import { PRIORITIES } from '../../words/ticket-words.ts';
import { checkAddTag } from '../check/check-actions.ts';
import { id, triggerId } from './atoms.ts';
import { fromCheck } from './from-check.ts';
import { amount } from './money-schema.ts';

const tags = z.array(z.string().check(fromCheck(checkAddTag)).meta({ title: 'tag' }));

const text = z.string().max(1_000, 'is longer than 1000 characters').meta({ title: 'text' });

/** The last two are from before there were approvals: verified first, and more than `refund_limit`, whatever then becomes of it. */
const REFUND_ANSWERS = [...REFUND_VERDICTS, 'needs_verified_customer', 'above_limit'] as const;

export const expected = z.strictObject({
  category: id.optional().meta({ description: 'The category.', examples: ['refunds'] }),
  tier: id.optional().meta({ description: 'The tier.', examples: ['t1'] }),
  priority: z
    .enum([...PRIORITIES, 'none'])
    .optional()
    .meta({
      description: 'The priority that the ticket then has: what triggers set, otherwise its own.',
      examples: ['high'],
    }),
  tags: tags.optional().meta({
    description: 'The tags that triggers add: these and no others, in any order.',
    examples: [['money']],
  }),
  tags_include: tags.optional().meta({
    description: 'Tags that triggers add, perhaps beside others.',
    examples: [['money']],
  }),
  survey: z
    .enum([...SURVEYS, 'none'])
    .optional()
    .meta({ description: 'The survey that the customer gets after the solve.', examples: ['ces'] }),
  trigger: triggerId.optional().meta({
    description: 'The trigger that decides the category; `none`: the default category is used.',
    examples: ['refund-wording'],
  }),
  escalation_criteria: z
    .array(text)
    .optional()
    .meta({
      description:
        "The criteria of the ticket's tier that hold, by their text: these and no others. Criteria without conditions are left to people and do not count.",
      examples: [['Customer threatens legal action']],
    }),
  drivers: z
    .array(id)
    .optional()
    .meta({
      description:
        'The drivers that the words of `surveys.lexicon` find in `comment`, as in an answer to a survey: these and no others, in any order.',
      examples: [['speed']],
    }),
  refund_limit: amount.optional().meta({
    description: 'The most that the agent may refund now, in the currency of `refunds`.',
    examples: [50],
  }),
  refund: z
    .enum(REFUND_ANSWERS)
    .optional()
    .meta({
      description:
        'What is decided about the amount in `given.refund`. `needs_verified_customer` is the same as `needs_verification`; `above_limit`: it is more than `refund_limit`, whether it then needs an approval or is refused.',
      examples: ['needs_approval'],
    }),
  refund_rule: z
    .enum([...REFUND_RULES, 'none'])
    .optional()
    .meta({
      description: 'The first rule against that refund; `none`: it is allowed.',
      examples: ['per_agent_per_day'],
    }),
});
