// Applies requested changes to a ticket.
import type { NewTicket } from '../ticket-input.ts';
import { addComment } from './apply-comment.ts';
import { applyRequester } from './apply-requester.ts';
import { applyRouting } from './apply-routing.ts';
import { setCustomStatus, setStatus } from './apply-status.ts';
import { setCustomField, setTags } from './apply-tags.ts';
import { type Draft, setField } from './draft.ts';
import { parseFieldValue } from './parse-field-value.ts';
import { complain, type Problems, type TicketDeps } from './ticket-deps.ts';

const PLAIN = [
  'subject',
  'type',
  'priority',
  'external_id',
  'due_at',
  'brand_id',
  'ticket_form_id',
  'collaborator_ids',
  'follower_ids',
  'email_cc_ids',
] as const;

function applyCustomFields(deps: TicketDeps, draft: Draft, patch: NewTicket, problems: Problems): void {
  for (const { id, value } of patch.custom_fields ?? []) {
    const field = deps.fields.find(id);
    // Zendesk silently ignores unknown ids.
    if (field === undefined || !field.removable) continue;
    const parsed = parseFieldValue(field, value);
    if (parsed !== undefined) setCustomField(deps, draft, field, parsed);
    else complain(problems, 'base', { description: `${field.title}: is invalid`, error: 'InvalidValue' });
  }
}

function applyTags(deps: TicketDeps, draft: Draft, patch: NewTicket): void {
  if (patch.tags !== undefined) setTags(deps, draft, patch.tags);
  if (patch.additional_tags !== undefined) setTags(deps, draft, [...draft.ticket.tags, ...patch.additional_tags]);
  if (patch.remove_tags !== undefined) {
    const leaving = new Set(patch.remove_tags);
    setTags(
      deps,
      draft,
      draft.ticket.tags.filter((tag) => !leaving.has(tag)),
    );
  }
}

function applyProblem(deps: TicketDeps, draft: Draft, patch: NewTicket, problems: Problems): void {
  if (patch.problem_id === undefined) return;
  const problem = patch.problem_id === null ? null : deps.store.find(patch.problem_id)?.ticket;
  if (problem !== null && problem?.type !== 'problem') {
    return complain(problems, 'problem_id', { description: 'Problem: is not a problem ticket', error: 'InvalidValue' });
  }
  setField(deps.core, draft, 'problem_id', draft.ticket.type === 'incident' ? patch.problem_id : null);
}

const WAITING_FOR_CUSTOMER = new Set(['pending', 'hold', 'solved']);

/** Asked for, or implied: an assigned ticket is not new, and a customer's answer opens a waiting ticket again. */
function applyStatus(deps: TicketDeps, draft: Draft, patch: NewTicket, problems: Problems): void {
  const { ticket } = draft;
  if (patch.custom_status_id !== undefined) {
    const known = setCustomStatus(deps, draft, patch.custom_status_id);
    if (!known) complain(problems, 'custom_status_id', { description: 'Status: is invalid', error: 'InvalidValue' });
  } else if (patch.status !== undefined) {
    setStatus(deps, draft, patch.status);
  } else if (WAITING_FOR_CUSTOMER.has(ticket.status)) {
    if (draft.comments.some((comment) => comment.author_id === ticket.requester_id)) setStatus(deps, draft, 'open');
  }
  if (ticket.status === 'new' && ticket.assignee_id !== null) setStatus(deps, draft, 'open');
}

/** Applies the patch to the draft. Returns the problems; if there are any, the draft must be discarded. */
export function applyPatch(deps: TicketDeps, draft: Draft, patch: NewTicket): Problems {
  const problems: Problems = {};
  for (const field of PLAIN) {
    const value = patch[field];
    if (value !== undefined) setField(deps.core, draft, field, value);
  }
  applyRequester(deps, draft, patch, problems);
  applyRouting(deps, draft, patch, problems);
  applyProblem(deps, draft, patch, problems);
  applyTags(deps, draft, patch);
  applyCustomFields(deps, draft, patch, problems);
  if (patch.comment !== undefined) addComment(deps, draft, patch.comment);
  applyStatus(deps, draft, patch, problems);
  return problems;
}
