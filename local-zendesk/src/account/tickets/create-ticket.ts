// Creates a ticket.
import type { Actor } from '../actor.ts';
import type { FieldValue } from '../audit.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { NewTicket, TicketWrite } from '../ticket-input.ts';
import type { User, Via } from '../types.ts';
import { applyPatch } from './apply-patch.ts';
import { checkSolving } from './check-solving.ts';
import { type Announcer, commit } from './commit.ts';
import { addEvent, type Draft, type TicketDraft, viaOf } from './draft.ts';
import { runTriggers } from './run-triggers.ts';
import { complain, type TicketDeps } from './ticket-deps.ts';
import type { TicketRecord } from './ticket-store.ts';

function viaOfNew(deps: TicketDeps, by: Actor, submitter: User | undefined): Via {
  const via = viaOf(by.channel ?? 'web');
  if (via.channel !== 'email') return via;
  const from = { address: submitter?.email ?? null, name: submitter?.name ?? null };
  const to = { address: `support@${deps.subdomain}.zendesk.com`, name: deps.subdomain };
  return { channel: 'email', source: { from, to, rel: null } };
}

function blankTicket(deps: TicketDeps, input: NewTicket, by: Actor, via: Via): TicketDraft {
  const at = deps.core.stamp(by);
  return {
    id: deps.store.nextTicketId(),
    external_id: null,
    via,
    created_at: at,
    updated_at: at,
    generated_timestamp: 0,
    type: null,
    subject: '',
    description: '',
    priority: null,
    status: 'new',
    custom_status_id: deps.statuses.defaultFor('new').id,
    recipient: input.recipient ?? null,
    requester_id: by.id,
    submitter_id: input.submitter_id ?? by.id,
    assignee_id: null,
    organization_id: deps.users.find(by.id)?.organization_id ?? null,
    group_id: null,
    collaborator_ids: [],
    follower_ids: [],
    email_cc_ids: [],
    problem_id: null,
    has_incidents: false,
    is_public: false,
    due_at: null,
    tags: [],
    custom_fields: [],
    followup_ids: [],
    ticket_form_id: deps.forms.list()[0]?.id ?? 0,
    brand_id: deps.brands.list().find((brand) => brand.default)?.id ?? 0,
  };
}

const ALWAYS_IN_CREATE_EVENTS = [
  'subject',
  'status',
  'priority',
  'type',
  'requester_id',
  'organization_id',
  'group_id',
  'assignee_id',
  'brand_id',
  'ticket_form_id',
  'tags',
] as const;

// Recorded from live accounts: the first audit has these two even if they are null.
const IN_CREATE_EVENTS_WHEN_EMPTY = new Set<string>(['priority', 'type']);

function announceCreation(deps: TicketDeps, draft: Draft): void {
  for (const field_name of ALWAYS_IN_CREATE_EVENTS) {
    const value = draft.ticket[field_name];
    const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (!isEmpty || IN_CREATE_EVENTS_WHEN_EMPTY.has(field_name))
      addEvent(deps.core, draft, { type: 'Create', field_name, value });
  }
  for (const { id, value } of draft.ticket.custom_fields) {
    addEvent(deps.core, draft, { type: 'Create', field_name: String(id), value: value as FieldValue });
  }
}

/** Only a closed ticket is followed by another; the id of any other is ignored. */
function findFollowed({ store }: TicketDeps, { via_followup_source_id: id }: NewTicket): TicketRecord | undefined {
  const source = id === undefined ? undefined : store.find(id);
  return source?.ticket.status === 'closed' ? source : undefined;
}

function linkFollowUp(deps: TicketDeps, source: TicketRecord | undefined, ticketId: number): void {
  if (source === undefined) return;
  const followup_ids = [...source.ticket.followup_ids, ticketId];
  deps.store.put({ ...source, ticket: Object.freeze({ ...source.ticket, followup_ids }) });
}

/** Needs a first message (`comment` or `description`); the account's triggers run before listeners are notified. */
export function createTicket(deps: TicketDeps, announcer: Announcer, input: NewTicket, by: Actor): Result<TicketWrite> {
  const comment = input.comment ?? { body: input.description };
  if (!(comment.body ?? comment.html_body)?.trim()) {
    return refuse({
      kind: 'invalid',
      details: { base: [{ description: 'Description: cannot be blank', error: 'BlankValue' }] },
    });
  }
  const via = viaOfNew(deps, by, deps.users.find(by.id));
  const draft: Draft = {
    before: null,
    ticket: blankTicket(deps, input, by, via),
    earlier: [],
    comments: [],
    events: [],
    webhookCalls: [],
    actorId: by.id,
    at: deps.core.at(by),
    via,
    metadata: input.metadata ?? {},
    silent: true,
  };
  const givenRequester = input.requester_id ?? deps.users.findByEmail(input.requester?.email ?? '')?.id;
  const author_id = comment.author_id ?? givenRequester ?? by.id;
  const isNote = comment.public === false;
  const followed = findFollowed(deps, input);
  const problems = applyPatch(deps, draft, {
    // Without tags of its own, a follow-up has those of the closed ticket.
    ...(followed && { tags: followed.ticket.tags }),
    ...input,
    comment: { ...comment, author_id: isNote ? by.id : author_id },
  });
  const firstComment = draft.comments[0];
  draft.ticket.description = firstComment?.body ?? '';
  checkSolving(deps, draft, problems);
  if (input.status === 'closed')
    complain(problems, 'status', { description: 'Status: closed is not valid for a new ticket' });
  if (Object.keys(problems).length > 0) return refuse({ kind: 'invalid', details: problems });
  draft.silent = false;
  announceCreation(deps, draft);
  runTriggers(deps, draft);
  const written = commit(deps, announcer, draft, 'created');
  linkFollowUp(deps, followed, written.ticket.id);
  return ok(written);
}
