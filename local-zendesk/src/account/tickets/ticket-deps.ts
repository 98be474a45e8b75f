// Declares what changing a ticket needs from the rest of the account, and describes why a change is invalid.
import type { Webhooks } from '../access-api.ts';
import type { Core } from '../core.ts';
import type { Brands, Groups, Organizations, Users } from '../people-api.ts';
import type { Complaint } from '../result.ts';
import type { Automations, Triggers } from '../rules-api.ts';
import type { CustomStatuses, TicketFields, TicketForms } from '../ticket-schema-api.ts';
import type { Uploads } from '../uploads.ts';
import type { TicketStore } from './ticket-store.ts';

export interface TicketDeps {
  core: Core;
  subdomain: string;
  store: TicketStore;
  users: Users;
  groups: Groups;
  organizations: Organizations;
  brands: Brands;
  fields: TicketFields;
  forms: TicketForms;
  statuses: CustomStatuses;
  triggers: Triggers;
  automations: Automations;
  webhooks: Webhooks;
  uploads: Uploads;
}

/** Complaints by field, as in Zendesk's `RecordInvalid` details; empty when all is well. */
export type Problems = Record<string, Complaint[]>;

/** Describes why a change of a ticket is invalid. */
export function complain(problems: Problems, field: string, complaint: Complaint): void {
  problems[field] = [...(problems[field] ?? []), complaint];
}
