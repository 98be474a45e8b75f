// Declares a test of the policy: a ticket, and what the policy must decide for it.
import { z } from 'zod';
import { SOLVERS } from '../../words/survey-kinds.ts';
import { PRIORITIES, STATUSES, TICKET_TYPES } from '../../words/ticket-words.ts';
import { CUSTOM_FIELD_PATTERN } from '../condition-fields.ts';
import { errorAt, type Finding } from '../finding.ts';
import { id, line } from './atoms.ts';
import { fromCheck } from './from-check.ts';
import { amount } from './money-schema.ts';
import { expected } from './test-expectation-schema.ts';

/** Zendesk keeps at most 65,536 characters of a message. */
const MOST_CHARACTERS = 65_536;

const words = z.string().max(MOST_CHARACTERS, `is longer than ${MOST_CHARACTERS} characters`).meta({ title: 'text' });
const text = z.string().max(1_000, 'is longer than 1000 characters').meta({ title: 'text' });
const hours = z.number().min(0, 'cannot be less than 0').max(1_000_000, 'is longer than a ticket can exist');
const happened = z.boolean().optional();
const minutes = z
  .number()
  .min(0, 'cannot be less than 0')
  .max(100_000_000, 'is longer than a ticket can exist')
  .optional();
type CustomValue = string | number | boolean | readonly string[];

const customValue = z.custom<CustomValue>().check(fromCheck(checkCustomValue));

const payment = z.strictObject({
  paid: amount.meta({ description: 'What was paid.', examples: [120] }),
  refunded: amount.optional().meta({
    description: 'What was refunded of it before, by anybody. Left out: nothing.',
    examples: [20],
  }),
  days_ago: z
    .int('must be a whole number of days')
    .min(0, 'cannot be less than 0')
    .max(36_500, 'is longer ago than a payment can be')
    .optional()
    .meta({ description: 'How many days ago it was made. Left out: today.', examples: [31] }),
  disputed: happened.meta({
    description: 'Whether the customer disputes it at their bank. Left out: no.',
    examples: [true],
  }),
});

/** Any key; those that are not fields are reported by `checkTests`. */
const given = z
  .object({
    subject: words.optional().meta({ description: 'The subject line.', examples: ['I want my money back'] }),
    description: words
      .optional()
      .meta({ description: 'The first message, as the customer wrote it.', examples: ['The tent leaks.'] }),
    comment: words.optional().meta({
      description: "The customer's newest public comment. Left out: the description.",
      examples: ['Still waiting'],
    }),
    tags: z
      .array(text)
      .optional()
      .meta({ description: 'The tags on the ticket.', examples: [['vip']] }),
    status: z
      .enum(STATUSES)
      .optional()
      .meta({ description: 'The status. Left out: `new`.', examples: ['open'] }),
    priority: z
      .enum(PRIORITIES)
      .optional()
      .meta({ description: 'The priority. Left out: none.', examples: ['low'] }),
    type: z
      .enum(TICKET_TYPES)
      .optional()
      .meta({ description: 'The ticket type. Left out: none.', examples: ['incident'] }),
    via: text.optional().meta({ description: 'How the ticket came in. Left out: `email`.', examples: ['chat'] }),
    channel: text.optional().meta({ description: 'The same as `via`.', examples: ['chat'] }),
    group: text
      .optional()
      .meta({ description: 'The name of the group the ticket is with.', examples: ['Support Tier 1'] }),
    assignee: text.optional().meta({
      description: 'The e-mail address of the agent it is assigned to.',
      examples: ['ana@northwind.test'],
    }),
    requester: text.optional().meta({ description: "The customer's name.", examples: ['Robin Field'] }),
    requester_email: text
      .optional()
      .meta({ description: "The customer's e-mail address.", examples: ['robin@example.com'] }),
    organization: text.optional().meta({ description: "The name of the customer's organization.", examples: ['Acme'] }),
    brand: text.optional().meta({ description: 'The name of the brand.', examples: ['Northwind Outdoor'] }),
    form: text.optional().meta({ description: 'The name of the ticket form.', examples: ['Returns'] }),
    language: text
      .optional()
      .meta({ description: "The customer's language, as Zendesk writes it.", examples: ['en-US'] }),
    created_hours_ago: hours.optional().meta({
      description: 'Hours since the ticket was created. Left out: `waiting_hours`, or 0.',
      examples: [24],
    }),
    waiting_hours: hours.optional().meta({
      description:
        'How many hours the customer has waited. Left out: since the ticket was created while it is new or open, otherwise not waiting.',
      examples: [8],
    }),
    solved_by: z
      .enum(SOLVERS)
      .optional()
      .meta({
        description: 'Who solved the ticket, for `survey`. Left out: `agent`.',
        examples: ['automation'],
      }),
    escalated: happened.meta({
      description: 'Whether it went up to a higher tier before the solve. Left out: it did not.',
      examples: [true],
    }),
    reopened: happened.meta({
      description: 'Whether it was reopened before the solve. Left out: it was not.',
      examples: [true],
    }),
    refunded: happened.meta({
      description: 'Whether an agent recorded a refund for it. Left out: none did.',
      examples: [true],
    }),
    first_reply_minutes: minutes.meta({
      description: 'Minutes until the first public reply. Left out: there was none.',
      examples: [90],
    }),
    first_reply_business_minutes: minutes.meta({ description: 'The same in business hours.', examples: [90] }),
    requester_wait_minutes: minutes.meta({
      description: 'Minutes for which the ticket was new, open or on hold. Left out: unknown.',
      examples: [2880],
    }),
    requester_wait_business_minutes: minutes.meta({ description: 'The same in business hours.', examples: [960] }),
    agent: z
      .email('must be an e-mail address')
      .optional()
      .meta({
        title: 'e-mail address',
        description: 'The agent who looks at the ticket, for `refund_limit` and `refund`. Left out: any agent.',
        examples: ['trainee@northwind.test'],
      }),
    agent_tier: id.optional().meta({
      description: "The tier whose group that agent is in. Left out: the ticket's tier.",
      examples: ['t1'],
    }),
    refund: amount.optional().meta({ description: 'The refund that the agent enters.', examples: [80] }),
    refunded_today: amount.optional().meta({
      description: 'What that agent has refunded earlier on the same day. Left out: nothing.',
      examples: [150],
    }),
    agent_role: z
      .enum(['agent', 'admin'])
      .optional()
      .meta({ description: "That agent's role in Zendesk. Left out: `agent`.", examples: ['admin'] }),
    payment: payment.optional().meta({
      description: 'The payment that is refunded. Left out: it is not known, as when a refund is recorded by hand.',
      examples: [{ paid: 120, refunded: 20 }],
    }),
    refunded_on_ticket: amount.optional().meta({
      description: 'What was refunded on the ticket before, by anybody. Left out: nothing.',
      examples: [60],
    }),
    refunded_to_customer: amount.optional().meta({
      description:
        'What the customer got within the days of `per_customer`, on the same day: without a payment it is added for ' +
        '`needs_verified_customer_above`. Left out: nothing.',
      examples: [250],
    }),
    customer_verified: happened.meta({
      description: 'Whether the customer was verified on the ticket. Left out: no.',
      examples: [true],
    }),
    same_refund_before: happened.meta({
      description: 'Whether the same amount was refunded on the ticket or payment before. Left out: no.',
      examples: [true],
    }),
  })
  .catchall(customValue)
  .meta({
    patternProperties: {
      [CUSTOM_FIELD_PATTERN.source]: { type: ['string', 'number', 'boolean', 'array'], items: { type: 'string' } },
    },
    additionalProperties: false,
  });

export const policyTest = z.strictObject({
  name: line(200).meta({
    description: 'Says in words what must hold.',
    examples: ['money back is tier 1 and gets the effort survey'],
  }),
  given: given.meta({
    description:
      'A ticket, by the names of the fields of conditions, `custom_field:<id>` included. Fields left out are those of a new e-mail from a customer about whom nothing else is known.',
  }),
  expect: expected.meta({
    minProperties: 1,
    description: 'What must be decided for it: at least one of these.',
  }),
});

/** Text, a number, `true` or `false`, or a list of texts (a multi-select field). */
function checkCustomValue(value: unknown): Finding[] {
  const isOne = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const isList = Array.isArray(value) && value.every((entry) => typeof entry === 'string');
  if (isOne || isList || value === undefined || value === null) return [];
  return [errorAt([], 'must be text, a number, true or false, or a list of texts')];
}
