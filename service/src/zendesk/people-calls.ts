// Calls Zendesk about its agents and other users.
import { z } from 'zod';
import type { createNodeZendeskClient } from './node-zendesk-client.ts';
import { orNull, type ReadList, readShape } from './read-shape.ts';
import {
  agentShape,
  exportedUserShape,
  identityShape,
  listedUserShape,
  membershipPageShape,
  membershipShape,
  nameShape,
  roleShape,
  userMembershipShape,
  userShape,
  userSinceShape,
} from './shapes.ts';
import type { Transport } from './transport.ts';
import { type Zendesk, type ZendeskAgent, ZendeskError } from './zendesk.ts';

type AgentCalls = Pick<Zendesk, 'showAgent' | 'showAgents' | 'readAppKey'>;
type Role = Pick<ZendeskAgent, 'ticket_access' | 'role_rights'>;

const IDS_A_CALL = 100;
/** For up to this many agents, reading each one's groups takes fewer calls than listing those of an account with thousands of agents. */
const FEW = 3;
const NO_ROLE: Role = { ticket_access: null, role_rights: null };

export function createAgentCalls(
  resources: ReturnType<typeof createNodeZendeskClient>,
  transport: Transport,
  readList: ReadList,
): AgentCalls {
  /** Null also if the plan does not show roles: then they are unknown, and the caller must be strict. */
  async function readRole(roleId: number | null): Promise<Role> {
    if (roleId === null) return NO_ROLE;
    const answer = await orNull(transport('GET', `/api/v2/custom_roles/${roleId}.json`), ['not_found', 'forbidden']);
    if (!answer) return NO_ROLE;
    return roleOf(readShape(z.object({ custom_role: roleShape }), answer.body, 'show custom role').custom_role);
  }

  /** By id; empty if the plan does not show roles. A role that we cannot read is left out, which grants nothing. */
  async function readRoles(): Promise<Map<number, Role>> {
    const answer = await orNull(transport('GET', '/api/v2/custom_roles.json'), ['not_found', 'forbidden']);
    if (!answer) return new Map();
    const list = readShape(z.object({ custom_roles: z.array(z.unknown()) }), answer.body, 'list custom roles');
    const roles = list.custom_roles.flatMap((role) => roleShape.safeParse(role).data ?? []);
    return new Map(roles.flatMap((role) => (role.id === null ? [] : [[role.id, roleOf(role)]])));
  }

  async function readUsers(ids: readonly number[]) {
    const calls = [];
    for (let from = 0; from < ids.length; from += IDS_A_CALL)
      calls.push(resources.users.showMany(ids.slice(from, from + IDS_A_CALL)));
    const users = (await Promise.all(calls)).flatMap(({ result }) => result as unknown[]);
    return readList(agentShape, users, { kind: 'user', what: 'show_many users', complete: false });
  }

  async function readGroups(userId: number): Promise<number[]> {
    const memberships = await orNull(resources.groupmemberships.listByUser(userId));
    const what = { kind: 'membership', what: 'list group memberships', complete: false } as const;
    return readList(membershipShape, memberships ?? [], what).map((membership) => membership.group_id);
  }

  /** The groups of each agent of the account, with cursor paging: node-zendesk would use numbered pages, which end at 10,000 records. */
  async function readAllGroups(): Promise<Map<number, number[]>> {
    const rows: unknown[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const cursor = after && `&page[after]=${encodeURIComponent(after)}`;
      const { body } = await transport('GET', `/api/v2/group_memberships.json?page[size]=100${cursor}`);
      const page: z.output<typeof membershipPageShape> = readShape(membershipPageShape, body, 'list group memberships');
      rows.push(...page.group_memberships);
      after = page.meta.has_more ? page.meta.after_cursor : null;
    }
    const groups = new Map<number, number[]>();
    const what = { kind: 'membership', what: 'list group memberships' } as const;
    for (const { user_id: userId, group_id: groupId } of readList(userMembershipShape, rows, what))
      groups.set(userId, [...(groups.get(userId) ?? []), groupId]);
    return groups;
  }

  return {
    async showAgent(id) {
      // In parallel: an agent is waiting for this in front of an empty sidebar.
      const [shown, groupIds] = await Promise.all([orNull(resources.users.show(id)), readGroups(id)]);
      if (!shown) return null;
      const user = readShape(agentShape, shown.result, 'show user');
      return { ...user, ...(await readRole(user.custom_role_id)), group_ids: groupIds };
    },

    async showAgents(ids) {
      const groupsOf = async () =>
        ids.length > FEW
          ? readAllGroups()
          : new Map(await Promise.all(ids.map(async (id) => [id, await readGroups(id)] as const)));
      const [users, groups] = await Promise.all([readUsers(ids), groupsOf()]);
      const roles = users.some((user) => user.custom_role_id !== null) ? await readRoles() : new Map<number, Role>();
      return users.map((user) => ({
        ...user,
        ...(roles.get(user.custom_role_id ?? 0) ?? NO_ROLE),
        group_ids: groups.get(user.id) ?? [],
      }));
    },

    async readAppKey(appId) {
      const { body } = await transport('GET', `/api/v2/apps/${appId}/public_key.pem`, undefined, {
        accepts: 'text',
      });
      if (typeof body !== 'string' || !body.includes('-----BEGIN '))
        throw new ZendeskError('unavailable', 'GET public_key.pem answered without a PEM', 200);
      return body;
    },
  };
}

function roleOf({ configuration: may }: z.output<typeof roleShape>): Role {
  return {
    ticket_access: may.ticket_access,
    role_rights: {
      edit_tickets: may.ticket_editing && !may.light_agent,
      edit_tags: may.ticket_tag_editing,
      assign_to_any_group: may.assign_tickets_to_any_group,
    },
  };
}

type PeopleCalls = Pick<Zendesk, 'me' | 'listAgents' | 'showUsers' | 'showAddress' | 'exportUsers' | 'listNames'>;

/** What is made together with the user may be stamped a little later. Milliseconds. */
const TOGETHER_MS = 60_000;

const EXPORT_PAGE = 1000;

const exportShape = z.object({
  users: z.array(z.unknown()),
  after_cursor: z.string().nullish(),
  end_of_stream: z.boolean(),
});

export function createPeopleCalls(
  resources: ReturnType<typeof createNodeZendeskClient>,
  transport: Transport,
  readList: ReadList,
): PeopleCalls {
  return {
    async me(options) {
      // Called directly, because node-zendesk accepts no options here.
      const { body } = await transport('GET', '/api/v2/users/me.json', undefined, options);
      const { user: me } = readShape(z.object({ user: userShape }), body, 'users/me');
      return me;
    },

    async listAgents() {
      const lists = await Promise.all(['agent', 'admin'].map((role) => resources.users.listWithFilter('role', role)));
      return readList(listedUserShape, lists.flat(), { kind: 'user', what: 'list users' });
    },

    async showAddress(userId) {
      const path = `/api/v2/users/${userId}`;
      const [shown, listed] = await Promise.all([
        orNull(transport('GET', `${path}.json`)),
        orNull(transport('GET', `${path}/identities.json`)),
      ]);
      if (!shown || !listed) return null;
      const { user } = readShape(z.object({ user: userSinceShape }), shown.body, 'show user');
      const { identities } = readShape(z.object({ identities: z.array(z.unknown()) }), listed.body, 'list identities');
      const what = { kind: 'user', what: 'list identities', complete: false } as const;
      const address = readList(identityShape, identities, what).find(
        ({ type, primary }) => type === 'email' && primary,
      );
      if (address?.value == null) return null;
      const changed = [address.created_at, address.updated_at].map((at) => Date.parse(at));
      const last = Math.max(...changed);
      const isFirst = last - Date.parse(user.created_at) <= TOGETHER_MS;
      return { email: address.value, changedAt: isFirst ? null : new Date(last).toISOString() };
    },

    async showUsers(ids) {
      const users = [];
      for (let from = 0; from < ids.length; from += IDS_A_CALL) {
        const { result } = await resources.users.showMany(ids.slice(from, from + IDS_A_CALL));
        users.push(...readList(listedUserShape, result, { kind: 'user', what: 'show_many users', complete: false }));
      }
      return users;
    },

    async exportUsers(from) {
      const query = new URLSearchParams({ per_page: String(EXPORT_PAGE) });
      if ('cursor' in from) query.set('cursor', from.cursor);
      else query.set('start_time', String(Math.floor(from.startTime)));
      const { body } = await transport('GET', `/api/v2/incremental/users/cursor.json?${query.toString()}`);
      const page = readShape(exportShape, body, 'incremental export of users');
      const users = readList(exportedUserShape, page.users, {
        kind: 'user',
        what: 'incremental export of users',
        complete: false,
      });
      return { users, cursor: page.after_cursor ?? null, endOfStream: page.end_of_stream };
    },

    async listNames(kind) {
      // Plans without forms or brands refuse: then there are no names.
      const list = await orNull(listOf(resources, kind), ['not_found', 'forbidden']);
      return readList(nameShape, list ?? [], { kind, what: `list ${kind}s` });
    },
  };
}

function listOf(
  resources: ReturnType<typeof createNodeZendeskClient>,
  kind: Parameters<Zendesk['listNames']>[0],
): Promise<unknown> {
  switch (kind) {
    case 'group':
      return resources.groups.list();
    case 'organization':
      return resources.organizations.list();
    case 'brand':
      return resources.brand.getAll(['brands']);
    case 'form':
      return resources.ticketforms.list();
  }
}
