// Starts the two Zendesks that must pass the same contract tests: the fake and the local one.
import { type LocalZendeskOptions, startLocalZendesk } from '@deskwright/local-zendesk';
import type { Logger } from '../../platform/logging/logger.ts';
import type { AccountObjects } from '../account-objects.ts';
import { createFakeZendesk } from '../create-fake-zendesk.ts';
import { createZendesk, type ZendeskOptions } from '../create-zendesk.ts';
import type { Zendesk } from '../zendesk.ts';
import { aZendeskTicket } from './a-zendesk-ticket.ts';
import { createFakeViews, type FakeView } from './create-fake-views.ts';

export interface ZendeskFixture {
  zendesk: Zendesk;
  /** Of the same account. */
  objects: Pick<AccountObjects, 'listReadable' | 'show' | 'update' | 'whoChanged'>;
  aTicket(values?: { subject?: string; tags?: string[]; status?: 'open' | 'closed' }): Promise<number>;
  /** Changes the ticket as an agent would, with a later timestamp. */
  anAgentTouches(ticketId: number): Promise<void>;
  aView(title: string): Promise<number>;
  /** Lena, an agent in one group. */
  anAgent(): Promise<{ id: number; groupId: number }>;
  stop(): Promise<void>;
}

export const SILENT = { debug() {}, info() {}, warn() {}, error() {}, child: () => SILENT } as Logger;

/** The real client over HTTP to a local Zendesk; `options` go to the client, `localOptions` to the local Zendesk. */
export async function startRealFixture(
  options: Partial<ZendeskOptions> = {},
  localOptions: Partial<LocalZendeskOptions> = {},
) {
  const local = await startLocalZendesk({ port: 0, smtpPort: 0, seed: 'empty', ...localOptions });
  const { account, clock } = local;
  const by = { id: account.ownerId };
  const ok = <T>(result: { ok: true; value: T } | { ok: false }): T => {
    if (!result.ok) throw new Error('The local Zendesk refused what a test set up');
    return result.value;
  };
  const customer = ok(account.users.create({ name: 'Kim', email: 'kim@customers.test', role: 'end-user' }, by));
  const zendesk = createZendesk({
    baseUrl: local.url,
    oauth: { clientId: 'deskwright', clientSecret: 'deskwright' },
    clock: Date.now,
    logger: SILENT,
    limits: { backoffMs: 10, timeoutMs: 120_000 },
    ...options,
  });
  const fixture: ZendeskFixture & { local: typeof local } = {
    local,
    zendesk,
    objects: zendesk.objects,
    async aTicket({ subject = 'Tent', tags = ['tents'], status } = {}) {
      const made = ok(
        account.tickets.create(
          { subject, comment: { body: 'It leaks.', public: true }, requester_id: customer.id, tags },
          { id: customer.id },
        ),
      );
      if (status) ok(account.tickets.update(made.ticket.id, { status }, by));
      return made.ticket.id;
    },
    async anAgentTouches(ticketId) {
      clock.advance(2_000);
      ok(account.tickets.update(ticketId, { priority: 'urgent' }, by));
    },
    async aView(title) {
      const view = account.views.create(
        {
          title,
          all: [{ field: 'status', operator: 'less_than', value: 'solved' }],
          output: {
            columns: ['status', 'description', 'created'],
            sort_by: 'created',
            sort_order: 'desc',
            group_by: 'priority',
          },
        },
        by,
      );
      return ok(view).id;
    },
    async anAgent() {
      const agent = ok(account.users.create({ name: 'Lena', email: 'lena@northwind.test', role: 'agent' }, by));
      const group = ok(account.groups.create({ name: 'Care' }, by));
      for (const one of account.groups.memberships({ user_id: agent.id })) account.groups.removeMember(one.id, by);
      ok(account.groups.addMember(agent.id, group.id, by, true));
      return { id: agent.id, groupId: group.id };
    },
    stop: () => local.stop(),
  };
  return fixture;
}

export async function startFakeFixture(): Promise<ZendeskFixture> {
  let seconds = 0;
  const clock = () => Date.UTC(2026, 10, 23, 9, 0, seconds);
  const zendesk = createFakeZendesk(clock);
  const { objects, views } = createFakeViews(clock);
  let lastId = 0;
  return {
    zendesk,
    objects,
    async aTicket({ subject = 'Tent', tags = ['tents'], status = 'open' } = {}) {
      const id = ++lastId;
      zendesk.account.tickets.set(id, { ...TICKET, id, subject, tags, status });
      zendesk.account.comments.set(id, [
        {
          id: id + 100_000,
          author_id: 7,
          body: 'It leaks.',
          public: true,
          created_at: TICKET.created_at,
          via: { channel: 'email' },
        },
      ]);
      return id;
    },
    async anAgentTouches(ticketId) {
      seconds += 2;
      Object.assign(zendesk.account.tickets.get(ticketId) ?? {}, {
        priority: 'urgent',
        updated_at: new Date(Date.UTC(2026, 10, 23, 9, 0, seconds)).toISOString().replace('.000', ''),
      });
    },
    async aView(title) {
      const id = ++lastId;
      views.push({ ...VIEW, id, title });
      return id;
    },
    async anAgent() {
      const id = 1_000 + ++lastId;
      zendesk.account.users.push({ ...LENA, id });
      zendesk.account.agentRights.set(id, { group_ids: [11] });
      return { id, groupId: 11 };
    },
    stop: async () => undefined,
  };
}

const LENA = {
  name: 'Lena',
  email: 'lena@northwind.test',
  role: 'agent',
  suspended: false,
  locale: 'en-US',
  iana_time_zone: null,
  external_id: null,
  user_fields: {},
  created_at: '2026-01-05T09:00:00Z',
} as const;

const TICKET = aZendeskTicket({ via: { channel: 'web' } });

const VIEW: FakeView = {
  id: 0,
  title: '',
  active: true,
  updated_at: '2026-11-23T08:00:00Z',
  execution: {
    columns: [
      { id: 'status', title: 'Status' },
      { id: 'subject', title: 'Subject' },
      { id: 'created', title: 'Requested' },
    ],
    group_by: 'priority',
    group_order: 'asc',
    sort_by: 'created',
    sort_order: 'desc',
  },
};
