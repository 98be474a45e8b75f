import { startRealFixture, type ZendeskFixture } from '../../zendesk/testing/zendesk-fixtures.ts';
import { type Agent, agentFromZendesk } from './agent.ts';

let fixture: Awaited<ReturnType<typeof startRealFixture>> & ZendeskFixture;
let agentId: number;
beforeAll(async () => {
  fixture = await startRealFixture();
  agentId = (await fixture.anAgent()).id;
});
afterAll(() => fixture.stop());

type Configuration = Parameters<typeof fixture.local.account.customRoles.create>[0];

/** The agent as we know them when Zendesk has put them into a role like this; null: into none. */
async function inRole(role: Partial<Configuration> | null, restriction: 'groups' | 'assigned' | null = null) {
  const { account, clock } = fixture.local;
  const made = role && account.customRoles.create({ name: 'Role', description: '', ...role }, clock.now());
  account.users.update(
    agentId,
    { custom_role_id: made?.id ?? null, ticket_restriction: restriction },
    { id: account.ownerId },
  );
  const judged = agentFromZendesk(await fixture.zendesk.showAgent(agentId));
  return judged.kind === 'agent' ? judged.agent : null;
}

const NOTHING: Agent['may'] = { edit: false, editTags: false, assignTo: 'own_groups' };
const ANY: Agent['may'] = { edit: true, editTags: true, assignTo: 'any_group' };
const OWN: Agent['may'] = { edit: true, editTags: true, assignTo: 'own_groups' };

describe('what agents with a custom role may change', () => {
  it.each([
    ['Administrator-like', { ticket_access: 'all' }, 'all', ANY],
    ['Team lead', { ticket_access: 'all', assign_tickets_to_any_group: true, manage_groups: true }, 'all', ANY],
    ['Staff', { ticket_access: 'within-groups' }, 'groups', OWN],
    ['Staff who pass on', { ticket_access: 'within-groups', assign_tickets_to_any_group: true }, 'groups', ANY],
    ['Public groups', { ticket_access: 'within-groups-and-public-groups' }, 'groups', OWN],
    ['Partner', { ticket_access: 'assigned-only', ticket_comment_access: 'none' }, 'assigned', OWN],
    ['One organization', { ticket_access: 'within-organization' }, 'organization', OWN],
    ['Without tags', { ticket_access: 'all', ticket_tag_editing: false }, 'all', { ...ANY, editTags: false }],
    ['Auditor', { ticket_access: 'all', ticket_editing: false }, 'all', NOTHING],
    ['Tags without tickets', { ticket_access: 'all', ticket_editing: false, ticket_tag_editing: true }, 'all', NOTHING],
    ['Light agent', { ticket_access: 'within-groups', light_agent: true, ticket_editing: false }, 'groups', NOTHING],
    ['Light agent by name only', { ticket_access: 'all', light_agent: true }, 'all', NOTHING],
    [
      'Contributor',
      { ticket_access: 'within-groups', ticket_editing: false, assign_tickets_to_any_group: true },
      'groups',
      NOTHING,
    ],
  ] as const)('%s', async (_name, role, sees, may) => {
    expect(await inRole(role)).toMatchObject({ sees, may });
  });

  it('an agent without a custom role edits visible tickets, and assigns to their own groups when restricted', async () => {
    expect(await inRole(null)).toMatchObject({ sees: 'all', may: ANY });
    expect(await inRole(null, 'groups')).toMatchObject({ sees: 'groups', may: OWN });
  });

  it('a role that Zendesk does not show allows no changes', () => {
    const user = {
      id: 7,
      name: 'Lena',
      email: null,
      role: 'agent',
      suspended: false,
      locale: null,
      active: true,
    } as const;
    const rest = { organization_id: null, ticket_restriction: null, group_ids: [11] };
    const unread = { ...user, ...rest, custom_role_id: 9, ticket_access: null, role_rights: null };
    expect(agentFromZendesk(unread)).toMatchObject({ agent: { sees: 'assigned', may: NOTHING } });
    expect(agentFromZendesk({ ...unread, role: 'admin' })).toMatchObject({ agent: { sees: 'all', may: ANY } });
  });
});
