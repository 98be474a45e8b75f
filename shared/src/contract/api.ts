// Which words do the sidebar and the service exchange, beside the card?
import type { GuidanceCard } from './guidance-card.ts';
import type { Instant } from './instant.ts';

/**
 * HTTP, JSON in and out, `authorization: Bearer <access token>`:
 *
 * | call | body | answer |
 * | --- | --- | --- |
 * | `POST /api/session` | `{ renewal }` (no bearer) | `Session` |
 * | `GET /api/tickets/:id/card` | | `TicketCard` |
 * | `PUT /api/tickets/:id/category` | `CorrectCategory` | `TicketCard` |
 * | `DELETE /api/tickets/:id/corrections/:correctionId` | | `TicketCard` (the correction is undone) |
 * | `PUT /api/tickets/:id/steps/:stepId` | `TickStep` | `TicketCard` |
 * | `POST /api/tickets/:id/escalations` | `Escalate` | 201 `TicketCard` |
 * | `GET /api/guidance` | | `NewTicketGuidance` |
 * | `GET /api/live?ticket=<id>` | | `text/event-stream` of `LiveEvent` |
 *
 * A refusal is `ApiRefusal` with 400 (malformed), 401 (no or expired token), 403 (not for this agent), 404, 409 (the ticket is
 * solved or closed, Zendesk has no such group, or somebody was faster), 422 (a required field is missing), 429, 503 (Zendesk or the
 * database is away; `retry-after`).
 */
export interface Session {
  readonly accessToken: string;
  readonly accessExpiresAt: Instant;
  /** Lets the page fetch the next access token while the agent's working day lasts. Held in memory only. */
  readonly renewal: string;
  readonly agent: { readonly id: number; readonly name: string; readonly locale: string };
}

export interface CorrectCategory {
  /** The category that the agent saw: where it is another one by now, nothing is changed. */
  readonly from: string;
  readonly category: string;
}

export interface TickStep {
  readonly done: boolean;
}

export interface Escalate {
  readonly to: { readonly kind: 'tier' | 'department'; readonly id: string };
  /** By field id. */
  readonly fields: Readonly<Record<string, string>>;
  /** Made by the page, once per filled form: sending it twice escalates once. */
  readonly requestId: string;
}

/** For a ticket that is not saved yet: there is nothing to decide, but the guidance can be read. */
export interface NewTicketGuidance {
  readonly toneOfVoice: string | null;
  /** In the policy's order; `title` is the category's name, as on the cards of tickets. */
  readonly categories: readonly GuidanceCard[];
}

export interface ApiRefusal {
  readonly error:
    | 'bad_request'
    | 'token_missing'
    | 'token_expired'
    | 'token_invalid'
    | 'forbidden'
    /** The agent's role in Zendesk may read the ticket, not edit it, or not its tags. */
    | 'read_only'
    /** The agent's role may not assign tickets to `group`. */
    | 'group_not_allowed'
    | 'not_found'
    | 'closed'
    /** It goes nowhere until somebody reopens it. */
    | 'solved'
    /** Zendesk has no group by the name that the policy gives: `group`. */
    | 'no_such_group'
    | 'conflict'
    | 'fields_missing'
    | 'too_many_requests'
    | 'unavailable'
    | 'internal';
  /** For people, in English. */
  readonly message: string;
  /** With `fields_missing`: ids of the fields. */
  readonly fields?: readonly string[];
  /** With `no_such_group` its name in the policy, with `group_not_allowed` its name in Zendesk. */
  readonly group?: string;
}

/** `event: ticket` when the card of the ticket may have changed; `event: policy` when the policy or its guidance did. */
export type LiveEvent = { readonly event: 'ticket'; readonly ticketId: number } | { readonly event: 'policy' };
