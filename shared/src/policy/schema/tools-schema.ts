// Declares the tools of agents: requests to the systems of the company, such as a search for an account.
import { z } from 'zod';
import { id, line, name } from './atoms.ts';
import { allowedAgents } from './people-schema.ts';

const text = (most: number) => z.string().max(most, `is longer than ${most} characters`).meta({ title: 'text' });

const request = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET').meta({ description: 'The method of HTTP.' }),
  address: text(1000).meta({
    description:
      'Where the request goes. After the host it may have placeholders: `{{input.<id>}}`, `{{customer.email}}`, `{{customer.id}}`, `{{customer.name}}`, `{{ticket.id}}`, `{{agent.id}}`, `{{agent.email}}`. ' +
      'Their values are escaped, so that they change neither the host nor the path. Redirects are not followed.',
    examples: ['https://shop.example.com/api/orders/{{input.order}}'],
  }),
  headers: z
    .record(z.string().regex(/^[\w-]{1,60}$/, 'is not the name of a header'), text(500))
    .default({})
    .meta({
      title: 'headers',
      description:
        'Further headers. They may have the placeholders `{{secret}}`, `{{ticket.id}}`, `{{agent.id}}` and `{{agent.email}}`.',
      examples: [{ authorization: 'Bearer {{secret}}' }],
    }),
  body: z
    .record(z.string(), z.unknown())
    .optional()
    .meta({
      title: 'JSON',
      description: 'Sent as JSON; its texts may have the placeholders of `address`. Left out: the request has no body.',
      examples: [{ reason: '{{input.reason}}' }],
    }),
  secret: id.optional().meta({
    description:
      'The name of the secret that replaces `{{secret}}`. The secret itself is in the environment: `TOOL_SECRET_SHOP` (or `TOOL_SECRET_SHOP_FILE`) for `shop`.',
    examples: ['shop'],
  }),
  timeout_seconds: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(10, 'must be at most 10')
    .default(5)
    .meta({ description: 'How long an answer is waited for.' }),
  largest_answer_kb: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(1024, 'must be at most 1024')
    .default(256)
    .meta({ description: 'An answer that is larger is not read.' }),
});

const input = z.strictObject({
  id: id.meta({ description: 'Names it in placeholders.', examples: ['order'] }),
  label: name.meta({ description: 'What agents read beside the field.', examples: ['Order number'] }),
  hint: line(200)
    .optional()
    .meta({ description: 'A word of help below it.', examples: ['NW- and five digits'] }),
  required: z.boolean().default(true).meta({ description: 'Whether it must be filled in.' }),
  pattern: text(1000)
    .optional()
    .meta({
      title: 'pattern',
      description: 'An RE2 regular expression that all of it must match. Left out: any text of one line.',
      examples: [String.raw`NW-\d{5}`],
    }),
  from: z
    .string()
    .max(60, 'is longer than 60 characters')
    .optional()
    .meta({
      title: 'text',
      description:
        'What the field is filled with at first: `customer.email`, `customer.id`, `customer.name`, `ticket.id`, or the name of one of `lookups`, of which the newest find is taken.',
      examples: ['order_number'],
    }),
});

const shown = z.strictObject({
  label: name.meta({ description: 'What agents read beside it.', examples: ['Status'] }),
  path: text(300).meta({
    title: 'JSONPath',
    description: 'Where it is in the answer (JSONPath, RFC 9535). Several matches are shown as a list.',
    examples: ['$.order.status'],
  }),
});

export const tool = z.strictObject({
  id: id.meta({ description: 'Names the tool in records.', examples: ['order_status'] }),
  name: name.meta({ description: 'What agents read on its button.', examples: ['Order status'] }),
  about: line(200)
    .optional()
    .meta({ description: 'What it does, in a sentence.', examples: ['Where an order is and when it was paid.'] }),
  kind: z.enum(['read', 'write']).default('read').meta({
    description:
      '`read` only looks something up. `write` changes something: the agent confirms it, it is sent at most once, and an internal note on the ticket records the result.',
  }),
  request: request.meta({ description: 'What is sent.' }),
  inputs: z
    .array(input)
    .max(8, 'has more than 8 entries')
    .default([])
    .meta({ description: 'What the agent fills in.' }),
  show: z
    .array(shown)
    .max(12, 'has more than 12 entries')
    .default([])
    .meta({ description: 'What agents see of the answer. Nothing else of it is shown or kept.' }),
  allow: allowedAgents('t1')
    .prefault({})
    .meta({ description: 'Who may use it; others do not see it. Left out: nobody. Light agents never may.' }),
  needs_verification: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether the customer must be verified first (`verification`).' }),
  confirm: line(200)
    .optional()
    .meta({
      description:
        'The question that the agent confirms before a `write` is sent; with the placeholders of `address`. Left out: the name of the tool and its inputs.',
      examples: ['Cancel the account {{input.account}}?'],
    }),
  note: z.enum(['full', 'short']).default('full').meta({
    description:
      'What the note on the ticket contains about a `write`. Everyone who sees the ticket can read it, even those who may not use the tool: `short` leaves out the tool and its inputs.',
  }),
  beside_ticket: z.boolean().default(false).meta({
    description: 'A `read` without inputs is shown with its age as soon as an agent opens “Other systems”.',
  }),
  dry_run: z
    .boolean()
    .default(false)
    .meta({ description: 'Everything is checked, and the request is shown in place of being sent.' }),
});
