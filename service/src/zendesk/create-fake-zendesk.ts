// A fake Zendesk for tests without HTTP; it passes the same contract tests as the real client.

import { createFaults, type Faults } from './fake-faults.ts';
import { type AgentRights, createFakeOpening, NO_RESTRICTION, type OpenedTicket } from './fake-parts.ts';
import type { ZendeskSkip } from './records.ts';
import { jobShape } from './shapes.ts';
import {
  type JobStatus,
  type TicketWrite,
  type Zendesk,
  type ZendeskComment,
  ZendeskError,
  type ZendeskTicket,
  type ZendeskUser,
} from './zendesk.ts';

export interface FakeZendesk extends Zendesk {
  /** What a test may set up and inspect. */
  account: {
    tickets: Map<number, ZendeskTicket>;
    comments: Map<number, ZendeskComment[]>;
    audits: Map<number, Record<string, unknown>[]>;
    /** When a ticket was last solved, according to its audits. */
    solves: Map<number, string>;
    users: ZendeskUser[];
    /** What `showAgent` returns for a user in addition to `users`; if omitted: an active agent without restriction and groups. */
    agentRights: Map<number, Partial<AgentRights>>;
    /** PEM by app id. */
    appKeys: Map<number, string>;
    groups: { id: number; name: string }[];
    /** The oldest first. */
    skips: ZendeskSkip[];
  };
  /** Bodies of the writes that arrived, oldest first. */
  writes: { ticketId: number; write: TicketWrite; bulk: boolean }[];
  /** Tickets that were opened, oldest first. */
  created: readonly OpenedTicket[];
  faults: Faults;
  /** Bulk jobs stay `working` until this is called, when `holdJobs` is set. */
  holdJobs: boolean;
  /** Whether an endpoint that fails for one record fails for all. */
  endpointAway: boolean;
}

const ME = 1;

export function createFakeZendesk(clock: () => number): FakeZendesk {
  const faults = createFaults();
  const jobs = new Map<string, { rows: readonly (TicketWrite & { id: number })[]; status: JobStatus | null }>();
  let lastId = 1000;
  const now = () => new Date(clock()).toISOString().replace(/\.\d+Z$/, 'Z');

  const account = { tickets: new Map<number, ZendeskTicket>(), comments: new Map<number, ZendeskComment[]>() };
  const opened = createFakeOpening({ ...account, me: ME, nextId: () => ++lastId, now });
  const fake: FakeZendesk = {
    account: {
      ...account,
      audits: new Map(),
      solves: new Map(),
      users: [
        {
          id: ME,
          name: 'Deskwright',
          email: 'desk@northwind.test',
          role: 'admin',
          suspended: false,
          locale: 'en-US',
          iana_time_zone: null,
          external_id: null,
          user_fields: {},
          created_at: '2026-01-05T09:00:00Z',
        },
      ],
      agentRights: new Map(),
      appKeys: new Map(),
      groups: [],
      skips: [],
    },
    writes: [],
    created: opened.created,
    faults,
    holdJobs: false,
    endpointAway: false,

    me: () => faults.around('me', async () => structuredClone(fake.account.users[0] as ZendeskUser)),
    scarceMs: () => 0,
    isEndpointDown: () => faults.around('isEndpointDown', async () => fake.endpointAway),
    showTicket: (id) => faults.around('showTicket', async () => structuredClone(fake.account.tickets.get(id) ?? null)),
    showTickets: (ids) =>
      faults.around('showTickets', async () =>
        ids.flatMap((id) => structuredClone(fake.account.tickets.get(id) ?? [])),
      ),
    listComments: (id) => faults.around('listComments', async () => [...(fake.account.comments.get(id) ?? [])]),
    listAuditMetadata: (id) =>
      faults.around('listAuditMetadata', async () => {
        if (!fake.account.tickets.has(id)) throw notFound('GET audits');
        return (fake.account.audits.get(id) ?? []).map((custom, index) => ({ auditId: index + 1, custom }));
      }),
    listRuleChanges: (id) =>
      faults.around('listRuleChanges', async () => {
        if (!fake.account.tickets.has(id)) throw notFound('GET audits');
        return { changes: [], cursor: null };
      }),
    lastSolvedAt: (id) => faults.around('lastSolvedAt', async () => fake.account.solves.get(id) ?? null),
    updateTicket: (id, write) =>
      faults.around('updateTicket', async () => {
        fake.writes.push({ ticketId: id, write, bulk: false });
        return structuredClone(apply(id, write));
      }),
    updateTickets: (rows) =>
      faults.around('updateTickets', async () => {
        if (rows.length > 100) throw new ZendeskError('rejected', 'too many rows', 422);
        for (const { id, ...write } of rows) fake.writes.push({ ticketId: id, write, bulk: true });
        const jobId = `job-${++lastId}`;
        jobs.set(jobId, { rows, status: null });
        return { jobId };
      }),
    createTicket: (ticket, key) =>
      faults.around('createTicket', async () => structuredClone(opened.create(ticket, key))),
    findTicketByExternalId: (externalId) =>
      faults.around('findTicketByExternalId', async () => structuredClone(opened.find(externalId))),
    showJob: (jobId) =>
      faults.around('showJob', async () => {
        const job = jobs.get(jobId);
        if (!job) return null;
        if (fake.holdJobs) return { id: jobId, status: 'working', results: [] };
        job.status ??= jobShape.parse({ id: jobId, status: 'completed', results: job.rows.map(applyRow) });
        return job.status;
      }),
    exportTickets: () =>
      faults.around('exportTickets', async () => ({
        tickets: structuredClone([...fake.account.tickets.values()]),
        metricSets: [],
        cursor: 'end',
        endOfStream: true,
      })),
    exportTicketEvents: (startTime) =>
      faults.around('exportTicketEvents', async () => {
        const updates = [...fake.account.comments].flatMap(([ticket_id, comments]) =>
          comments.map((comment) => ({
            ticket_id,
            created_at: comment.created_at,
            comments: [comment],
            solves: false,
            incomplete: false,
          })),
        );
        return {
          updates: updates
            .filter((one) => Date.parse(one.created_at) >= startTime * 1000)
            .toSorted((a, b) => a.created_at.localeCompare(b.created_at)),
          hasUnreadable: false,
          endTime: null,
          endOfStream: true,
        };
      }),
    countTickets: () => faults.around('countTickets', async () => fake.account.tickets.size),
    exportUsers: () =>
      faults.around('exportUsers', async () => ({
        users: fake.account.users.flatMap((user) =>
          user.id === null ? [] : { ...user, id: user.id, active: true, permanently_deleted: false },
        ),
        cursor: 'end',
        endOfStream: true,
      })),
    listSkips: (cursor) =>
      faults.around('listSkips', async () => {
        const later = fake.account.skips.filter(({ id }) => id > Number(cursor ?? 0));
        const skips = later.slice(0, 100);
        return {
          skips: structuredClone(skips),
          cursor: skips.at(-1)?.id.toString() ?? null,
          hasMore: later.length > 100,
        };
      }),
    listAgents: () =>
      faults.around('listAgents', async () => fake.account.users.filter((user) => user.role !== 'end-user')),
    showUsers: (ids) =>
      faults.around('showUsers', async () => fake.account.users.filter((user) => ids.includes(user.id ?? 0))),
    showAddress: (id) =>
      faults.around('showAddress', async () => {
        const email = fake.account.users.find((user) => user.id === id)?.email;
        return email ? { email, changedAt: null } : null;
      }),
    showAgent: (id) =>
      faults.around('showAgent', async () => {
        const user = fake.account.users.find((one) => one.id === id);
        return user ? { ...user, id, ...NO_RESTRICTION, ...fake.account.agentRights.get(id) } : null;
      }),
    showAgents: async (ids) => (await Promise.all(ids.map((id) => fake.showAgent(id)))).flatMap((agent) => agent ?? []),
    readAppKey: (appId) =>
      faults.around('readAppKey', async () => {
        const key = fake.account.appKeys.get(appId);
        if (key === undefined) throw notFound('GET app key');
        return key;
      }),
    listNames: (kind) => faults.around('listNames', async () => (kind === 'group' ? [...fake.account.groups] : [])),
  };

  function apply(id: number, write: TicketWrite): ZendeskTicket {
    const ticket = fake.account.tickets.get(id);
    if (!ticket) throw notFound('PUT ticket');
    if (ticket.status === 'closed')
      throw new ZendeskError(
        'rejected',
        'PUT ticket answered 422 RecordInvalid (status: closed prevents ticket update)',
        422,
      );
    if (write.updated_stamp !== undefined && write.updated_stamp !== ticket.updated_at)
      throw new ZendeskError('conflict', 'PUT ticket answered 409', 409);
    if (write.priority && !['low', 'normal', 'high', 'urgent'].includes(write.priority))
      throw new ZendeskError('rejected', 'PUT ticket answered 422 RecordInvalid (priority)', 422);
    const removed = new Set(write.remove_tags);
    ticket.tags = [...new Set([...(write.tags ?? ticket.tags), ...(write.additional_tags ?? [])])].filter(
      (tag) => !removed.has(tag),
    );
    if (write.group_id !== undefined) ticket.group_id = write.group_id;
    if (write.status !== undefined) ticket.status = write.status;
    if (write.assignee_id === null) ticket.assignee_id = null;
    if (write.priority !== undefined) ticket.priority = write.priority;
    ticket.updated_at = now();
    if (write.comment) {
      const via = { channel: 'api' };
      const comment = { id: ++lastId, author_id: ME, ...write.comment, created_at: now(), via };
      fake.account.comments.set(id, [...(fake.account.comments.get(id) ?? []), comment]);
    }
    fake.account.audits.set(id, [...(fake.account.audits.get(id) ?? []), { ...write.metadata }]);
    return ticket;
  }

  /** In the forms recorded from real accounts. */
  function applyRow({ id, ...write }: TicketWrite & { id: number }, index: number): Record<string, unknown> {
    try {
      apply(id, write);
      return { id, action: 'update', success: true, status: 'Updated' };
    } catch (error) {
      const kind = error instanceof ZendeskError ? error.kind : 'unknown';
      return { index, error: BULK_ERRORS[kind] ?? 'TicketUpdateFailed', id, details: 'The ticket was not updated' };
    }
  }

  return fake;
}

const BULK_ERRORS: Readonly<Record<string, string>> = { conflict: 'UpdateConflict', not_found: 'TicketNotFound' };

const notFound = (call: string) => new ZendeskError('not_found', `${call} answered 404 RecordNotFound`, 404);
