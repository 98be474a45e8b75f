// Declares goals.
import { z } from 'zod';
import { checkGoal, GOAL_FIGURES } from '../check/check-goals.ts';
import { id, line, name } from './atoms.ts';
import { fromCheck } from './from-check.ts';

export const benchmark = z.strictObject({
  text: line(200).meta({
    description: 'What others reach, as a benchmark.',
    examples: ['Retail answers e-mail within 12 hours on average'],
  }),
  source: line(200).meta({
    description: 'The source of the benchmark.',
    examples: ['Customer service benchmark 2025, page 14'],
  }),
});

export const goal = z
  .strictObject({
    id: id.meta({
      description: 'The id of this goal, used elsewhere in the policy and by the CLI.',
      examples: ['first_reply'],
    }),
    name: name.meta({ description: 'What people call it.', examples: ['First reply within an hour'] }),
    figure: z.enum(GOAL_FIGURES).meta({
      description: 'What is measured; `docs/reference/figures.md` defines each figure.',
      examples: ['first_reply_time'],
    }),
    target: z
      .custom<string | number>()
      .meta({ title: 'target', anyOf: [{ type: 'string' }, { type: 'number' }] })
      .meta({
        description:
          'What it must reach. Of times, the median: a duration (`1h`; in `bh`, business time). Of shares and rates a percentage (`90%`). Otherwise a number.',
        examples: ['1h', '90%', 4.2],
      }),
    every: z
      .enum(['day', 'week', 'month', 'quarter'])
      .default('month')
      .meta({ description: 'The period for which it is judged, by the calendar of `time_zone`.', examples: ['month'] }),
    owner: line(100).meta({
      description: 'Who is responsible: a name, a team or an e-mail address.',
      examples: ['ana@northwind.test'],
    }),
    tier: id.optional().meta({ description: 'Only tickets of this tier. Left out: of every tier.', examples: ['t1'] }),
    category: id
      .optional()
      .meta({ description: 'Only tickets of this category. Left out: of every category.', examples: ['refunds'] }),
    benchmark: benchmark.optional().meta({ description: 'What the goal is compared with, shown beside it.' }),
  })
  .check(fromCheck(checkGoal));
