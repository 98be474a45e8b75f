// Describes tickets that agents skipped in guided mode.

/** A ticket that an agent skipped in guided mode. */
export interface ZendeskSkip {
  id: number;
  ticket_id: number;
  user_id: number;
  created_at: string;
  /** In the agent's words; may be empty. */
  reason: string;
}

export interface SkipPage {
  /** Those that cannot be read are left out. */
  skips: ZendeskSkip[];
  /** What to ask for after this page; null: the page is empty. */
  cursor: string | null;
  hasMore: boolean;
}
