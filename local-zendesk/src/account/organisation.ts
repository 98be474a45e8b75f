// Declares groups, organizations and brands.
import type { CustomFieldValue } from './types.ts';

export interface Group {
  id: number;
  name: string;
  description: string;
  default: boolean;
  deleted: boolean;
  is_public: boolean;
  created_at: string;
  updated_at: string;
}

export interface GroupMembership {
  id: number;
  user_id: number;
  group_id: number;
  default: boolean;
  created_at: string;
  updated_at: string;
}

export interface Organization {
  id: number;
  name: string;
  domain_names: readonly string[];
  details: string | null;
  notes: string | null;
  group_id: number | null;
  shared_tickets: boolean;
  shared_comments: boolean;
  tags: readonly string[];
  external_id: string | null;
  organization_fields: Readonly<Record<string, CustomFieldValue['value']>>;
  created_at: string;
  updated_at: string;
}

export interface Brand {
  id: number;
  name: string;
  subdomain: string;
  active: boolean;
  default: boolean;
  created_at: string;
  updated_at: string;
}

/** A field that the account has added to its users or organizations; `key` names its value in theirs. */
export interface AccountField {
  id: number;
  key: string;
  type: string;
  title: string;
  description: string;
  active: boolean;
  position: number;
  regexp_for_validation: string | null;
  created_at: string;
  updated_at: string;
}

export interface AccountFieldInput {
  key?: string | undefined;
  type?: string | undefined;
  title?: string | undefined;
  description?: string | undefined;
  active?: boolean | undefined;
  position?: number | undefined;
  regexp_for_validation?: string | null | undefined;
}

export interface GroupInput {
  name?: string | undefined;
  description?: string | undefined;
  is_public?: boolean | undefined;
  default?: boolean | undefined;
}

export interface OrganizationInput {
  name?: string | undefined;
  domain_names?: readonly string[] | undefined;
  details?: string | null | undefined;
  notes?: string | null | undefined;
  group_id?: number | null | undefined;
  shared_tickets?: boolean | undefined;
  shared_comments?: boolean | undefined;
  tags?: readonly string[] | undefined;
  external_id?: string | null | undefined;
  organization_fields?: Organization['organization_fields'] | undefined;
}

export interface BrandInput {
  name?: string | undefined;
  subdomain?: string | undefined;
  active?: boolean | undefined;
  default?: boolean | undefined;
}
