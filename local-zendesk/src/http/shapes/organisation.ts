// Formats groups, memberships, organizations and brands for the API.
import type { AccountField, Brand, Group, GroupMembership, Organization } from '../../account/organisation.ts';
import type { UrlOf } from '../call.ts';

export const showGroup = (url: UrlOf, group: Group): Record<string, unknown> => ({
  url: url(`/groups/${group.id}.json`),
  ...group,
});

export const showMembership = (url: UrlOf, membership: GroupMembership): Record<string, unknown> => ({
  url: url(`/group_memberships/${membership.id}.json`),
  ...membership,
});

export const showOrganization = (url: UrlOf, organization: Organization): Record<string, unknown> => ({
  url: url(`/organizations/${organization.id}.json`),
  ...organization,
});

/** @param path `/user_fields` or `/organization_fields` */
export const showAccountField = (url: UrlOf, path: string, field: AccountField): Record<string, unknown> => ({
  url: url(`${path}/${field.id}.json`),
  ...field,
  raw_title: field.title,
  raw_description: field.description,
  system: false,
});

export const showBrand = (url: UrlOf, brand: Brand, ticketFormIds: readonly number[]): Record<string, unknown> => ({
  url: url(`/brands/${brand.id}.json`),
  ...brand,
  brand_url: `https://${brand.subdomain}.zendesk.com`,
  host_mapping: null,
  logo: null,
  has_help_center: false,
  help_center_state: 'disabled',
  is_deleted: false,
  signature_template: '{{agent.signature}}',
  ticket_form_ids: ticketFormIds,
});
