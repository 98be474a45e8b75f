// Decides which views a caller may see, with the built-in ones.
import type { View } from '../account/rules.ts';
import type { Call } from './call.ts';

/** Shared with everybody, or with one of the caller's groups, or the caller's own. Admins see all. */
export function isVisible({ account, caller }: Call, view: View): boolean {
  const { restriction } = view;
  const { user } = caller;
  if (restriction === null || user?.role === 'admin') return true;
  if (user === null) return false;
  if (restriction.type === 'User') return restriction.id === user.id;
  return [restriction.id, ...(restriction.ids ?? [])].some((id) => account.groups.isMember(user.id, id));
}

const UNSOLVED = { field: 'status', operator: 'less_than', value: 'solved' };

const BUILT_IN: Readonly<
  Record<string, { title: string; condition: { field: string; operator: string; value: string } }>
> = {
  incoming: { title: 'Incoming', condition: { field: 'group_id', operator: 'is', value: '' } },
  my: { title: 'Your unsolved tickets', condition: { field: 'assignee_id', operator: 'is', value: 'current_user' } },
  my_groups: {
    title: 'Unsolved tickets in your groups',
    condition: { field: 'group_id', operator: 'is', value: 'current_groups' },
  },
};

/** By id, or one of the words `incoming`, `my`, `my_groups`. */
export function findView(call: Call): View | undefined {
  const name = call.params['id'] ?? '';
  const builtIn = BUILT_IN[name];
  if (builtIn !== undefined) {
    return {
      id: 0,
      title: builtIn.title,
      description: null,
      active: true,
      default: true,
      position: 0,
      conditions: { all: [UNSOLVED, builtIn.condition], any: [] },
      output: {
        columns: ['description', 'requester', 'created'],
        group_by: null,
        group_order: 'asc',
        sort_by: 'created',
        sort_order: 'asc',
      },
      restriction: null,
      created_at: '2020-01-01T00:00:00Z',
      updated_at: '2020-01-01T00:00:00Z',
    };
  }
  const view = /^\d+$/.test(name) ? call.account.views.find(Number(name)) : undefined;
  return view !== undefined && isVisible(call, view) ? view : undefined;
}
