// Creates an empty account.
import type { Account } from './account.ts';
import { createAccountFields } from './account-fields.ts';
import { type Clock, SYSTEM_ACTOR_ID } from './actor.ts';
import { createAnnouncements } from './announcements.ts';
import { createBrands } from './brands.ts';
import { createConversations } from './conversations.ts';
import { createCore } from './core.ts';
import { createCustomRoles } from './custom-roles.ts';
import { createCustomStatuses } from './custom-statuses.ts';
import { createGroups } from './groups.ts';
import { createOAuth } from './oauth.ts';
import { createOrganizations } from './organizations.ts';
import { expectOk } from './result.ts';
import { createAutomationStore } from './rules/automation-store.ts';
import { createMacroStore } from './rules/macro-store.ts';
import { createTriggerStore } from './rules/trigger-store.ts';
import { createViewStore } from './rules/view-store.ts';
import { createQueues, createSchedules, createSlaPolicies } from './service-levels.ts';
import { createSkips } from './skips.ts';
import { createSupportAddresses } from './support-addresses.ts';
import { createSuspendedTickets } from './suspended-tickets.ts';
import { createTicketFields } from './ticket-fields.ts';
import { createTicketForms } from './ticket-forms.ts';
import { createTicketStore } from './tickets/ticket-store.ts';
import { createTickets } from './tickets/tickets.ts';
import { createUploads } from './uploads.ts';
import { createUsers } from './users.ts';
import { createWebhookStore } from './webhook-store.ts';

export interface AccountOptions {
  clock: Clock;
  subdomain: string;
  /** Account number in webhook envelopes; default 22129848. */
  id?: number;
  /** Name and address of the first admin, who owns the account; default "Account Owner". */
  owner?: { name: string; email: string };
  /** False: webhooks cannot subscribe to messages of messaging tickets. Default true. */
  messaging?: boolean | undefined;
  /** Bytes for secrets and tokens; default is node:crypto. */
  randomBytes?: (length: number) => Uint8Array;
}

/** A fresh account holds an owner (admin), one brand, the system ticket fields, a form and the five standard statuses. */
export function createAccount(options: AccountOptions): Account {
  const { clock, subdomain } = options;
  const core = createCore(clock, options.randomBytes);
  const bySystem = { id: SYSTEM_ACTOR_ID };
  const users = createUsers(core);
  const groups = createGroups(core, users);
  const organizations = createOrganizations(core);
  const brands = createBrands(core);
  const fields = createTicketFields(core);
  const forms = createTicketForms(core, fields);
  const statuses = createCustomStatuses(core);
  const webhooks = createWebhookStore(core, { messaging: options.messaging ?? true });
  const triggers = createTriggerStore(core);
  const automations = createAutomationStore(core);
  const uploads = createUploads(clock, core.nextId, core.secret);
  const store = createTicketStore();
  const announcements = createAnnouncements();
  const owner = options.owner ?? { name: 'Account Owner', email: `owner@${subdomain}.test` };
  const ownerId = expectOk(users.create({ ...owner, role: 'admin', verified: true }, bySystem)).id;
  expectOk(brands.create({ name: subdomain, subdomain }, bySystem));
  const deps = {
    core,
    subdomain,
    store,
    users,
    groups,
    organizations,
    brands,
    fields,
    forms,
    statuses,
    triggers,
    automations,
    webhooks,
    uploads,
  };
  const tickets = createTickets(deps, announcements);
  const metricsOf = tickets.metrics;
  const brandId = (): number => brands.list().find((brand) => brand.default)?.id ?? 0;
  return {
    id: options.id ?? 22129848,
    subdomain,
    clock,
    ownerId,
    tickets,
    conversations: createConversations({ core, findTicket: tickets.find, announce: announcements.messageAdded }),
    users,
    groups,
    organizations,
    brands,
    triggers,
    webhooks,
    views: createViewStore({ core, users, groups, organizations, brands, metricsOf, tickets: store.list }),
    automations,
    macros: createMacroStore(core),
    ticketFields: fields,
    ticketForms: forms,
    customStatuses: statuses,
    userFields: createAccountFields(core, 'user_field'),
    organizationFields: createAccountFields(core, 'organization_field'),
    uploads,
    supportAddresses: createSupportAddresses(core, brandId),
    suspendedTickets: createSuspendedTickets({ core, users, tickets, subdomain, brandId }),
    schedules: createSchedules(core),
    slaPolicies: createSlaPolicies(core),
    queues: createQueues(core),
    customRoles: createCustomRoles(),
    oauth: createOAuth(core),
    skips: createSkips(core, (id) => store.find(id) !== undefined),
    auditLogs: {
      list: () => core.logged.toReversed(),
      find: (id) => core.logged.find((entry) => entry.id === id),
    },
    onTicketChange: announcements.onTicketChange,
    onWebhookAction: announcements.onWebhookAction,
    onMessage: announcements.onMessage,
  };
}
