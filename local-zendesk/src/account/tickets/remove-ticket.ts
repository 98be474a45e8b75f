// Deletes and restores tickets.
import type { Actor } from '../actor.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { TicketChangeKind } from '../ticket-change.ts';
import type { Ticket } from '../types.ts';
import { type Announcer, commit } from './commit.ts';
import { setField } from './draft.ts';
import type { TicketDeps } from './ticket-deps.ts';
import { openDraft } from './update-ticket.ts';

export interface RemoveTicket {
  softDelete: (id: number, by: Actor) => Result<Ticket>;
  restore: (id: number, by: Actor) => Result<Ticket>;
  deletePermanently: (id: number, by: Actor) => Result<Ticket>;
  markAsSpam: (id: number, by: Actor) => Result<Ticket>;
}

/** Deleting runs no triggers. A restored ticket gets back the status it had. */
export function createRemoveTicket(deps: TicketDeps, announcer: Announcer): RemoveTicket {
  const statusBefore = new Map<number, Ticket['status']>();

  const setStatusOf = (ticket: Ticket, status: Ticket['status'], by: Actor, kind: TicketChangeKind): Result<Ticket> => {
    const draft = openDraft(deps, ticket, by);
    setField(deps.core, draft, 'status', status);
    return ok(commit(deps, announcer, draft, kind).ticket);
  };

  const remove = (id: number, by: Actor, kind: TicketChangeKind): Result<Ticket> => {
    const ticket = deps.store.find(id)?.ticket;
    if (ticket === undefined) return refuse({ kind: 'not_found' });
    statusBefore.set(id, ticket.status);
    return setStatusOf(ticket, 'deleted', by, kind);
  };

  return {
    softDelete: (id, by) => remove(id, by, 'soft_deleted'),
    restore: (id, by) => {
      const ticket = deps.store.findDeleted(id)?.ticket;
      if (ticket === undefined) return refuse({ kind: 'not_found' });
      return setStatusOf(ticket, statusBefore.get(id) ?? 'open', by, 'undeleted');
    },
    deletePermanently: (id, by) => {
      const ticket = deps.store.findDeleted(id)?.ticket;
      if (ticket === undefined) return refuse({ kind: 'not_found' });
      deps.store.forget(id);
      const at = deps.core.at(by);
      announcer.ticketChanged({
        kind: 'permanently_deleted',
        before: ticket,
        after: ticket,
        comments: [],
        actorId: by.id,
        at,
      });
      return ok(ticket);
    },
    markAsSpam: (id, by) => {
      const removed = remove(id, by, 'marked_as_spam');
      if (removed.ok) deps.users.update(removed.value.requester_id, { suspended: true }, by);
      return removed;
    },
  };
}
