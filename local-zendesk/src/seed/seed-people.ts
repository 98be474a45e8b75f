// Sets up the agents and groups of Northwind Outdoor.
import type { Account } from '../account/account.ts';
import type { Group } from '../account/organisation.ts';
import { expectOk } from '../account/result.ts';
import { READS_ONLY } from '../account/role-configuration.ts';
import type { Role, TicketRestriction, User } from '../account/types.ts';

const GROUP_NAMES = ['Support Tier 1', 'Support Tier 2', 'Engineering Support'] as const;
type GroupName = (typeof GROUP_NAMES)[number];

/** The admin who owns the account. */
export const OWNER = { name: 'Marta Hale', email: 'admin@northwind.test' };

interface StaffMember {
  name: string;
  email: string;
  role: Role;
  groups: readonly GroupName[];
  tags?: readonly string[];
  ticket_restriction?: TicketRestriction;
}

/** Leads carry the tag `lead`: Zendesk's own roles know agents and admins only. */
const STAFF: readonly StaffMember[] = [
  {
    name: 'Jonas Brandt',
    email: 'lead@northwind.test',
    role: 'agent',
    groups: ['Support Tier 1', 'Support Tier 2'],
    tags: ['lead'],
  },
  { name: 'Priya Nair', email: 'priya@northwind.test', role: 'agent', groups: ['Support Tier 1'] },
  { name: 'Tom Okafor', email: 'tom@northwind.test', role: 'agent', groups: ['Support Tier 1'] },
  {
    name: 'Lena Voss',
    email: 'trainee@northwind.test',
    role: 'agent',
    groups: ['Support Tier 1'],
    tags: ['trainee'],
    ticket_restriction: 'groups',
  },
  { name: 'Grace Wieland', email: 'grace@northwind.test', role: 'agent', groups: ['Support Tier 2'], tags: ['lead'] },
  { name: 'Samuel Ito', email: 'samuel@northwind.test', role: 'agent', groups: ['Support Tier 2'] },
  { name: 'Ruth Calder', email: 'ruth@northwind.test', role: 'agent', groups: ['Engineering Support'] },
  { name: 'Diego Fuentes', email: 'diego@northwind.test', role: 'agent', groups: ['Engineering Support'] },
];

const ORGANIZATIONS = [
  { name: 'Highland Scouts', domain_names: ['highlandscouts.test'] },
  { name: 'Brightwater School', domain_names: ['brightwater-school.test'] },
  { name: 'Peak Rescue Volunteers', domain_names: ['peakrescue.test'] },
];

export interface People {
  groups: ReadonlyMap<string, Group>;
  staff: readonly User[];
  organizationIds: readonly number[];
}

/** Makes groups, staff with memberships, and organizations. `at`: epoch milliseconds of their making. */
export function seedPeople(account: Account, at: number): People {
  const by = { id: account.ownerId, at };
  const groups = new Map(GROUP_NAMES.map((name) => [name as string, expectOk(account.groups.create({ name }, by))]));
  const staff = STAFF.map(({ groups: memberOf, ...person }) => {
    const user = expectOk(account.users.create({ ...person, verified: true }, by));
    memberOf.forEach((name, index) => {
      const group = groups.get(name);
      if (group !== undefined) expectOk(account.groups.addMember(user.id, group.id, by, index === 0));
    });
    return user;
  });
  const organizationIds = ORGANIZATIONS.map((input) => expectOk(account.organizations.create(input, by)).id);
  return { groups, staff, organizationIds };
}

/** Departments outside support that take hand-offs. They are not part of the staff that solves the backlog. */
const DEPARTMENTS = [
  { group: 'Warehouse', name: 'Oskar Lind', email: 'warehouse@northwind.test' },
  { group: 'Finance', name: 'Amara Diallo', email: 'finance@northwind.test' },
  { group: 'Product', name: 'Hana Sato', email: 'product@northwind.test' },
] as const;

/** Marks who is no support agent: Zendesk's roles do not tell. */
export const DEPARTMENT_TAG = 'department';

export function seedDepartments(account: Account, at: number): void {
  const by = { id: account.ownerId, at };
  for (const { group: groupName, ...person } of DEPARTMENTS) {
    const group = expectOk(account.groups.create({ name: groupName }, by));
    const user = expectOk(
      account.users.create({ ...person, role: 'agent', verified: true, tags: [DEPARTMENT_TAG] }, by),
    );
    expectOk(account.groups.addMember(user.id, group.id, by, true));
  }
}

/** Roles as Enterprise accounts have them, and the trainee in the first: it grants what the user's own restriction says. */
export function seedRoles(account: Account, at: number): void {
  const role = account.customRoles.create(
    {
      name: 'Trainee',
      description: 'Sees the tickets of their own groups and passes them on to any.',
      ticket_access: 'within-groups',
      assign_tickets_to_any_group: true,
    },
    at,
  );
  account.customRoles.create(
    {
      ...READS_ONLY,
      name: 'Light agent',
      description: 'Reads and comments in private.',
      role_type: 1,
      light_agent: true,
    },
    at,
  );
  account.customRoles.create(
    { ...READS_ONLY, name: 'Contributor', description: 'Reads and comments in private.', role_type: 3 },
    at,
  );
  const trainee = account.users.findByEmail('trainee@northwind.test');
  if (trainee !== undefined) {
    expectOk(account.users.update(trainee.id, { custom_role_id: role.id }, { id: account.ownerId, at }));
  }
}

/** The admin that Deskwright acts as, and its OAuth client `deskwright` with the secret `deskwright`. */
export function seedIntegration(account: Account, at: number): User {
  const by = { id: account.ownerId, at };
  const user = expectOk(
    account.users.create({ name: 'Deskwright', email: 'deskwright@northwind.test', role: 'admin', verified: true }, by),
  );
  const client = { identifier: 'deskwright', name: 'Deskwright', secret: 'deskwright', user_id: user.id };
  expectOk(account.oauth.createClient(client, by));
  return user;
}
