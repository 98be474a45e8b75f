// Updates a ticket.
import { type Actor, SYSTEM_ACTOR_ID } from '../actor.ts';
import { invalid, ok, type Result, refuse } from '../result.ts';
import type { TicketChangeKind } from '../ticket-change.ts';
import type { TicketPatch, TicketWrite } from '../ticket-input.ts';
import type { Ticket } from '../types.ts';
import { applyPatch } from './apply-patch.ts';
import { checkSolving } from './check-solving.ts';
import { type Announcer, commit } from './commit.ts';
import { type Draft, viaOf } from './draft.ts';
import { runTriggers } from './run-triggers.ts';
import type { TicketDeps } from './ticket-deps.ts';

/** Asked for by either of the two; `safe_update: false` counts as true, as Zendesk's description of the field says. */
const isStale = (
  ticket: Ticket,
  patch: { safe_update?: boolean | undefined; updated_stamp?: string | undefined },
): boolean =>
  (patch.safe_update !== undefined || patch.updated_stamp !== undefined) &&
  Date.parse(patch.updated_stamp ?? '') !== Date.parse(ticket.updated_at);

export function openDraft(deps: TicketDeps, ticket: Ticket, by: Actor, metadata: Record<string, unknown> = {}): Draft {
  return {
    before: ticket,
    ticket: { ...ticket },
    earlier: (deps.store.find(ticket.id) ?? deps.store.findDeleted(ticket.id))?.comments ?? [],
    comments: [],
    events: [],
    webhookCalls: [],
    actorId: by.id,
    at: deps.core.at(by),
    via: viaOf(by.channel ?? 'web'),
    metadata,
    silent: false,
  };
}

/** The problem knows that it has incidents; this moves `generated_timestamp` only, not `updated_at`. */
function formatProblemLine(deps: TicketDeps, before: Ticket, after: Ticket, at: number): void {
  if (before.problem_id === after.problem_id) return;
  for (const id of [before.problem_id, after.problem_id]) {
    const record = id === null ? undefined : deps.store.find(id);
    if (record === undefined) continue;
    const has_incidents = deps.store.incidents(record.ticket.id).length > 0;
    const generated_timestamp = Math.floor(at / 1000);
    deps.store.put({ ...record, ticket: Object.freeze({ ...record.ticket, has_incidents, generated_timestamp }) });
  }
}

function solveIncidents(deps: TicketDeps, announcer: Announcer, before: Ticket, after: Ticket, by: Actor): void {
  if (after.type !== 'problem' || after.status !== 'solved' || before.status === 'solved') return;
  for (const incident of deps.store.incidents(after.id)) {
    if (incident.status === 'solved' || incident.status === 'closed') continue;
    const assignee_id = incident.assignee_id ?? after.assignee_id;
    updateTicket(deps, announcer, incident.id, { status: 'solved', assignee_id }, { ...by, channel: 'rule' });
  }
}

/** Refuses unknown, closed and stale tickets and invalid changes; otherwise runs triggers and notifies listeners. */
export function updateTicket(
  deps: TicketDeps,
  announcer: Announcer,
  id: number,
  patch: TicketPatch,
  by: Actor,
  kind: TicketChangeKind = 'updated',
): Result<TicketWrite> {
  const record = deps.store.find(id);
  if (record === undefined) return refuse({ kind: 'not_found' });
  const before = record.ticket;
  if (before.status === 'closed' && by.id !== SYSTEM_ACTOR_ID)
    return invalid('status', 'closed prevents ticket update');
  if (isStale(before, patch)) return refuse({ kind: 'stale' });
  const suspension = patch.suspension_type_id;
  const draft: Draft = { ...openDraft(deps, before, by, patch.metadata), suspension };
  const problems = applyPatch(deps, draft, patch);
  checkSolving(deps, draft, problems);
  if (Object.keys(problems).length > 0) return refuse({ kind: 'invalid', details: problems });
  if (draft.events.length > 0) runTriggers(deps, draft);
  const written = commit(deps, announcer, draft, kind);
  formatProblemLine(deps, before, written.ticket, draft.at);
  solveIncidents(deps, announcer, before, written.ticket, by);
  return ok(written);
}
