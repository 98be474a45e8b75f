// Merges tickets.
import type { Actor } from '../actor.ts';
import { invalid, ok, type Result, refuse } from '../result.ts';
import type { MergeInput, TicketWrite } from '../ticket-input.ts';
import type { Announcer } from './commit.ts';
import type { TicketDeps } from './ticket-deps.ts';
import { updateTicket } from './update-ticket.ts';

/** Found on merged tickets of real accounts. */
const MERGED_TAG = 'closed_by_merge';

export function mergeTickets(
  deps: TicketDeps,
  announcer: Announcer,
  targetId: number,
  input: MergeInput,
  by: Actor,
): Result<TicketWrite> {
  const target = deps.store.find(targetId)?.ticket;
  const sources = input.ids.map((id) => deps.store.find(id)?.ticket);
  if (target === undefined || sources.some((ticket) => ticket === undefined)) return refuse({ kind: 'not_found' });
  if (input.ids.includes(targetId)) return invalid('base', 'A ticket cannot be merged into itself', 'InvalidValue');
  if ([target, ...sources].some((ticket) => ticket?.status === 'closed')) {
    return invalid('status', 'closed prevents ticket update');
  }
  for (const id of input.ids) {
    const body =
      input.source_comment ?? `This request was closed and merged into request #${targetId} "${target.subject}".`;
    const comment = { body, public: input.source_comment_is_public ?? false };
    const patch = { comment, additional_tags: [MERGED_TAG], status: 'closed' as const };
    const closed = updateTicket(deps, announcer, id, patch, by, 'merged');
    if (!closed.ok) return closed;
  }
  const names = input.ids.map((id) => `#${id}`).join(', ');
  const body = input.target_comment ?? `Requests ${names} were closed and merged into this request.`;
  const comment = { body, public: input.target_comment_is_public ?? false };
  const written = updateTicket(deps, announcer, targetId, { comment }, by);
  return written.ok ? ok(written.value) : written;
}
