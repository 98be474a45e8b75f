// Routes for listing and showing tickets.
import type { Ticket } from '../../account/types.ts';
import type { Call, Reply, Route } from '../call.ts';
import { ticketIndexBuckets } from '../limits/buckets.ts';
import type { List, SortValue } from '../paging/list.ts';
import { paginate } from '../paging/paginate.ts';
import { countOf, idParam, idsParam } from '../params.ts';
import { invalidAttribute, notFound, ok } from '../replies.ts';
import { showTicket } from '../shapes/ticket.ts';
import { sideLoads } from '../side-loads.ts';

const STATUS_ORDER = ['new', 'open', 'pending', 'hold', 'solved', 'closed'];

function offsetSorts(call: Call): Record<string, (ticket: Ticket) => SortValue> {
  const { users, groups } = call.account;
  return {
    id: (ticket) => ticket.id,
    subject: (ticket) => ticket.subject.toLowerCase(),
    created_at: (ticket) => ticket.created_at,
    updated_at: (ticket) => ticket.updated_at,
    status: (ticket) => STATUS_ORDER.indexOf(ticket.status),
    requester: (ticket) => users.find(ticket.requester_id)?.name ?? '',
    'requester.name': (ticket) => users.find(ticket.requester_id)?.name ?? '',
    group: (ticket) => groups.find(ticket.group_id ?? 0)?.name ?? '',
    assignee: (ticket) => users.find(ticket.assignee_id ?? 0)?.name ?? '',
    'assignee.name': (ticket) => users.find(ticket.assignee_id ?? 0)?.name ?? '',
  };
}

function inOffsetOrder(call: Call, tickets: readonly Ticket[]): readonly Ticket[] {
  const sort = offsetSorts(call)[call.query.get('sort_by') ?? 'id'] ?? ((ticket: Ticket) => ticket.id);
  const sign = call.query.get('sort_order') === 'desc' ? -1 : 1;
  return tickets
    .map((ticket) => ({ ticket, value: sort(ticket) }))
    .toSorted((a, b) => sign * ((a.value < b.value ? -1 : a.value > b.value ? 1 : 0) || a.ticket.id - b.ticket.id))
    .map((row) => row.ticket);
}

export const ticketsOf = (call: Call, items: readonly Ticket[], key = 'tickets'): List<Ticket> => ({
  key,
  items,
  idOf: (ticket) => ticket.id,
  show: (ticket) => showTicket(call.account, call.url, ticket),
  beside: (page) => sideLoads(call, page),
  // `created_at` is refused here on live accounts: oldest first needs offset pages or a search export.
  cursorSorts: { updated_at: (ticket) => ticket.updated_at, status: (ticket) => STATUS_ORDER.indexOf(ticket.status) },
});

const listOf = (call: Call, tickets: readonly Ticket[], key?: string): Reply =>
  paginate(call, ticketsOf(call, inOffsetOrder(call, tickets), key));

function showMany(call: Call): Reply {
  const ids = idsParam(call);
  if (ids.length > 100) return invalidAttribute('ids: at most 100 tickets can be shown at once');
  const tickets = ids.flatMap((id) => call.account.tickets.find(id) ?? []);
  return ok({
    tickets: tickets.map((ticket) => showTicket(call.account, call.url, ticket)),
    ...sideLoads(call, tickets),
    next_page: null,
    previous_page: null,
    count: tickets.length,
  });
}

function show(call: Call): Reply {
  const ticket = call.account.tickets.find(idParam(call));
  if (ticket === undefined) return notFound();
  return ok({ ticket: showTicket(call.account, call.url, ticket), ...sideLoads(call, [ticket]) });
}

const filtered = (keep: (ticket: Ticket, call: Call) => boolean) => (call: Call) =>
  listOf(
    call,
    call.account.tickets.list().filter((ticket) => keep(ticket, call)),
  );

function problems(call: Call): Reply {
  const tickets = call.account.tickets.list().filter((ticket) => ticket.type === 'problem');
  const byUpdate = tickets.toSorted((a, b) => (a.updated_at < b.updated_at ? 1 : -1));
  return paginate(call, ticketsOf(call, byUpdate));
}

function list(call: Call): Reply {
  const externalId = call.query.get('external_id');
  return listOf(
    call,
    call.account.tickets.list().filter((ticket) => externalId === null || ticket.external_id === externalId),
  );
}

function related(call: Call): Reply {
  const ticket = call.account.tickets.find(idParam(call));
  if (ticket === undefined) return notFound();
  const incidents = call.account.tickets.incidents(ticket.id).length;
  return ok({ topic_id: null, jira_issue_ids: [], followup_source_ids: [], from_archive: false, incidents });
}

const scope = 'tickets';

export const ticketListRoutes: readonly Route[] = [
  { method: 'get', path: '/tickets', scope, buckets: ticketIndexBuckets, handle: list },
  { method: 'get', path: '/tickets/count', scope, handle: (call) => ok(countOf(call, call.account.tickets.count())) },
  { method: 'get', path: '/tickets/show_many', scope, handle: showMany },
  {
    method: 'get',
    path: '/tickets/recent',
    scope,
    handle: () => ok({ tickets: [], next_page: null, previous_page: null, count: 0 }),
  },
  { method: 'get', path: '/tickets/:id', scope, handle: show },
  {
    method: 'get',
    path: '/tickets/:id/incidents',
    scope,
    handle: filtered((ticket, call) => ticket.problem_id === idParam(call)),
  },
  { method: 'get', path: '/tickets/:id/related', scope, handle: related },
  { method: 'get', path: '/problems', scope, handle: problems },
  {
    method: 'get',
    path: '/users/:id/tickets/requested',
    scope,
    handle: filtered((ticket, call) => ticket.requester_id === idParam(call)),
  },
  {
    method: 'get',
    path: '/users/:id/tickets/assigned',
    scope,
    handle: filtered((ticket, call) => ticket.assignee_id === idParam(call)),
  },
  {
    method: 'get',
    path: '/users/:id/tickets/ccd',
    scope,
    handle: filtered((ticket, call) => ticket.email_cc_ids.includes(idParam(call))),
  },
  {
    method: 'get',
    path: '/organizations/:id/tickets',
    scope,
    handle: filtered((ticket, call) => ticket.organization_id === idParam(call)),
  },
];
