// Declares the input for tickets, in the words of Zendesk's API.
import type { Audit } from './audit.ts';
import type { CustomFieldValue, Priority, Status, Ticket, TicketType } from './types.ts';

export interface CommentInput {
  body?: string | undefined;
  html_body?: string | undefined;
  /** Left out, it follows the ticket's first comment (Zendesk has no fixed default). */
  public?: boolean | undefined;
  /** Default: the actor. */
  author_id?: number | undefined;
  /** Tokens of files that were uploaded for it. */
  uploads?: readonly string[] | undefined;
}

interface RequesterInput {
  name?: string | undefined;
  email?: string | undefined;
}

export interface TicketPatch {
  subject?: string | undefined;
  type?: TicketType | null | undefined;
  priority?: Priority | null | undefined;
  status?: Exclude<Status, 'deleted'> | undefined;
  custom_status_id?: number | undefined;
  requester_id?: number | undefined;
  /** A known e-mail address finds the user, an unknown one makes one. */
  requester?: RequesterInput | undefined;
  assignee_id?: number | null | undefined;
  assignee_email?: string | undefined;
  group_id?: number | null | undefined;
  organization_id?: number | null | undefined;
  brand_id?: number | undefined;
  ticket_form_id?: number | undefined;
  external_id?: string | null | undefined;
  problem_id?: number | null | undefined;
  due_at?: string | null | undefined;
  collaborator_ids?: readonly number[] | undefined;
  follower_ids?: readonly number[] | undefined;
  email_cc_ids?: readonly number[] | undefined;
  tags?: readonly string[] | undefined;
  additional_tags?: readonly string[] | undefined;
  remove_tags?: readonly string[] | undefined;
  custom_fields?: readonly CustomFieldValue[] | undefined;
  comment?: CommentInput | undefined;
  /** Either of the two present makes the update refuse (`stale`) unless the stamp equals `updated_at`. */
  safe_update?: boolean | undefined;
  updated_stamp?: string | undefined;
  /** Kept in the audit as `metadata.custom`. */
  metadata?: Record<string, unknown> | undefined;
  /** Of a mail that was suspended and recovered: the cause of the suspension, kept in the audit's metadata. */
  suspension_type_id?: number | undefined;
}

export interface NewTicket extends TicketPatch {
  /** The first message; `comment` says the same with more options. */
  description?: string | undefined;
  submitter_id?: number | undefined;
  recipient?: string | undefined;
  via_followup_source_id?: number | undefined;
}

export interface TicketWrite {
  ticket: Ticket;
  audit: Audit;
}

export interface MergeInput {
  ids: readonly number[];
  target_comment?: string | undefined;
  source_comment?: string | undefined;
  target_comment_is_public?: boolean | undefined;
  source_comment_is_public?: boolean | undefined;
}
