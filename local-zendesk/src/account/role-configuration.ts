// Describes the permissions of a custom role as Zendesk writes them.

/** Recorded from real accounts, key by key; the values are those of a role that solves tickets and manages nothing. */
const ORDINARY = {
  assign_tickets_to_any_group: false,
  chat_access: true,
  end_user_list_access: 'full',
  end_user_profile_access: 'readonly',
  explore_access: 'readonly',
  forum_access: 'readonly',
  forum_access_restricted_content: false,
  group_access: false,
  light_agent: false,
  macro_access: 'manage-personal',
  manage_automations: false,
  manage_business_rules: false,
  manage_contextual_workspaces: false,
  manage_dynamic_content: false,
  manage_extensions_and_channels: false,
  manage_facebook: false,
  manage_group_memberships: false,
  manage_groups: false,
  manage_organization_fields: false,
  manage_organizations: false,
  manage_roles: 'none',
  manage_skills: false,
  manage_slas: false,
  manage_suspended_tickets: false,
  manage_ticket_fields: false,
  manage_ticket_forms: false,
  manage_triggers: false,
  manage_user_fields: false,
  moderate_forums: false,
  organization_editing: false,
  organization_notes_editing: false,
  report_access: 'readonly',
  side_conversation_create: true,
  ticket_access: 'all' as
    | 'all'
    | 'assigned-only'
    | 'within-groups'
    | 'within-groups-and-public-groups'
    | 'within-organization',
  ticket_comment_access: 'public' as 'public' | 'none',
  ticket_deletion: false,
  ticket_editing: true,
  ticket_merge: true,
  ticket_redaction: false,
  ticket_tag_editing: true,
  twitter_search_access: false,
  user_view_access: 'readonly',
  view_access: 'manage-personal',
  view_deleted_tickets: false,
  voice_access: true,
  voice_dashboard_access: false,
};

export type RoleConfiguration = typeof ORDINARY;

/** @param differs from an ordinary agent's role */
export function roleConfiguration(differs: Partial<RoleConfiguration>): RoleConfiguration {
  return { ...ORDINARY, ...differs };
}

/** Of light agents and contributors: they read the tickets of their groups and comment on them in private, and change nothing. */
export const READS_ONLY: Partial<RoleConfiguration> = {
  ticket_access: 'within-groups',
  ticket_comment_access: 'none',
  ticket_editing: false,
  ticket_merge: false,
  ticket_tag_editing: false,
  macro_access: 'readonly',
  view_access: 'readonly',
  voice_access: false,
};
