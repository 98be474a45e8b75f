// Reads our own user, the agents, and the names of groups and brands.
import { z } from 'zod';
import type { createNodeZendeskClient } from './node-zendesk-client.ts';
import { orNull, type ReadList, readShape } from './read-shape.ts';
import { exportedUserShape, listedUserShape, nameShape, userShape } from './shapes.ts';
import type { Transport } from './transport.ts';
import type { Zendesk } from './zendesk.ts';

type PeopleCalls = Pick<Zendesk, 'me' | 'listAgents' | 'showUsers' | 'exportUsers' | 'listNames'>;

const IDS_A_CALL = 100;
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
