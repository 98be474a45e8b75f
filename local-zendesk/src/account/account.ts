// Declares everything that can be done with an account without HTTP.

import type { OAuth, Skips, Webhooks } from './access-api.ts';
import type { Clock } from './actor.ts';
import type { Conversations, Message } from './conversations.ts';
import type { CustomRoles } from './custom-roles.ts';
import type { AccountFields, AuditLogs, Brands, Groups, Organizations, Users } from './people-api.ts';
import type { Automations, Macros, Triggers, Views } from './rules-api.ts';
import type { Kept, Queue, Schedule, SlaPolicy } from './service-levels.ts';
import type { SupportAddresses } from './support-addresses.ts';
import type { SuspendedTickets } from './suspended-tickets.ts';
import type { TicketChange, WebhookAction } from './ticket-change.ts';
import type { CustomStatuses, TicketFields, TicketForms } from './ticket-schema-api.ts';
import type { Tickets } from './tickets-api.ts';
import type { Uploads } from './uploads.ts';

/**
 * One Zendesk account, in memory. Everything read from it is a snapshot which never changes under the reader.
 * Writers name an `Actor` (`{ id, channel?, at? }`) and get a `Result`: `expectOk(result)` unwraps it where a
 * refusal would be a bug.
 */
export interface Account {
  /** The number that webhooks send as `account_id`. */
  readonly id: number;
  readonly subdomain: string;
  readonly clock: Clock;
  /** The first admin. */
  readonly ownerId: number;
  readonly tickets: Tickets;
  /** The conversations of messaging tickets. */
  readonly conversations: Conversations;
  readonly users: Users;
  readonly groups: Groups;
  readonly organizations: Organizations;
  readonly brands: Brands;
  readonly views: Views;
  readonly triggers: Triggers;
  readonly automations: Automations;
  readonly macros: Macros;
  readonly ticketFields: TicketFields;
  readonly ticketForms: TicketForms;
  readonly customStatuses: CustomStatuses;
  readonly userFields: AccountFields;
  readonly organizationFields: AccountFields;
  readonly supportAddresses: SupportAddresses;
  readonly suspendedTickets: SuspendedTickets;
  readonly schedules: Kept<Schedule>;
  readonly slaPolicies: Kept<SlaPolicy>;
  readonly queues: Kept<Queue>;
  readonly uploads: Uploads;
  readonly webhooks: Webhooks;
  readonly customRoles: CustomRoles;
  readonly oauth: OAuth;
  readonly skips: Skips;
  readonly auditLogs: AuditLogs;
  /** Called synchronously after each change of a ticket is complete. Returns the function which stops it. */
  onTicketChange: (listener: (change: TicketChange) => void) => () => void;
  /** Called after `onTicketChange` of the same change, once per `notification_webhook` which fired. */
  onWebhookAction: (listener: (action: WebhookAction) => void) => () => void;
  /** Called for each message of a messaging ticket. */
  onMessage: (listener: (message: Message) => void) => () => void;
}
