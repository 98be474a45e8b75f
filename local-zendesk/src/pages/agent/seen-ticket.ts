// What did the agent see of a ticket when the form was shown?
import { z } from 'zod';
import type { Ticket } from '../../account/types.ts';

const seenSchema = z.object({
  status: z.string(),
  priority: z.string().nullable(),
  group_id: z.number().nullable(),
  assignee_id: z.number().nullable(),
  tags: z.array(z.string()),
});

/** Travels with the form, so that only what the agent changed is written. */
export type SeenTicket = z.infer<typeof seenSchema>;

export function writeSeen({ status, priority, group_id, assignee_id, tags }: Ticket): string {
  return JSON.stringify({ status, priority, group_id, assignee_id, tags } satisfies {
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
