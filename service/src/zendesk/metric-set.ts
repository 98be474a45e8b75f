// Reads what Zendesk measures of a ticket: its metric set.
import { z } from 'zod';
import { idOrNone, stampOrNone } from './field-shapes.ts';

export interface ZendeskMetricSet {
  ticket_id: number;
  replies: number;
  reopens: number;
  solved_at: string | null;
  latest_comment_added_at: string | null;
  requester_updated_at: string | null;
}

const count = z.number().nullish().catch(0);

/** As nested in its ticket in some answers, where `ticket_id` may be missing. */
export const metricSetShape = z
  .object({
    ticket_id: idOrNone,
    replies: count,
    reopens: count,
    solved_at: stampOrNone,
    latest_comment_added_at: stampOrNone,
    requester_updated_at: stampOrNone,
  })
  .transform((set) => ({ ...set, replies: set.replies ?? 0, reopens: set.reopens ?? 0 }));
