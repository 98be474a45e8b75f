// Who works at Northwind Outdoor, and in which groups?
import type { Account } from '../account/account.ts';
import type { Group } from '../account/organisation.ts';
import { expectOk } from '../account/result.ts';
import type { Role, User } from '../account/types.ts';

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
  { name: 'Lena Voss', email: 'trainee@northwind.test', role: 'agent', groups: ['Support Tier 1'], tags: ['trainee'] },
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

/** The admin as whom Deskwright acts, and its OAuth client `deskwright` with the secret `deskwright`. */
export function seedIntegration(account: Account, at: number): User {
  const by = { id: account.ownerId, at };
  const user = expectOk(
    account.users.create({ name: 'Deskwright', email: 'deskwright@northwind.test', role: 'admin', verified: true }, by),
  );
  const client = { identifier: 'deskwright', name: 'Deskwright', secret: 'deskwright', user_id: user.id };
  expectOk(account.oauth.createClient(client, by));
  return user;
}
