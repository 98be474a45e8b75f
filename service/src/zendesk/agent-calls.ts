// Who is this agent, what may they see and change, and which key signs an app's tokens?
import { z } from 'zod';
import type { createNodeZendeskClient } from './node-zendesk-client.ts';
import { orNull } from './or-null.ts';
import { type ReadList, readShape } from './read-shape.ts';
import { agentShape, membershipShape, roleShape } from './shapes.ts';
import type { Transport } from './transport.ts';
import { type Zendesk, type ZendeskAgent, ZendeskError } from './zendesk.ts';

type AgentCalls = Pick<Zendesk, 'showAgent' | 'readAppKey'>;

export function createAgentCalls(
  resources: ReturnType<typeof createNodeZendeskClient>,
  transport: Transport,
  readList: ReadList,
): AgentCalls {
  /** Null also where the plan keeps roles from us: then nobody knows, and the caller must be strict. */
  async function readRole(roleId: number | null): Promise<Pick<ZendeskAgent, 'ticket_access' | 'role_rights'>> {
    const unknown = { ticket_access: null, role_rights: null };
    if (roleId === null) return unknown;
    const asked = transport('GET', `/api/v2/custom_roles/${roleId}.json`);
    const answer = await orNull(asked, ['not_found', 'forbidden']);
    if (!answer) return unknown;
    const { custom_role: role } = readShape(z.object({ custom_role: roleShape }), answer.body, 'show custom role');
    const { configuration: may } = role;
    return {
      ticket_access: may.ticket_access,
      role_rights: {
        edit_tickets: may.ticket_editing && !may.light_agent,
        edit_tags: may.ticket_tag_editing,
        assign_to_any_group: may.assign_tickets_to_any_group,
      },
    };
  }

  return {
    async showAgent(id) {
      // At the same time: an agent waits for this in front of an empty sidebar.
      const [shown, memberships] = await Promise.all([
        orNull(resources.users.show(id)),
        orNull(resources.groupmemberships.listByUser(id)),
      ]);
      if (!shown) return null;
      const user = readShape(agentShape, shown.result, 'show user');
      const groups = readList(membershipShape, memberships ?? [], {
        kind: 'membership',
        what: 'list group memberships',
        whole: false,
      });
      return {
        ...user,
        ...(await readRole(user.custom_role_id)),
        group_ids: groups.map((membership) => membership.group_id),
      };
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
