// The default rights of an agent in the fake Zendesk.
import type { ZendeskAgent, ZendeskUser } from './zendesk.ts';

export type AgentRights = Omit<ZendeskAgent, keyof ZendeskUser>;

export const NO_RESTRICTION: AgentRights = {
  active: true,
  organization_id: null,
  ticket_restriction: null,
  custom_role_id: null,
  ticket_access: null,
  role_rights: null,
  group_ids: [],
};
