// Declares what is done about bad survey answers, and what agents record about it.
import { z } from 'zod';
import { OUTCOMES, ROOT_CAUSES } from '../../words/survey-words.ts';
import { checkShareOfTarget, SHARE_OF_TARGET } from '../check/check-amount.ts';
import { id, name, positiveDuration } from './atoms.ts';
import { fromCheck } from './from-check.ts';
import { email } from './people-schema.ts';

type FollowUpAction = 'reopen' | 'new_ticket' | 'none';

/** @param actions what the survey allows: an answer that is about no ticket can reopen none */
export function followUp<const Actions extends readonly FollowUpAction[]>(actions: Actions) {
  return z.strictObject({
    score_at_most: z
      .int('must be a whole number')
      .optional()
      .meta({
        description:
          'The highest score that is followed up. Left out: the lowest class of the survey, which is 2 for CSAT, 3 for CES and 6 (detractors) for NPS.',
        examples: [6],
      }),
    action: z
      .enum(actions)
      .default('new_ticket')
      .meta({
        description:
          '`new_ticket` opens a ticket of type task for the customer, with an internal note and without a mail to them. ' +
          (actions.includes('reopen')
            ? '`reopen` opens the ticket that the answer is about; if Zendesk has closed it by then, a follow-up ticket of it is opened. '
            : '') +
          '`none` does nothing.',
      }),
    group: name.optional().meta({
      description:
        'The group in Zendesk that owns the follow-up. Left out: a reopened ticket keeps its group, and a new one is assigned by the policy.',
      examples: ['Support Tier 2'],
    }),
    due_in: positiveDuration.default('48bh').meta({
      description: 'How soon somebody must have spoken to the customer.',
      examples: ['48bh'],
    }),
    tags: z
      .array(id)
      .max(10, 'has more than 10 tags')
      .default([])
      .meta({ description: 'Tags for the ticket of the follow-up.', examples: [['unhappy_customer']] }),
  });
}

const outcome = z.strictObject({
  id: id.meta({ description: 'Names the outcome in the history and in figures.', examples: ['resolved'] }),
  name: name.optional().meta({
    description: 'The name that agents see. Left out: the built-in name, if `id` is predefined.',
    examples: ['Resolved'],
  }),
  reached: z.boolean().meta({ description: 'Whether somebody has spoken to the customer.', examples: [true] }),
  ends: z.boolean().meta({ description: 'Whether the follow-up ends with it.', examples: [true] }),
});

const rootCause = z.strictObject({
  id: id.meta({ description: 'Names the cause in figures.', examples: ['product'] }),
  name: name.optional().meta({
    description: 'The name that agents see. Left out: the built-in name, if `id` is predefined.',
    examples: ['Product fault'],
  }),
});

export const followUps = z.strictObject({
  outcomes: z
    .array(outcome)
    .min(1, 'is empty; write an outcome or remove it')
    .max(12, 'has more than 12 outcomes')
    .default([...OUTCOMES])
    .meta({
      description:
        'What agents can record. Default: reached, not reached (both leave it open), resolved, customer lost, and unreachable.',
      examples: [[{ id: 'resolved', name: 'Resolved', reached: true, ends: true }]],
    }),
  root_causes: z
    .array(rootCause)
    .min(1, 'is empty; write a cause or remove it')
    .max(20, 'has more than 20 causes')
    .default(ROOT_CAUSES.map((cause) => ({ id: cause })))
    .meta({
      description:
        'Why the customer was unhappy, as agents record it. Default: product, speed, knowledge, communication, rules, price, other.',
      examples: [[{ id: 'delivery', name: 'Late delivery' }]],
    }),
  remind_at: z
    .array(
      z
        .custom<string>()
        .check(fromCheck(checkShareOfTarget))
        .meta({ title: 'percentage', type: 'string', pattern: SHARE_OF_TARGET }),
    )
    .max(10, 'has more than 10 entries')
    .default(['75%', '100%', '150%'])
    .meta({
      description:
        'When to remind that nobody has reached the customer: at these shares of `due_in`, each once, with a note on the ticket and in the Slack thread of the answer. Business hours count where `due_in` is in `bh`. Empty: never.',
      examples: [['75%', '100%', '150%']],
    }),
  minutes_each: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(480, 'is more than 480')
    .default(45)
    .meta({
      description:
        'How long one follow-up takes, call and notes together, in minutes: reports say from it whether following up needs a team of its own.',
      examples: [45],
    }),
  recorded_by: z
    .strictObject({
      tiers: z
        .array(id)
        .default([])
        .meta({ description: "Agents in these tiers' groups.", examples: [['t2']] }),
      agents: z
        .array(email)
        .default([])
        .meta({ description: 'These agents, whatever their tier.', examples: [['lead@northwind.test']] }),
    })
    .optional()
    .meta({
      description: 'Who may record an outcome. Left out: every agent who may edit the ticket.',
    }),
});
