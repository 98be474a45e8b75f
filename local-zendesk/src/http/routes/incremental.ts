// Routes for incremental exports.
import type { Audit } from '../../account/audit.ts';
import type { Ticket } from '../../account/types.ts';
import type { Call, Reply, Route } from '../call.ts';
import { incrementalBuckets } from '../limits/buckets.ts';
import {
  type Changed,
  changedSince,
  exportLink,
  finishSecond,
  incrementalByCursor,
  incrementalByTime,
  type Place,
  pageSize,
  QUIET_SECONDS,
  startPlace,
} from '../paging/incremental-page.ts';
import { ok } from '../replies.ts';
import { showAudit } from '../shapes/comment.ts';
import { showOrganization } from '../shapes/organisation.ts';
import { showTicket } from '../shapes/ticket.ts';
import { showUser } from '../shapes/user.ts';
import { sideLoads } from '../side-loads.ts';

/** By `generated_timestamp`, not `updated_at`. */
const placeOfTicket = (ticket: Ticket): Place => ({ time: ticket.generated_timestamp, id: ticket.id });

const placeOfNamed = ({ updated_at, id }: { updated_at: string; id: number }): Place => ({
  time: Math.floor(Date.parse(updated_at) / 1000),
  id,
});

/** Deleted tickets too. */
const allTickets = ({ account: { tickets } }: Call): readonly Ticket[] => [...tickets.list(), ...tickets.deleted()];

const tickets = (call: Call): Changed<Ticket> => ({
  key: 'tickets',
  items: allTickets(call),
  placeOf: placeOfTicket,
  show: (ticket) => showTicket(call.account, call.url, ticket),
  beside: (page) => sideLoads(call, page),
});

/** Deleted people too, as inactive ones. */
const users = (call: Call) => ({
  key: 'users',
  items: call.account.users.list(),
  placeOf: placeOfNamed,
  show: (user: Parameters<typeof showUser>[1]) => ({
    ...showUser(call.url, user),
    permanently_deleted: user.permanently_deleted,
  }),
});

const organizations = (call: Call) => ({
  key: 'organizations',
  items: call.account.organizations.list(),
  placeOf: placeOfNamed,
  show: (organization: Parameters<typeof showOrganization>[1]) => showOrganization(call.url, organization),
});

const eventsOf = (call: Call, audit: Audit) =>
  showAudit(call.account, call.url, audit)['events'] as readonly Record<string, unknown>[];

/** Without `include=comment_events` an update only says that it has a comment, and whether it is a public one. */
const withoutWords = ({ id, via, type, ...event }: Record<string, unknown>): Record<string, unknown> =>
  type === 'Comment'
    ? { id, via, comment_present: true, comment_public: event['public'] }
    : { id, via, type, ...event };

/** Audits of changed tickets; with `include=comment_events` their comments are among the `child_events`. */
function ticketEvents(call: Call): Reply {
  const from = startPlace(call);
  if ('status' in from) return from;
  const withComments = (call.query.get('include') ?? '').split(',').includes('comment_events');
  const quietSince = call.account.clock.now() - QUIET_SECONDS * 1000;
  const audits = changedSince(call, allTickets(call), placeOfTicket, { time: from.time, id: -1 })
    .flatMap((ticket) => call.account.tickets.audits(ticket.id))
    .filter((audit) => Date.parse(audit.created_at) >= from.time * 1000 && Date.parse(audit.created_at) <= quietSince)
    .toSorted((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at) || a.id - b.id);
  const page = finishSecond(audits, pageSize(call), (audit) => Date.parse(audit.created_at) / 1000, from.time);
  const lastAt = page.at(-1)?.created_at;
  const end_time = lastAt === undefined ? null : Date.parse(lastAt) / 1000;
  return ok({
    ticket_events: page.map((audit) => ({
      id: audit.id,
      ticket_id: audit.ticket_id,
      timestamp: Date.parse(audit.created_at) / 1000,
      created_at: audit.created_at,
      updater_id: audit.author_id,
      via: audit.via.channel,
      system: audit.metadata.system,
      metadata: audit.metadata,
      event_type: 'Audit',
      child_events: eventsOf(call, audit).map((event) => ({
        ...(withComments ? event : withoutWords(event)),
        event_type: event['type'],
      })),
    })),
    count: page.length,
    end_of_stream: page.length === audits.length,
    end_time,
    next_page: end_time === null ? null : exportLink(call, { start_time: String(end_time) }),
  });
}

const common = { method: 'get', role: 'admin', buckets: incrementalBuckets } as const;

export const incrementalRoutes: readonly Route[] = [
  {
    ...common,
    scope: 'tickets',
    path: '/incremental/tickets/cursor',
    handle: (call) => incrementalByCursor(call, tickets(call)),
  },
  {
    ...common,
    scope: 'tickets',
    path: '/incremental/tickets',
    handle: (call) => incrementalByTime(call, tickets(call)),
  },
  { ...common, scope: 'tickets', path: '/incremental/ticket_events', handle: ticketEvents },
  {
    ...common,
    scope: 'users',
    path: '/incremental/users/cursor',
    handle: (call) => incrementalByCursor(call, users(call)),
  },
  { ...common, scope: 'users', path: '/incremental/users', handle: (call) => incrementalByTime(call, users(call)) },
  {
    ...common,
    scope: 'organizations',
    path: '/incremental/organizations',
    handle: (call) => incrementalByTime(call, organizations(call)),
  },
];
