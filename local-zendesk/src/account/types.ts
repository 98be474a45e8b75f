// Declares the records of an account, in Zendesk's words and shapes.

export type Status = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed' | 'deleted';
export type Priority = 'low' | 'normal' | 'high' | 'urgent';
export type TicketType = 'problem' | 'incident' | 'question' | 'task';
export type Role = 'end-user' | 'agent' | 'admin';

/** `channel` in Zendesk's words (web, email, api, chat, mobile, rule ...). */
export interface Via {
  channel: string;
  source: { from: Record<string, unknown>; to: Record<string, unknown>; rel: string | null };
}

export interface CustomFieldValue {
  id: number;
  value: string | number | boolean | readonly string[] | null;
}

/** Times are ISO 8601 UTC with whole seconds, as Zendesk prints them. */
export interface Ticket {
  id: number;
  external_id: string | null;
  via: Via;
  created_at: string;
  updated_at: string;
  /** Epoch seconds of the last change of any kind; the incremental export orders by it. */
  generated_timestamp: number;
  type: TicketType | null;
  subject: string;
  description: string;
  priority: Priority | null;
  status: Status;
  custom_status_id: number;
  recipient: string | null;
  requester_id: number;
  submitter_id: number;
  assignee_id: number | null;
  organization_id: number | null;
  group_id: number | null;
  collaborator_ids: readonly number[];
  follower_ids: readonly number[];
  email_cc_ids: readonly number[];
  problem_id: number | null;
  has_incidents: boolean;
  is_public: boolean;
  due_at: string | null;
  tags: readonly string[];
  custom_fields: readonly CustomFieldValue[];
  followup_ids: readonly number[];
  ticket_form_id: number;
  brand_id: number;
}

export interface Comment {
  id: number;
  ticket_id: number;
  author_id: number;
  body: string;
  html_body: string;
  public: boolean;
  attachment_ids: readonly number[];
  created_at: string;
  via: Via;
}

/** Which tickets an agent may see; null: all of them. Zendesk's own words, `requested` being that of end users. */
export type TicketRestriction = 'groups' | 'organization' | 'assigned' | 'requested';

export interface User {
  id: number;
  name: string;
  email: string | null;
  /** Since when they have this address. */
  email_since: string;
  role: Role;
  suspended: boolean;
  verified: boolean;
  active: boolean;
  /** Nothing but the id is left of them. */
  permanently_deleted: boolean;
  locale: string;
  time_zone: string;
  organization_id: number | null;
  default_group_id: number | null;
  ticket_restriction: TicketRestriction | null;
  custom_role_id: number | null;
  external_id: string | null;
  tags: readonly string[];
  alias: string | null;
  details: string | null;
  notes: string | null;
  phone: string | null;
  signature: string | null;
  /** Where the photo was taken from; null without one. */
  photo_url: string | null;
  user_fields: Readonly<Record<string, CustomFieldValue['value']>>;
  created_at: string;
  updated_at: string;
}
