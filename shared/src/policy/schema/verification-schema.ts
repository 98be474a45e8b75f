// Declares how customers prove who they are.
import { z } from 'zod';
import { id, line, positiveDuration } from './atoms.ts';

const count = (most: number) =>
  z.int('must be a whole number').min(1, 'must be at least 1').max(most, `must be at most ${most}`);

const code = z.strictObject({
  minutes: count(60).default(10).meta({ description: 'How long a code can be used, in minutes.' }),
  address_unchanged_for: positiveDuration.default('24h').meta({
    description:
      'How long the address must have been unchanged in Zendesk: otherwise an agent could change it and have the code sent to an address of their own. It does not matter for the address that a customer has from the beginning.',
    examples: ['7d'],
  }),
  most_per_customer_a_day: count(50)
    .default(5)
    .meta({ description: 'The most codes that one customer is sent within 24 hours.' }),
  most_per_agent_a_day: count(1000)
    .default(30)
    .meta({ description: 'The most codes that one agent has sent within 24 hours.' }),
});

const question = z.strictObject({
  id: id.meta({ description: 'Names the question.', examples: ['postcode'] }),
  ask: line(200).meta({
    description: 'What the agent asks the customer.',
    examples: ['What is the postcode of your delivery address?'],
  }),
  tool: id.meta({
    description: 'The tool that knows the answer: a `read` without inputs. The agent never sees what it answers here.',
    examples: ['account'],
  }),
  path: z
    .string()
    .max(300, 'is longer than 300 characters')
    .meta({
      title: 'JSONPath',
      description: "Where the correct answer is in the tool's response (JSONPath, RFC 9535).",
      examples: ['$.account.postcode'],
    }),
});

export const verification = z.strictObject({
  code: code.optional().meta({
    description:
      'A six-digit code is mailed to the customer’s address in Zendesk, and the customer gives it to the agent. `{}` uses the defaults. Left out: no codes.',
  }),
  questions: z.array(question).max(5, 'has more than 5 entries').default([]).meta({
    description: 'Questions that the customer answers, all of them, in place of a code.',
  }),
  valid_for: positiveDuration.default('1h').meta({
    description: 'How long a customer stays verified on the ticket.',
    examples: ['30m'],
  }),
  locked_for: positiveDuration.default('1h').meta({
    description: 'How long further attempts are blocked after three wrong codes or answers.',
    examples: ['24h'],
  }),
});
