// Routes for suspended tickets.

import type { SuspendedTicket } from '../../account/suspended-tickets.ts';
import { textToHtml } from '../../account/tickets/comment-html.ts';
import type { Call, Reply, Route } from '../call.ts';
import { paginate } from '../paging/paginate.ts';
import { idParam, idsParam } from '../params.ts';
import { noContent, notFound, ok, replyTo } from '../replies.ts';
import { showTicket } from '../shapes/ticket.ts';

const show = ({ url }: Call, { content, ...held }: SuspendedTicket): Record<string, unknown> => ({
  url: url(`/suspended_tickets/${held.id}.json`),
  ...held,
  content,
  content_html: textToHtml(null, content),
  ticket_id: null,
  error_messages: null,
  attachments: [],
  via: {
    channel: 'email',
    source: {
      from: { name: held.author.name, address: held.author.email },
      to: { name: held.recipient, address: held.recipient },
      rel: null,
    },
  },
});

const list = (call: Call): Reply =>
  paginate<SuspendedTicket>(call, {
    key: 'suspended_tickets',
    items: call.account.suspendedTickets.list(),
    idOf: (held) => held.id,
    show: (held) => show(call, held),
  });

function showOne(call: Call): Reply {
  const held = call.account.suspendedTickets.find(idParam(call));
  return held === undefined ? notFound() : ok({ suspended_ticket: show(call, held) });
}

/** One alone becomes the caller's own ticket, so that it is not suspended again; of many, each its sender's. */
function recover(call: Call, ids: readonly number[], key: 'ticket' | 'tickets', requesterId?: number): Reply {
  const { suspendedTickets } = call.account;
  const tickets = ids.flatMap((id) => {
    const made = suspendedTickets.recover(id, call.by, requesterId);
    return made.ok ? [showTicket(call.account, call.url, made.value.ticket)] : [];
  });
  return tickets.length === 0 ? { status: 422, body: { suspended_tickets: [] } } : ok({ [key]: tickets });
}

const scope = 'tickets';

export const suspendedTicketRoutes: readonly Route[] = [
  { method: 'get', path: '/suspended_tickets', scope, handle: list },
  {
    method: 'put',
    path: '/suspended_tickets/recover_many',
    scope,
    handle: (call) => recover(call, idsParam(call), 'tickets'),
  },
  {
    method: 'delete',
    path: '/suspended_tickets/destroy_many',
    scope,
    handle: (call) => {
      for (const id of idsParam(call)) call.account.suspendedTickets.delete(id, call.by);
      return noContent();
    },
  },
  { method: 'get', path: '/suspended_tickets/:id', scope, handle: showOne },
  {
    method: 'put',
    path: '/suspended_tickets/:id/recover',
    scope,
    handle: (call) => {
      const id = idParam(call);
      if (call.account.suspendedTickets.find(id) === undefined) return notFound();
      return recover(call, [id], 'ticket', call.by.id);
    },
  },
  {
    method: 'delete',
    path: '/suspended_tickets/:id',
    scope,
    handle: (call) => replyTo(call.account.suspendedTickets.delete(idParam(call), call.by), noContent),
  },
];
