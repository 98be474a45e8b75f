// Routes for deleted tickets.
import type { Ticket } from '../../account/types.ts';
import type { Call, Reply, Route } from '../call.ts';
import { replyWithJob } from '../jobs/reply-with-job.ts';
import { paginate } from '../paging/paginate.ts';
import { idParam } from '../params.ts';
import { notFound, ok, replyTo } from '../replies.ts';

const list = (call: Call): Reply =>
  paginate<Ticket>(call, {
    key: 'deleted_tickets',
    items: call.account.tickets.deleted(),
    idOf: (ticket) => ticket.id,
    show: (ticket) => ({
      id: ticket.id,
      subject: ticket.subject,
      deleted_at: ticket.updated_at,
      previous_state: 'open',
      actor: { id: ticket.submitter_id, name: call.account.users.find(ticket.submitter_id)?.name ?? '' },
    }),
  });

function deletePermanently(call: Call): Reply {
  const id = idParam(call);
  if (call.account.tickets.findDeleted(id) === undefined) return notFound();
  // Recorded without a total, and with the same message for all.
  return replyWithJob(call, 'Bulk Permanent Delete Tickets', null, () => ({
    success: call.account.tickets.deletePermanently(id, call.by).ok,
  }));
}

const scope = 'tickets';

export const deletedTicketRoutes: readonly Route[] = [
  { method: 'get', path: '/deleted_tickets', scope, handle: list },
  {
    method: 'put',
    path: '/deleted_tickets/:id/restore',
    scope,
    handle: (call) => replyTo(call.account.tickets.restore(idParam(call), call.by), () => ok('')),
  },
  { method: 'delete', path: '/deleted_tickets/:id', scope, handle: deletePermanently },
];
