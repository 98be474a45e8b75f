// Stores custom agent roles.

import { type RoleConfiguration, roleConfiguration } from './role-configuration.ts';
import { isoSeconds } from './values.ts';

export interface CustomRole {
  id: number;
  name: string;
  description: string;
  /** 0: a custom agent, 1: a light agent, 3: a contributor. */
  role_type: 0 | 1 | 3;
  configuration: RoleConfiguration;
  created_at: string;
  updated_at: string;
}

/** Omitted parts of the configuration are those of an ordinary agent's role. */
type CustomRoleInput = Pick<CustomRole, 'name' | 'description'> &
  Partial<Pick<CustomRole, 'role_type'>> &
  Partial<RoleConfiguration>;

export interface CustomRoles {
  create: (input: CustomRoleInput, at: number) => CustomRole;
  find: (id: number) => CustomRole | undefined;
  list: () => readonly CustomRole[];
}

// Apart from the account's other ids, so that a role moves none of them.
const FIRST_ID = 16_001;

export function createCustomRoles(): CustomRoles {
  const roles = new Map<number, CustomRole>();
  return {
    create: ({ name, description, role_type = 0, ...differs }, at) => {
      const stamp = isoSeconds(at);
      const role = {
        id: FIRST_ID + roles.size,
        name,
        description,
        role_type,
        configuration: roleConfiguration(differs),
        created_at: stamp,
        updated_at: stamp,
      };
      roles.set(role.id, role);
      return role;
    },
    find: (id) => roles.get(id),
    list: () => [...roles.values()],
  };
}
