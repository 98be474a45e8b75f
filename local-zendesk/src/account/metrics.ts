// Declares the metrics of a ticket.

/** Minutes or seconds. Without a schedule Zendesk reports the same for both; the local account has none. */
export interface TwoClocks {
  calendar: number | null;
  business: number | null;
}

export interface TicketMetrics {
  id: number;
  ticket_id: number;
  created_at: string;
  updated_at: string;
  group_stations: number;
  assignee_stations: number;
  reopens: number;
  /** Public comments by agents. */
  replies: number;
  assignee_updated_at: string | null;
  requester_updated_at: string;
  status_updated_at: string;
  custom_status_updated_at: string;
  initially_assigned_at: string | null;
  assigned_at: string | null;
  solved_at: string | null;
  latest_comment_added_at: string;
  reply_time_in_minutes: TwoClocks;
  reply_time_in_seconds: TwoClocks;
  first_resolution_time_in_minutes: TwoClocks;
  full_resolution_time_in_minutes: TwoClocks;
  agent_wait_time_in_minutes: TwoClocks;
  requester_wait_time_in_minutes: TwoClocks;
  on_hold_time_in_minutes: TwoClocks;
}
