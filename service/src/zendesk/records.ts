// Describes records of Zendesk that are no tickets: addresses of users, rights of roles, tickets that agents skipped, and what rules changed.

export interface UserAddress {
  readonly email: string;
  /** When somebody gave the user this address, or changed it; null: they have it since they are in Zendesk. ISO 8601. */
  readonly changedAt: string | null;
}

/** Which tickets a custom role can access (Enterprise); Zendesk's `support-oas` schema has these five values. */
export type RoleTicketAccess =
  | 'all'
  | 'assigned-only'
  | 'within-groups'
  | 'within-groups-and-public-groups'
  | 'within-organization';

/** What a custom role allows on tickets. What Zendesk leaves out counts as not allowed. */
export interface RoleRights {
  /** Edit ticket properties. False for every light agent, whatever the other permissions are. */
  edit_tickets: boolean;
  edit_tags: boolean;
  assign_to_any_group: boolean;
}

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

/** One field, by one rule. */
export interface RuleChange {
  auditId: number;
  /** ISO 8601. */
  at: string;
  kind: 'trigger' | 'automation';
  /** Null: Zendesk does not say. */
  ruleId: number | null;
  title: string;
  /** The rule does not exist any more. */
  isDeleted: boolean;
  /** `status`, `priority`, `group_id`, `tags`; the number of a custom field. */
  field: string;
  /** Ids and numbers as text; a list of tags. Null: none. */
  from: string | readonly string[] | null;
  to: string | readonly string[] | null;
}

export interface RuleChangePage {
  /** Oldest first. Those that cannot be read are left out. */
  changes: RuleChange[];
  /** What to ask for after this page; null: it is the last. */
  cursor: string | null;
}
