// Validates the requests of the control API.
import { z } from 'zod';
import { MESSAGING_CHANNELS } from '../account/conversations.ts';
import { AUTOMATIC_KINDS } from '../seed/phrases/automatic-answers.ts';

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `1500` (ms) or `"90s"`, `"30m"`, `"24h"`, `"5d"`; gives milliseconds. */
const duration = z.union([
  z.number().nonnegative(),
  z
    .string()
    .regex(/^\d+(\.\d+)?(ms|s|m|h|d)$/, 'must be a number of milliseconds or like "90s", "30m", "24h", "5d"')
    .transform((text) => Number.parseFloat(text) * UNITS[text.replace(/^[\d.]+/, '') as keyof typeof UNITS]),
]);

const chance = z.strictObject({
  rate: z.number().min(0).max(1).optional(),
  next: z.number().int().nonnegative().optional(),
});

export const clockRequest = z.strictObject({ advance: duration });

export const webhookFaultsRequest = z.strictObject({
  drop: chance.optional(),
  double: chance.optional(),
  reorder: chance.optional(),
  delay: chance.extend({ ms: z.number().nonnegative().optional() }).optional(),
  throttle: chance.extend({ for: duration.optional() }).optional(),
});

export const restFaultRequest = z.strictObject({
  answer: z.union([z.literal(429), z.literal(500), z.literal(503), z.literal('timeout')]),
  next: z.number().int().positive().optional(),
  rate: z.number().min(0).max(1).optional(),
  for: duration.optional(),
  path: z.string().startsWith('/').optional(),
  method: z.string().optional(),
  retry_after: z.number().int().nonnegative().optional(),
});

export const trickleRequest = z.strictObject({
  on: z.boolean().optional(),
  ticket_every: duration.optional(),
  solve_every: duration.optional(),
  answer_every: duration.optional(),
});

export const newTicketRequest = z.strictObject({
  email: z.email(),
  name: z.string().min(1).optional(),
  subject: z.string().min(1),
  message: z.string().min(1),
});

export const customerRequest = z.union([
  z.strictObject({ message: z.string().min(1) }),
  z.strictObject({
    /** Their mail program answers. */
    automatic: z.enum(AUTOMATIC_KINDS),
    /** The mail had been suspended, and an agent recovered it. */
    recovered: z.boolean().default(false),
  }),
]);

export const conversationRequest = z.strictObject({
  email: z.email(),
  name: z.string().min(1).optional(),
  channel: z.enum(MESSAGING_CHANNELS).optional(),
  message: z.string().min(1),
});

export const messageRequest = z.strictObject({
  /** `customer`, `bot`, `trigger`, or an agent's e-mail address or id. */
  from: z.union([z.string(), z.number()]),
  message: z.string().min(1),
});

export const agentRequest = z.strictObject({
  /** E-mail address or id of the agent. */
  as: z.union([z.string(), z.number()]),
  do: z.enum(['solve', 'reopen', 'comment']),
  message: z.string().min(1).optional(),
  public: z.boolean().optional(),
});
