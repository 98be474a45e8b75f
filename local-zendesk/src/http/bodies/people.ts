// Validates request bodies of users, groups, organizations and brands.
import { z } from 'zod';
import { flag, id, optionalId, tags, text } from './common.ts';

const fieldValue = z.union([z.null(), z.string(), z.number(), z.boolean()]);

const userProperties = z.object({
  id: id.optional(),
  name: text.optional(),
  email: text.nullable().optional(),
  role: z.enum(['end-user', 'agent', 'admin']).optional(),
  suspended: flag.optional(),
  verified: flag.optional(),
  locale: text.optional(),
  time_zone: text.optional(),
  organization_id: optionalId,
  default_group_id: optionalId,
  ticket_restriction: z.enum(['groups', 'organization', 'assigned', 'requested']).nullable().optional(),
  custom_role_id: optionalId,
  external_id: text.nullable().optional(),
  tags: tags.optional(),
  alias: text.nullable().optional(),
  details: text.nullable().optional(),
  notes: text.nullable().optional(),
  phone: text.nullable().optional(),
  signature: text.nullable().optional(),
  remote_photo_url: text.nullable().optional(),
  user_fields: z.record(z.string(), fieldValue).optional(),
  /** Taken and without effect: no mail of verification is sent here. */
  skip_verify_email: flag.optional(),
});
const user = userProperties.transform(({ remote_photo_url, skip_verify_email: _unused, ...rest }) => ({
  ...rest,
  ...(remote_photo_url !== undefined && { photo_url: remote_photo_url }),
}));
export const userBody = z.object({ user });
export const usersBody = z.object({ users: z.array(user).min(1) });

export const groupBody = z.object({
  group: z.object({ name: text.optional(), description: text.optional(), is_public: flag.optional() }),
});

export const membershipBody = z.object({
  group_membership: z.object({ user_id: id.optional(), group_id: id, default: flag.optional() }),
});

const accountField = z.object({
  key: text.optional(),
  type: text.optional(),
  title: text.optional(),
  description: text.optional(),
  active: flag.optional(),
  position: z.number().optional(),
  regexp_for_validation: text.nullable().optional(),
});
export const userFieldBody = z.object({ user_field: accountField });
export const organizationFieldBody = z.object({ organization_field: accountField });

export const organizationMembershipBody = z.object({
  organization_membership: z.object({ user_id: id.optional(), organization_id: id, default: flag.optional() }),
});

export const membershipsBody = z.object({
  group_memberships: z
    .array(z.object({ user_id: id, group_id: id, default: flag.optional() }))
    .min(1)
    .max(100),
});

export const supportAddressBody = z.object({
  recipient_address: z.object({
    email: text.optional(),
    name: text.optional(),
    brand_id: id.optional(),
    default: flag.optional(),
  }),
});

const organization = z.object({
  id: id.optional(),
  name: text.optional(),
  domain_names: tags.optional(),
  details: text.nullable().optional(),
  notes: text.nullable().optional(),
  group_id: optionalId,
  shared_tickets: flag.optional(),
  shared_comments: flag.optional(),
  tags: tags.optional(),
  external_id: text.nullable().optional(),
  organization_fields: z.record(z.string(), fieldValue).optional(),
});
export const organizationBody = z.object({ organization });
export const organizationsBody = z.object({ organizations: z.array(organization).min(1) });

export const brandBody = z.object({
  brand: z.object({
    name: text.optional(),
    subdomain: text.optional(),
    active: flag.optional(),
    default: flag.optional(),
  }),
});
