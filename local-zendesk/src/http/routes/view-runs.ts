// Routes for a view's tickets and counts.

import { isSortable } from '../../account/rules/view-columns.ts';
import type { View } from '../../account/rules.ts';
import type { Ticket } from '../../account/types.ts';
import { withBody } from '../bodies/parse-body.ts';
import { viewPreviewBody } from '../bodies/rules.ts';
import type { Call, Reply, Route } from '../call.ts';
import { viewCountManyBuckets, viewRunBuckets } from '../limits/buckets.ts';
import { type Page, wantsCursor } from '../paging/list.ts';
import { cursorPage, offsetPage, paginate } from '../paging/paginate.ts';
import { idsParam } from '../params.ts';
import { invalidAttribute, notFound, ok } from '../replies.ts';
import { showColumn, showView } from '../shapes/view.ts';
import { showRow } from '../shapes/view-row.ts';
import { findView } from '../view-access.ts';
import { ticketsOf } from './ticket-list.ts';

type Output = Pick<View, 'conditions' | 'output'>;

/** `sort_by`, `sort_order` and `group_by` of the call win over the view's own; refused when not sortable. */
function ticketsOfView(call: Call, view: Output): readonly Ticket[] | Reply {
  const { query, account, caller } = call;
  const sort_by = query.get('sort_by') ?? query.get('sort')?.replace(/^-/, '');
  const group_by = query.get('group_by');
  const unsortable = [sort_by, group_by].find((name) => name && !isSortable(name));
  if (unsortable) return invalidAttribute(`${unsortable} cannot be sorted or grouped by`);
  const output = group_by === null ? view.output : { ...view.output, group_by: group_by || null };
  const descending = query.get('sort_order')?.toLowerCase() === 'desc' || query.get('sort')?.startsWith('-');
  return account.views.tickets(
    { conditions: view.conditions, output },
    {
      viewerId: caller.user?.id ?? -1,
      ...(sort_by && { sort_by, sort_order: descending ? 'desc' : 'asc' }),
    },
  );
}

const isReply = (value: readonly Ticket[] | Reply): value is Reply => 'status' in value;

/** Cursor pages of a view keep the view's order: the place in it serves as the sort value. */
function pageOf(call: Call, tickets: readonly Ticket[]): Page<Ticket> {
  const list = ticketsOf(call, tickets);
  if (!wantsCursor(call.query)) return offsetPage(call, list);
  const place = new Map(tickets.map((ticket, index) => [ticket.id, index]));
  const query = new URLSearchParams(call.query);
  query.set('sort', 'place');
  return cursorPage({ ...call, query }, { ...list, cursorSorts: { place: (ticket) => place.get(ticket.id) ?? 0 } });
}

function listTickets(call: Call): Reply {
  const view = findView(call);
  if (view === undefined) return notFound();
  const tickets = ticketsOfView(call, view);
  if (isReply(tickets)) return tickets;
  const page = pageOf(call, tickets);
  if (!page.ok) return page.reply;
  const list = ticketsOf(call, tickets);
  return ok({ tickets: page.items.map(list.show), ...list.beside?.(page.items), ...page.paging });
}

function run(call: Call, view: Output, head: Record<string, unknown>): Reply {
  const tickets = ticketsOfView(call, view);
  if (isReply(tickets)) return tickets;
  const columns = view.output.columns.map((column) => showColumn(call.account, call.url, column));
  return paginate<Ticket>(call, {
    key: 'rows',
    items: tickets,
    idOf: (ticket) => ticket.id,
    show: (ticket) => showRow(call, view.output, ticket),
    beside: () => ({ columns, view: head, users: [], groups: [] }),
  });
}

function execute(call: Call): Reply {
  const view = findView(call);
  return view === undefined ? notFound() : run(call, view, showView(call.account, call.url, view));
}

const countRow = (call: Call, view: View): Record<string, unknown> => {
  const value = call.account.views.tickets(view, { viewerId: call.caller.user?.id ?? -1 }).length;
  return {
    url: call.url(`/views/${view.id}/count.json`),
    view_id: view.id,
    value,
    pretty: String(value),
    fresh: true,
    active: view.active,
  };
};

function count(call: Call): Reply {
  const view = findView(call);
  return view === undefined ? notFound() : ok({ view_count: countRow(call, view) });
}

function countMany(call: Call): Reply {
  const ids = idsParam(call);
  if (ids.length > 20) return invalidAttribute('ids: at most 20 views can be counted at once');
  const views = ids.flatMap((id) => call.account.views.find(id) ?? []);
  return ok({ view_counts: views.map((view) => countRow(call, view)) });
}

/** A view which is not stored: the body is that of a creation. */
function preview(call: Call, answer: (view: Output) => Reply): Reply | Promise<Reply> {
  return withBody(call, viewPreviewBody, ({ view }) => {
    const columns = (view.output?.columns ?? ['description', 'requester', 'created']).map(String);
    const { group_by = null, group_order = 'asc', sort_by = null, sort_order = 'desc' } = view.output ?? {};
    const output = { columns, group_by, group_order, sort_by, sort_order };
    return answer({ conditions: { all: view.all, any: view.any ?? [] }, output });
  });
}

const scope = 'ticket_views';
const get = { method: 'get', scope } as const;
const post = { method: 'post', scope, buckets: viewRunBuckets('preview') } as const;

export const viewRunRoutes: readonly Route[] = [
  { ...get, path: '/views/count_many', buckets: viewCountManyBuckets, handle: countMany },
  { ...post, path: '/views/preview', handle: (call) => preview(call, (view) => run(call, view, {})) },
  {
    ...post,
    path: '/views/preview/count',
    handle: (call) =>
      preview(call, (view) => {
        const tickets = ticketsOfView(call, view);
        if (isReply(tickets)) return tickets;
        return ok({
          view_count: { view_id: null, value: tickets.length, pretty: String(tickets.length), fresh: true },
        });
      }),
  },
  { ...get, path: '/views/:id/execute', buckets: viewRunBuckets('execute'), handle: execute },
  { ...get, path: '/views/:id/tickets', handle: listTickets },
  { ...get, path: '/views/:id/count', buckets: viewRunBuckets('count'), handle: count },
];
