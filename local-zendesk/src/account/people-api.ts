// Declares the operations on users, groups, organizations and brands.
import type { AuditLog } from './access.ts';
import type { Actor } from './actor.ts';
import type {
  AccountField,
  AccountFieldInput,
  Brand,
  BrandInput,
  Group,
  GroupInput,
  GroupMembership,
  Organization,
  OrganizationInput,
} from './organisation.ts';
import type { Result } from './result.ts';
import type { Role, TicketRestriction, User } from './types.ts';

export interface UserInput {
  name?: string | undefined;
  email?: string | null | undefined;
  role?: Role | undefined;
  suspended?: boolean | undefined;
  verified?: boolean | undefined;
  locale?: string | undefined;
  time_zone?: string | undefined;
  organization_id?: number | null | undefined;
  default_group_id?: number | null | undefined;
  ticket_restriction?: TicketRestriction | null | undefined;
  custom_role_id?: number | null | undefined;
  external_id?: string | null | undefined;
  tags?: readonly string[] | undefined;
  alias?: string | null | undefined;
  details?: string | null | undefined;
  notes?: string | null | undefined;
  phone?: string | null | undefined;
  signature?: string | null | undefined;
  photo_url?: string | null | undefined;
  user_fields?: User['user_fields'] | undefined;
}

export interface Users {
  create: (input: UserInput, by: Actor) => Result<User>;
  /** By id, else by external_id, else by e-mail address; `created` tells which of the two it was. */
  createOrUpdate: (
    input: UserInput & { id?: number | undefined },
    by: Actor,
  ) => Result<{ user: User; created: boolean }>;
  update: (id: number, input: UserInput, by: Actor) => Result<User>;
  /** Ends as `active: false`, which the API still shows. */
  delete: (id: number, by: Actor) => Result<User>;
  /** Only of one who was deleted before. */
  deletePermanently: (id: number, by: Actor) => Result<User>;
  find: (id: number) => User | undefined;
  findByEmail: (email: string) => User | undefined;
  list: () => readonly User[];
}

export interface Groups {
  create: (input: GroupInput, by: Actor) => Result<Group>;
  update: (id: number, input: GroupInput, by: Actor) => Result<Group>;
  delete: (id: number, by: Actor) => Result<Group>;
  find: (id: number) => Group | undefined;
  list: () => readonly Group[];
  addMember: (userId: number, groupId: number, by: Actor, makeDefault?: boolean) => Result<GroupMembership>;
  /** Makes this the user's default group in place of the former one. */
  makeDefault: (membershipId: number, by: Actor) => Result<GroupMembership>;
  removeMember: (membershipId: number, by: Actor) => Result<GroupMembership>;
  findMembership: (id: number) => GroupMembership | undefined;
  memberships: (filter?: { user_id?: number; group_id?: number }) => readonly GroupMembership[];
  isMember: (userId: number, groupId: number) => boolean;
}

export interface Organizations {
  create: (input: OrganizationInput, by: Actor) => Result<Organization>;
  update: (id: number, input: OrganizationInput, by: Actor) => Result<Organization>;
  delete: (id: number, by: Actor) => Result<Organization>;
  find: (id: number) => Organization | undefined;
  list: () => readonly Organization[];
}

export interface Brands {
  create: (input: BrandInput, by: Actor) => Result<Brand>;
  update: (id: number, input: BrandInput, by: Actor) => Result<Brand>;
  delete: (id: number, by: Actor) => Result<Brand>;
  find: (id: number) => Brand | undefined;
  list: () => readonly Brand[];
}

export interface AccountFields {
  create: (input: AccountFieldInput, by: Actor) => Result<AccountField>;
  update: (id: number, input: AccountFieldInput, by: Actor) => Result<AccountField>;
  delete: (id: number, by: Actor) => Result<AccountField>;
  find: (id: number) => AccountField | undefined;
  /** By position. */
  list: () => readonly AccountField[];
}

export interface AuditLogs {
  /** Newest first. */
  list: () => readonly AuditLog[];
  find: (id: number) => AuditLog | undefined;
}
