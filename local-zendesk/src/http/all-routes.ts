// Lists the routes of the API.
import type { Route } from './call.ts';
import { accountFieldRoutes } from './routes/account-fields.ts';
import { installationRoutes } from './routes/app-installations.ts';
import { appRoutes } from './routes/apps.ts';
import { attachmentRoutes } from './routes/attachments.ts';
import { automationRoutes } from './routes/automations.ts';
import { customRoleRoutes } from './routes/custom-roles.ts';
import { deletedTicketRoutes } from './routes/deleted-tickets.ts';
import { deletedUserRoutes } from './routes/deleted-users.ts';
import { groupRoutes } from './routes/groups.ts';
import { housekeepingRoutes } from './routes/housekeeping.ts';
import { incrementalRoutes } from './routes/incremental.ts';
import { macroRoutes } from './routes/macros.ts';
import { oauthRoutes } from './routes/oauth.ts';
import { organizationMembershipRoutes } from './routes/organization-memberships.ts';
import { organizationRoutes } from './routes/organizations.ts';
import { searchRoutes } from './routes/search.ts';
import { serviceLevelRoutes } from './routes/service-levels.ts';
import { supportAddressRoutes } from './routes/support-addresses.ts';
import { suspendedTicketRoutes } from './routes/suspended-tickets.ts';
import { ticketAuditRoutes } from './routes/ticket-audits.ts';
import { ticketBulkRoutes } from './routes/ticket-bulk.ts';
import { ticketCommentRoutes } from './routes/ticket-comments.ts';
import { ticketListRoutes } from './routes/ticket-list.ts';
import { ticketMetricRoutes } from './routes/ticket-metrics.ts';
import { ticketSchemaRoutes } from './routes/ticket-schema.ts';
import { ticketTagRoutes } from './routes/ticket-tags.ts';
import { createTicketWriteRoutes } from './routes/ticket-write.ts';
import { triggerRoutes } from './routes/triggers.ts';
import { userTagRoutes } from './routes/user-tags.ts';
import { userRoutes } from './routes/users.ts';
import { viewRunRoutes } from './routes/view-runs.ts';
import { viewRoutes } from './routes/views.ts';
import { webhookRoutes } from './routes/webhooks.ts';

/** In this order: words like `show_many` must come before `:id`, which takes every word. */
export const createRoutes = (): readonly Route[] => [
  ...ticketBulkRoutes,
  ...ticketListRoutes,
  ...createTicketWriteRoutes(),
  ...ticketTagRoutes,
  ...ticketCommentRoutes,
  ...ticketAuditRoutes,
  ...ticketMetricRoutes,
  ...deletedTicketRoutes,
  ...incrementalRoutes,
  ...searchRoutes,
  ...viewRunRoutes,
  ...viewRoutes,
  ...triggerRoutes,
  ...automationRoutes,
  ...macroRoutes,
  ...webhookRoutes,
  ...ticketSchemaRoutes,
  ...accountFieldRoutes,
  ...attachmentRoutes,
  ...deletedUserRoutes,
  ...userTagRoutes,
  ...userRoutes,
  ...groupRoutes,
  ...organizationMembershipRoutes,
  ...organizationRoutes,
  ...supportAddressRoutes,
  ...suspendedTicketRoutes,
  ...serviceLevelRoutes,
  ...customRoleRoutes,
  ...installationRoutes,
  ...appRoutes,
  ...oauthRoutes,
  ...housekeepingRoutes,
];
