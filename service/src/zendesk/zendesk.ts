// Defines what the service needs from Zendesk; the real client and the fake both implement it.
import { ExternalError } from '../platform/errors/external-error.ts';
import type { MailMarks } from './mail-marks.ts';
import type { ZendeskMetricSet } from './metric-set.ts';
import type { RoleRights, RoleTicketAccess, RuleChangePage, SkipPage, UserAddress } from './records.ts';
import type { UnreadableRecord } from './unreadable-record.ts';

export type { UserAddress, ZendeskMetricSet };

/** REST shapes, reduced to what we read; times are ISO 8601 text, as Zendesk sends them, and `via` has the policy's words, see `readChannel`. */
export interface ZendeskTicket {
  id: number;
  subject: string | null;
  description: string | null;
  status: string;
  priority: string | null;
  type: string | null;
  via: { channel: string } | null;
  tags: string[];
  group_id: number | null;
  assignee_id: number | null;
  requester_id: number | null;
  /** Who wrote the first message; -1 is Zendesk itself. */
  submitter_id: number | null;
  /** Whether any comment is public; for a new ticket: whether its first message is. */
  is_public: boolean;
  organization_id: number | null;
  brand_id: number | null;
  ticket_form_id: number | null;
  custom_fields: { id: number; value: string | number | boolean | string[] | null }[];
  created_at: string;
  updated_at: string;
  generated_timestamp: number;
  /** What Zendesk's own survey got, or that it was sent; left out: it was not. */
  satisfaction?: 'offered' | 'good' | 'bad' | undefined;
}

/** Author -1 is Zendesk itself, null is unknown. */
export interface ZendeskComment {
  id: number;
  author_id: number | null;
  body: string;
  public: boolean;
  created_at: string;
  via?: { channel: string } | null;
  /** What shows that a mail was sent by a program; omitted: nothing does. */
  marks?: MailMarks;
}

export interface ZendeskUser {
  id: number | null;
  name: string;
  email: string | null;
  role: 'end-user' | 'agent' | 'admin';
  suspended: boolean;
  locale: string | null;
  iana_time_zone?: string | null | undefined;
  created_at?: string | null | undefined;
  external_id?: string | null | undefined;
  /** By the fields' keys. */
  user_fields?: Readonly<Record<string, unknown>> | null | undefined;
}

/** A user of the incremental export. */
export interface ExportedUser extends ZendeskUser {
  id: number;
  /** False: deleted, permanently or not, or merged into another. */
  active: boolean;
  permanently_deleted: boolean;
}

/** A user with everything that determines what they can see and change in Zendesk. */
export interface ZendeskAgent extends ZendeskUser {
  id: number;
  /** False: deleted. */
  active: boolean;
  organization_id: number | null;
  /** Null: no restriction (or it is set by the custom role). */
  ticket_restriction: 'organization' | 'groups' | 'assigned' | 'requested' | null;
  custom_role_id: number | null;
  /** From the custom role; null without one, or if Zendesk does not show it or names an unknown access. */
  ticket_access: RoleTicketAccess | null;
  /** From the custom role; null without one, or if Zendesk does not show it. */
  role_rights: RoleRights | null;
  group_ids: number[];
}

/** One row of a write. `tags` replaces all (single PUT); `additional_tags`/`remove_tags` are for bulk rows. */
export interface TicketWrite {
  tags?: string[];
  additional_tags?: string[];
  remove_tags?: string[];
  group_id?: number | null;
  /** Removes the assignee; an agent who is also in the new group would keep the ticket otherwise. */
  assignee_id?: null;
  priority?: string | null;
  comment?: { body: string; public: false };
  /** Stored in the audit's `metadata.custom`: how we recognise our own write after a crash. */
  /** Reopens a solved ticket. */
  status?: 'open';
  metadata?: { deskwright_effects: string };
  updated_stamp?: string;
  safe_update?: true;
}

/** A ticket that we open for a customer. Its first comment is never public, so that no mail goes to them. */
export interface NewTicket {
  subject: string;
  comment: { body: string; public: false };
  requester_id: number;
  /** Only a task has `due_at`. */
  type: 'task';
  /** ISO 8601. */
  due_at: string;
  group_id?: number;
  brand_id?: number;
  tags: string[];
  /** By which it is found again. */
  external_id: string;
  /** The closed ticket that it follows. Zendesk ignores one that is not closed. */
  via_followup_source_id?: number;
}

export interface JobStatus {
  id: string;
  status: 'queued' | 'working' | 'failed' | 'completed' | 'killed';
  results: { id: number; success: boolean; error: string | null; details: string | null }[];
}

export interface ExportPage {
  tickets: ZendeskTicket[];
  /** Records that could not be read. */
  unreadable?: readonly UnreadableRecord[];
  metricSets: ZendeskMetricSet[];
  cursor: string | null;
  endOfStream: boolean;
}

/** One change of a ticket, as the export of ticket events tells it. `incomplete`: it has a comment that cannot be read here, or changed one of before. */
interface TicketUpdate {
  ticket_id: number;
  created_at: string;
  comments: ZendeskComment[];
  /** It set the ticket to solved or closed. */
  solves: boolean;
  incomplete: boolean;
}

export interface TicketEventPage {
  updates: TicketUpdate[];
  /** Some could not be read, and nobody knows of which tickets. */
  hasUnreadable: boolean;
  /** Epoch seconds of the last event, if any. The next page starts there and repeats that second. */
  endTime: number | null;
  endOfStream: boolean;
}

interface UserExportPage {
  users: ExportedUser[];
  cursor: string | null;
  endOfStream: boolean;
}

/** All methods throw `ZendeskError`; a ticket that does not exist is `null` where the type says so. */
export interface Zendesk {
  /** `tries`: attempts of the read; fewer than usual if a quick failure is preferable. */
  me(options?: { tries?: number }): Promise<ZendeskUser>;
  /** Whether the endpoint that refused a call fails for other records too. Costs a call; false if nothing was sent. */
  isEndpointDown(error: ZendeskError): Promise<boolean>;
  /** Milliseconds until more than half of the account's rate limit is available again; 0: it is, as far as answers say. */
  scarceMs(): number;
  showTicket(id: number): Promise<ZendeskTicket | null>;
  showTickets(ids: readonly number[]): Promise<ZendeskTicket[]>;
  listComments(ticketId: number): Promise<ZendeskComment[]>;
  /** `metadata.custom` of each audit, newest last. */
  listAuditMetadata(ticketId: number): Promise<{ auditId: number; custom: Record<string, unknown> }[]>;
  /** What triggers and automations of Zendesk changed on the ticket, from its audits, 100 audits a page; null for the first page. */
  listRuleChanges(ticketId: number, cursor: string | null): Promise<RuleChangePage>;
  /** When the ticket last became solved or closed, from its audits; null: never. */
  lastSolvedAt(ticketId: number): Promise<string | null>;
  updateTicket(id: number, write: TicketWrite): Promise<ZendeskTicket>;
  updateTickets(rows: readonly (TicketWrite & { id: number })[]): Promise<{ jobId: string }>;
  /** `idempotencyKey`: for two hours Zendesk answers a second call with the same key and ticket by the first one's ticket, and opens no other. */
  createTicket(ticket: NewTicket, idempotencyKey: string): Promise<ZendeskTicket>;
  /** The oldest one with this external id; null: there is none. */
  findTicketByExternalId(externalId: string): Promise<ZendeskTicket | null>;
  showJob(jobId: string): Promise<JobStatus | null>;
  /** `startTime` in epoch seconds for the first page, `cursor` afterwards. Up to 1,000 tickets per page. */
  exportTickets(from: { startTime: number } | { cursor: string }): Promise<ExportPage>;
  /** All changes of all tickets since `startTime` (epoch seconds) with their comments, oldest first, up to 1,000 a page; without the last minute. */
  exportTicketEvents(startTime: number): Promise<TicketEventPage>;
  /** About how many tickets the account has, archived ones left out. */
  countTickets(): Promise<number>;
  /** Like `exportTickets`, for users, including deleted ones. */
  exportUsers(from: { startTime: number } | { cursor: string }): Promise<UserExportPage>;
  /** Skips of the whole account, the oldest first, up to 100 a page; null for the first page. Without those of archived tickets. */
  listSkips(cursor: string | null): Promise<SkipPage>;
  listAgents(): Promise<ZendeskUser[]>;
  showUsers(ids: readonly number[]): Promise<ZendeskUser[]>;
  /** The address to which Zendesk writes to a user, and when it was last changed. Null: there is no such user, or no address. Two calls. */
  showAddress(userId: number): Promise<UserAddress | null>;
  /** A user with their groups and custom role. Null: there is no such user. */
  showAgent(id: number): Promise<ZendeskAgent | null>;
  /** The same for many, without those who do not exist: one call per 100 users and per 100 group memberships, and one for all roles. */
  showAgents(ids: readonly number[]): Promise<ZendeskAgent[]>;
  /** The PEM public key that verifies an app's signed tokens. Throws `not_found` for an app that does not exist. */
  readAppKey(appId: number): Promise<string>;
  listNames(kind: 'group' | 'organization' | 'brand' | 'form'): Promise<{ id: number; name: string }[]>;
}

export type ZendeskErrorKind =
  /** 429, or 503 with `retry-after`: wait `retryAfterMs`. */
  | 'busy'
  /** 5xx, redirect, connection refused, time-out, a page in place of JSON: retry later; a write may have been done. */
  | 'unavailable'
  /** 409: the ticket changed since it was read. */
  | 'conflict'
  | 'not_found'
  /** 400, 413, 422: it can never succeed in this form. */
  | 'rejected'
  /** 401, 402, 403, 451: the login, its scope, the account or the permission for this one record (`classifyFailure` finds out which). */
  | 'forbidden';

/** A refusal by Zendesk. `message` is safe to log: method, path without query, status, Zendesk's error code. */
export class ZendeskError extends ExternalError {
  declare readonly kind: ZendeskErrorKind;
  /** True: every call would be refused for the same reason. False: unknown. */
  readonly concernsAll: boolean;
  /** What was sent; null: nothing was, or Zendesk's answer was read but has an unknown form. */
  call: { method: string; path: string } | null = null;

  constructor(
    kind: ZendeskErrorKind,
    message: string,
    status: number | null,
    retryAfterMs: number | null = null,
    concernsAll = kind === 'forbidden' && status !== 403,
  ) {
    super('Zendesk', kind, message, status, retryAfterMs);
    this.name = 'ZendeskError';
    this.concernsAll = concernsAll;
  }
}
