// Reads what Zendesk measures of a ticket: its metric set.
import { z } from 'zod';
import { idOrNone, stampOrNone } from './field-shapes.ts';

/** Minutes, elapsed and within the account's schedule; without one both are the same. */
interface MetricMinutes {
  calendar: number | null;
  business: number | null;
}

export interface ZendeskMetricSet {
  ticket_id: number;
  replies: number;
  reopens: number;
  solved_at: string | null;
  latest_comment_added_at: string | null;
  requester_updated_at: string | null;
  reply_time_in_minutes?: MetricMinutes;
  first_resolution_time_in_minutes?: MetricMinutes;
  full_resolution_time_in_minutes?: MetricMinutes;
  requester_wait_time_in_minutes?: MetricMinutes;
}

const count = z.number().nullish().catch(0);
const whole = z
  .number()
  .nonnegative()
  .max(2 ** 31 - 1)
  .transform(Math.round)
  .nullish()
  .catch(null)
  .transform((minutes) => minutes ?? null);
const minutes = z
  .object({ calendar: whole, business: whole })
  .nullish()
  .catch(null)
  .transform((clocks) => clocks ?? { calendar: null, business: null });

/** As nested in its ticket in some answers, where `ticket_id` may be missing. */
export const metricSetShape = z
  .object({
    ticket_id: idOrNone,
    replies: count,
    reopens: count,
    solved_at: stampOrNone,
    latest_comment_added_at: stampOrNone,
    requester_updated_at: stampOrNone,
    reply_time_in_minutes: minutes,
    first_resolution_time_in_minutes: minutes,
    full_resolution_time_in_minutes: minutes,
    requester_wait_time_in_minutes: minutes,
  })
  .transform((set) => ({ ...set, replies: set.replies ?? 0, reopens: set.reopens ?? 0 }));
