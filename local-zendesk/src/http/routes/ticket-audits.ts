// Routes for ticket audits.
import type { Audit } from '../../account/audit.ts';
import type { Call, Reply, Route } from '../call.ts';
import { cursorPage, paginate } from '../paging/paginate.ts';
import { countOf, idParam } from '../params.ts';
import { notFound, ok } from '../replies.ts';
import { showAudit } from '../shapes/comment.ts';

/** `filter_events[]=Comment` keeps audits which hold such an event. */
function list(call: Call): Reply {
  const { account, query } = call;
  const id = idParam(call);
  if (account.tickets.find(id) === undefined) return notFound();
  const types = new Set([...query.getAll('filter_events[]'), ...query.getAll('filter_events')]);
  const audits = account.tickets
    .audits(id)
    .filter((audit) => types.size === 0 || audit.events.some((event) => types.has(event.type)));
  return paginate<Audit>(call, {
    key: 'audits',
    items: query.get('sort_order') === 'desc' ? audits.toReversed() : audits,
    idOf: (audit) => audit.id,
    show: (audit) => showAudit(account, call.url, audit),
    cursorSorts: { created_at: (audit) => audit.created_at },
  });
}

/** Of all tickets, newest first, by cursor only. */
function listAll(call: Call): Reply {
  const { account, url } = call;
  const query = new URLSearchParams(call.query);
  if (!query.has('sort')) query.set('sort', '-id');
  const items = account.tickets.list().flatMap((ticket) => account.tickets.audits(ticket.id));
  const page = cursorPage<Audit>({ ...call, query }, { key: 'audits', items, idOf: (audit) => audit.id, show: String });
  if (!page.ok) return page.reply;
  return ok({ audits: page.items.map((audit) => showAudit(account, url, audit)), ...page.paging });
}

function show(call: Call): Reply {
  const audit = call.account.tickets.audits(idParam(call)).find((one) => one.id === idParam(call, 'auditId'));
  return audit === undefined ? notFound() : ok({ audit: showAudit(call.account, call.url, audit) });
}

function count(call: Call): Reply {
  if (call.account.tickets.find(idParam(call)) === undefined) return notFound();
  return ok(countOf(call, call.account.tickets.audits(idParam(call)).length));
}

/** Audits need the global `read` scope: `tickets:read` is not enough. */
const scope = 'global';

export const ticketAuditRoutes: readonly Route[] = [
  { method: 'get', path: '/ticket_audits', scope, role: 'admin', handle: listAll },
  { method: 'get', path: '/tickets/:id/audits', scope, handle: list },
  { method: 'get', path: '/tickets/:id/audits/count', scope, handle: count },
  { method: 'get', path: '/tickets/:id/audits/:auditId', scope, handle: show },
];
