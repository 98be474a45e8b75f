// Which roles may agents have besides Zendesk's own?
import { isoSeconds } from './iso-seconds.ts';

/** Of the role's configuration only what decides which tickets its agents see. */
export interface CustomRole {
  id: number;
  name: string;
  description: string;
  ticket_access: 'all' | 'assigned-only' | 'within-groups' | 'within-organization';
  created_at: string;
  updated_at: string;
}

type CustomRoleInput = Pick<CustomRole, 'name' | 'description' | 'ticket_access'>;

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
    create: (input, at) => {
      const stamp = isoSeconds(at);
      const role = { ...input, id: FIRST_ID + roles.size, created_at: stamp, updated_at: stamp };
      roles.set(role.id, role);
      return role;
    },
    find: (id) => roles.get(id),
    list: () => [...roles.values()],
  };
}
