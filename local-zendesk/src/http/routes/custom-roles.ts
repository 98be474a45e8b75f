// Routes for custom agent roles.
import type { CustomRole } from '../../account/custom-roles.ts';
import type { Call, Route } from '../call.ts';
import { idParam } from '../params.ts';
import { notFound, ok } from '../replies.ts';

const show = ({ account }: Call, role: CustomRole): Record<string, unknown> => ({
  id: role.id,
  name: role.name,
  description: role.description,
  role_type: role.role_type,
  team_member_count: account.users.list().filter((user) => user.active && user.custom_role_id === role.id).length,
  configuration: role.configuration,
  created_at: role.created_at,
  updated_at: role.updated_at,
});

const scope = 'users';

export const customRoleRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/custom_roles',
    scope,
    handle: (call) => ok({ custom_roles: call.account.customRoles.list().map((role) => show(call, role)) }),
  },
  {
    method: 'get',
    path: '/custom_roles/:id',
    scope,
    role: 'admin',
    handle: (call) => {
      const role = call.account.customRoles.find(idParam(call));
      return role === undefined ? notFound() : ok({ custom_role: show(call, role) });
    },
  },
];
