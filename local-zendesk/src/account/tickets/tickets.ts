// Assembles `account.tickets` from its operations.
import type { Actor } from '../actor.ts';
import type { Result } from '../result.ts';
import type { TicketPatch, TicketWrite } from '../ticket-input.ts';
import type { Stamp, Tickets } from '../tickets-api.ts';
import { createChangeComment } from './change-comment.ts';
import type { Announcer } from './commit.ts';
import { createTicket } from './create-ticket.ts';
import { mergeTickets } from './merge-tickets.ts';
import { createRemoveTicket } from './remove-ticket.ts';
import { runAutomations } from './run-automations.ts';
import type { TicketDeps } from './ticket-deps.ts';
import { updateTicket } from './update-ticket.ts';

export function createTickets(deps: TicketDeps, announcer: Announcer): Tickets {
  const { store } = deps;
  const update = (id: number, patch: TicketPatch, by: Actor): Result<TicketWrite> =>
    updateTicket(deps, announcer, id, patch, by);
  const withStamp = (patch: TicketPatch, stamp: Stamp = {}): TicketPatch => ({ ...patch, ...stamp });

  return {
    create: (input, by) => createTicket(deps, announcer, input, by),
    update,
    addTags: (id, tags, by, stamp) => update(id, withStamp({ additional_tags: tags }, stamp), by),
    replaceTags: (id, tags, by, stamp) => update(id, withStamp({ tags }, stamp), by),
    removeTags: (id, tags, by, stamp) => update(id, withStamp({ remove_tags: tags }, stamp), by),
    merge: (targetId, input, by) => mergeTickets(deps, announcer, targetId, input, by),
    runAutomations: () => runAutomations(deps, announcer),
    ...createRemoveTicket(deps, announcer),
    ...createChangeComment(deps, announcer),
    find: (id) => store.find(id)?.ticket,
    findDeleted: (id) => store.findDeleted(id)?.ticket,
    list: store.list,
    deleted: store.deleted,
    count: store.count,
    comments: (id) => store.find(id)?.comments ?? [],
    audits: (id) => store.find(id)?.audits ?? [],
    metrics: (id) => store.find(id)?.metrics,
    incidents: store.incidents,
  };
}
