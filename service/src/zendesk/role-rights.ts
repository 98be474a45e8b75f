// Describes what a custom role of Zendesk allows.

/** Which tickets a custom role can access (Enterprise); Zendesk's `support-oas` schema has these five values. */
export type RoleTicketAccess =
  | 'all'
  | 'assigned-only'
  | 'within-groups'
  | 'within-groups-and-public-groups'
  | 'within-organization';

/** What a custom role allows on tickets. What Zendesk leaves out counts as not allowed. */
export interface RoleRights {
  /** Edit ticket properties. False for every light agent, whatever the other permissions are. */
  edit_tickets: boolean;
  edit_tags: boolean;
  assign_to_any_group: boolean;
}
