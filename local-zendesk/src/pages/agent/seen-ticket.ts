// Records what the agent saw of a ticket when the form was shown.
import { z } from 'zod';
import type { Ticket } from '../../account/types.ts';

const customFieldValue = z.union([z.null(), z.string(), z.number(), z.boolean(), z.array(z.string())]);

const seenSchema = z.object({
  subject: z.string().optional(),
  status: z.string(),
  priority: z.string().nullable(),
  type: z.string().nullable().optional(),
  group_id: z.number().nullable(),
  assignee_id: z.number().nullable(),
  tags: z.array(z.string()),
  custom_fields: z.array(z.object({ id: z.number(), value: customFieldValue })).default([]),
});

/** Travels with the form, so that only what the agent changed is written. */
export type SeenTicket = z.infer<typeof seenSchema>;

export function writeSeen(ticket: Ticket): string {
  const { subject, status, priority, type, group_id, assignee_id, tags, custom_fields } = ticket;
  return JSON.stringify({ subject, status, priority, type, group_id, assignee_id, tags, custom_fields } satisfies {
    [K in keyof SeenTicket]: unknown;
  });
}

/** Null when the text is not what `writeSeen` made. */
export function readSeen(text: string): SeenTicket | null {
  try {
    return seenSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
